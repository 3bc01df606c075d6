/// The labels of one child of a family, as a type of its own, so that a wrong label is a compile error.
///
/// A conforming structure holds one property a label. All children of a family share the type and with it the names.
public protocol LabelSet: Hashable, Sendable {
    /// The names, in the order in which the values are printed.
    static var labelNames: [String] { get }

    /// The values, one for each name and in the same order. An empty value stands for an absent label.
    var labelValues: [String] { get }
}

/// The label set of a family that has one child and no labels.
public struct NoLabels: LabelSet {
    /// No names.
    public static let labelNames: [String] = []

    /// No values.
    public var labelValues: [String] { [] }

    /// Creates the one empty label set.
    public init() {}
}

/// A child's labels in the form in which they are printed, escaped once: `method="GET",code="200"`.
///
/// Source: Prometheus exposition formats, "Comments, help text, and type information": in label values the backslash,
/// the double quote and the line feed are escaped. OpenMetrics 1.0.0 escapes the same three.
struct RenderedLabels: Sendable {
    let text: [UInt8]

    init<Labels: LabelSet>(_ labels: Labels) {
        var text: [UInt8] = []
        for (name, value) in zip(Labels.labelNames, labels.labelValues) where !value.isEmpty {
            if !text.isEmpty { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: name.utf8)
            text.append(contentsOf: #"=""#.utf8)
            TextEscaping.appendLabelValue(value, to: &text)
            text.append(UInt8(ascii: "\""))
        }
        self.text = text
    }
}
