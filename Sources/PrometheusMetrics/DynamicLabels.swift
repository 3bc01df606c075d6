/// Labels whose names are known only at run time, as other metrics libraries have them.
///
/// Children of one family may have different names; a name that one does not have is an absent label of it. Where the
/// names are known, a `LabelSet` of one's own is faster and finds mistakes at compile time.
public struct DynamicLabels: LabelSet {
    /// No names that every child has.
    public static let labelNames: [String] = []

    /// The pairs in the order of their names.
    public let labelPairs: [LabelPair]

    /// The values in the order of their names.
    public var labelValues: [String] { labelPairs.map(\.value) }

    /// Creates labels from pairs in any order.
    ///
    /// - Throws: `RegistrationError` where a name is invalid, appears twice, or is `le`, which is a histogram's own.
    public init(_ pairs: some Sequence<LabelPair>) throws(RegistrationError) {
        labelPairs = pairs.sorted { $0.name < $1.name }
        try MetricName.checkLabels(
            labelPairs.map(\.name), family: "dynamic labels", reserved: MetricType.histogram.reservedLabel)
    }
}
