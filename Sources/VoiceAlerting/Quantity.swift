import VoiceMonitoring

/// How values of a unit are written for people, and for Prometheus.
struct Quantity {
    let unit: MonitoredNumber.Unit

    /// A bound, as SPEC writes it in its messages: `1.2s`, `600ms`, `3%`, `5/min`.
    func text(_ bound: Double) -> String {
        switch unit {
        case .milliseconds: bound < 1000 ? "\(Self.number(bound))ms" : "\(Self.number(bound / 1000))s"
        case .seconds: "\(Self.number(bound))s"
        case .percent: "\(Self.number(bound))%"
        case .perMinute: "\(Self.number(bound))/min"
        case .kilobitsPerSecond: "\(Self.number(bound))kbit/s"
        case .dollars: "$\(Self.number(bound))"
        case .dollarsPerMinute: "$\(Self.number(bound))/min"
        case .count, .ratio, .score: Self.number(bound)
        }
    }

    /// The value of an alert, as a template of Prometheus.
    var template: String {
        switch unit {
        case .milliseconds: #"{{ printf "%.0f" $value }} ms"#
        case .seconds: #"{{ printf "%.0f" $value }} s"#
        case .percent: #"{{ printf "%.1f" $value }} %"#
        case .perMinute: #"{{ printf "%.2f" $value }} per minute"#
        case .kilobitsPerSecond: #"{{ printf "%.0f" $value }} kbit/s"#
        case .dollars: #"{{ printf "%.2f" $value }} USD"#
        case .dollarsPerMinute: #"{{ printf "%.2f" $value }} USD per minute"#
        case .ratio, .score: #"{{ printf "%.2f" $value }}"#
        case .count: #"{{ printf "%.0f" $value }}"#
        }
    }

    /// The shortest text that reads back as the same number, without a needless point.
    static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? value.description
    }
}
