/// An observation that stands for those of its bucket, with labels that lead to where it came from.
///
/// Source: OpenMetrics 1.0.0, "Exemplars".
public struct Exemplar: Codable, Equatable, Sendable {
    /// The labels, those without a value left out.
    let labels: [LabelPair]
    /// The observation, in the family's unit.
    let value: Double
    /// When it was made, in Unix time.
    let unixSeconds: Double

    /// Creates an exemplar; none where names and values have more than the 128 characters that the format allows, or
    /// one has a NUL, on which Prometheus gives up the whole scrape where it stands in an exemplar.
    public init?(_ labels: some LabelSet, value: Double, unixSeconds: Double) {
        let pairs = labels.labelPairs
        let length = pairs.reduce(0) { $0 + $1.name.unicodeScalars.count + $1.value.unicodeScalars.count }
        guard length <= 128, !pairs.contains(where: { $0.value.utf8.contains(0) }) else { return nil }
        self.labels = pairs.filter { !$0.value.isEmpty }
        self.value = value
        self.unixSeconds = unixSeconds
    }

    /// Appends ` # {labels} value timestamp`.
    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: " # {".utf8)
        bytes.append(contentsOf: RenderedLabels(labels).text)
        bytes.append(contentsOf: "} ".utf8)
        NumberText.append(value, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        NumberText.append(unixSeconds, to: &bytes)
    }
}
