/// The type of a family, as the `# TYPE` line names it.
public enum MetricType: String, Sendable {
    /// A number that only goes up, until the process restarts.
    case counter
    /// A number that goes up and down.
    case gauge
    /// Observations counted in buckets, with their sum.
    case histogram

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
        case .gauge:
            return [name]
        case .histogram:
            return [name, name + "_bucket", name + "_sum", name + "_count", name + "_created"]
        }
    }

    /// The name of the family in OpenMetrics, where a counter's has no `_total`; that belongs to its sample.
    func openMetricsName(of name: String) -> String {
        self == .counter ? String(name.dropLast(MetricType.counterSuffix.count)) : name
    }

    func checkSuffix(of name: String) throws(RegistrationError) {
        let fits: Bool
        switch self {
        case .counter:
            fits = name.hasSuffix(MetricType.counterSuffix) && name.count > MetricType.counterSuffix.count
        case .gauge, .histogram:
            let foreign = [MetricType.counterSuffix, "_bucket", "_count", "_sum", "_created"]
            fits = !foreign.contains { name.hasSuffix($0) }
        }
        guard fits else { throw RegistrationError(.nameDoesNotFitType(name, type: self)) }
    }

    private static let counterSuffix = "_total"
}
