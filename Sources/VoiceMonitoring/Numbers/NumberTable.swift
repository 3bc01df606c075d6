/// The one table of numbers: everything that is shown, judged, alerted on or explained is looked up here.
public struct NumberTable: Sendable {
    /// All rows, in the order of the sections.
    public let rows: [MonitoredNumber]
    private let byID: [NumberID: MonitoredNumber]

    /// The table with SPEC's thresholds.
    public init() {
        rows = Self.sessions + Self.latency
        byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
    }

    /// The row of a number.
    public subscript(id: NumberID) -> MonitoredNumber? { byID[id] }
}

extension NumberTable {
    private static let sessions = [
        MonitoredNumber(
            id: .activeCount, unit: .count, window: .now, minimumSamples: 0, thresholds: nil,
            promQL: #"sum without (state) (amplifier_voice_sessions{state!="connecting"})"#),
        MonitoredNumber(
            id: .connectingCount, unit: .count, window: .now, minimumSamples: 0, thresholds: nil,
            promQL: #"amplifier_voice_sessions{state="connecting"}"#),
        MonitoredNumber(
            id: .totalToday, unit: .count, window: .today, minimumSamples: 0, thresholds: nil,
            promQL: "increase(amplifier_voice_sessions_started_total[1d])"),
        MonitoredNumber(
            id: .peakConcurrent, unit: .count, window: .lastDay, minimumSamples: 0, thresholds: nil,
            promQL: #"max_over_time(sum without (state) (amplifier_voice_sessions{state!="connecting"})[1d:1m])"#),
        MonitoredNumber(
            id: .avgDuration, unit: .milliseconds, window: .lastDay, minimumSamples: 1, thresholds: nil,
            promQL: "1000 * increase(amplifier_voice_session_duration_seconds_sum[1d]) "
                + "/ increase(amplifier_voice_session_duration_seconds_count[1d])"),
        MonitoredNumber(
            id: .medianDuration, unit: .milliseconds, window: .lastDay, minimumSamples: 1, thresholds: nil,
            promQL: "1000 * histogram_quantile(0.5, rate(amplifier_voice_session_duration_seconds_bucket[1d]))"),
    ]

    private static let latency = [
        percentile(.ttfaP50, 50, of: "time_to_first_audio", .above(target: 400, warning: 600, critical: 1000)),
        percentile(.ttfaP95, 95, of: "time_to_first_audio", .above(target: 800, warning: 1200, critical: 2000)),
        percentile(.ttfaP99, 99, of: "time_to_first_audio", .above(target: 1500, warning: 2500, critical: 4000)),
        percentile(.turnP50, 50, of: "turn_duration", .above(target: 1500, warning: 2000, critical: 3000)),
        percentile(.turnP95, 95, of: "turn_duration", .above(target: 2500, warning: 3500, critical: 5000)),
        percentile(.turnP99, 99, of: "turn_duration", .above(target: 5000, warning: 7000, critical: 10_000)),
        component(.webrtcConnect, of: "webrtc_connect_duration", target: 500),
        component(.sessionCreate, of: "session_create_duration", target: 300),
        component(.sdpExchange, of: "sdp_exchange_duration", target: 400),
    ]

    private static func percentile(
        _ id: NumberID, _ percent: Int, of family: String, _ thresholds: Thresholds
    ) -> MonitoredNumber {
        MonitoredNumber(
            id: id, unit: .milliseconds, window: .lastFiveMinutes, minimumSamples: minimumSamples(percent),
            thresholds: thresholds,
            promQL: "1000 * histogram_quantile(\(Double(percent) / 100), "
                + "rate(amplifier_voice_\(family)_seconds_bucket[5m]))")
    }

    private static func component(_ id: NumberID, of family: String, target: Double) -> MonitoredNumber {
        MonitoredNumber(
            id: id, unit: .milliseconds, window: .lastHour, minimumSamples: minimumSamples(50),
            thresholds: .above(target: target),
            promQL: "1000 * histogram_quantile(0.5, rate(amplifier_voice_\(family)_seconds_bucket[1h]))")
    }

    /// The guards that JSON, health and alerts share: below them a percentile is not judged.
    private static func minimumSamples(_ percent: Int) -> Int {
        percent >= 99 ? 100 : percent >= 95 ? 20 : 10
    }
}
