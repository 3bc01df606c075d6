/// The type of a family, as the `# TYPE` line names it.
public enum MetricType: String, Sendable {
    /// A number that only goes up, until the process restarts.
    case counter
    /// A number that goes up and down.
    case gauge
    /// Observations counted in buckets, with their sum.
    case histogram
    /// What never changes while the program runs, told by labels.
    case info

    /// The type as the text format and protobuf know it: they have no info.
    var textName: String { self == .info ? MetricType.gauge.rawValue : rawValue }

    /// The label names that the type uses itself.
    var reservedLabel: String? {
        self == .histogram ? "le" : nil
    }

    /// Every sample name a family of this type can print in any of the formats.
    ///
    /// OpenMetrics names a counter's family without `_total` and may add `_created`, so those names are taken too.
    func sampleNames(of name: String) -> [String] {
        switch self {
        case .counter:
            let base = openMetricsName(of: name)
            return [base, name, base + "_created"]
        case .info:
            return [openMetricsName(of: name), name]
        case .gauge:
            return [name]
        case .histogram:
            return [name, name + "_bucket", name + "_sum", name + "_count", name + "_created"]
        }
    }

    /// The name of the family in OpenMetrics, where a counter's has no `_total` and that of an info no `_info`; those
    /// belong to their samples.
    func openMetricsName(of name: String) -> String {
        String(name.dropLast(suffix?.count ?? 0))
    }

    func checkSuffix(of name: String) throws(RegistrationError) {
        let fits: Bool
        switch self {
        case .counter, .info:
            fits = suffix.map { name.hasSuffix($0) && name.count > $0.count } ?? true
        case .gauge, .histogram:
            let foreign = ["_total", "_bucket", "_count", "_sum", "_created"]
            fits = !foreign.contains { name.hasSuffix($0) }
        }
        guard fits else { throw RegistrationError(.nameDoesNotFitType(name, type: self)) }
    }

    /// What the names of families of this type end in.
    private var suffix: String? {
        switch self {
        case .counter: "_total"
        case .info: "_info"
        case .gauge, .histogram: nil
        }
    }
}
