/// A child's labels in the form in which they are printed, escaped once: `method="GET",code="200"`.
///
/// Source: Prometheus exposition formats, "Comments, help text, and type information": in label values the backslash,
/// the double quote and the line feed are escaped. OpenMetrics 1.0.0 escapes the same three.
struct RenderedLabels: Sendable {
    let text: [UInt8]

    init(_ labels: some LabelSet) {
        self.init(labels.labelPairs)
    }

    init(_ pairs: [LabelPair]) {
        var text: [UInt8] = []
        for pair in pairs where !pair.value.isEmpty {
            if !text.isEmpty { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: pair.name.utf8)
            text.append(contentsOf: #"=""#.utf8)
            TextEscaping.appendLabelValue(pair.value, to: &text)
            text.append(UInt8(ascii: "\""))
        }
        self.text = text
    }
}
