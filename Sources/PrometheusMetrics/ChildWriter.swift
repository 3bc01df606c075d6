/// Writes the sample lines of one child.
public struct ChildWriter: ~Copyable {
    private let name: String
    private let labels: RenderedLabels
    private let format: ExpositionFormat
    private var bytes: [UInt8]

    init(name: String, labels: RenderedLabels, format: ExpositionFormat, bytes: consuming [UInt8]) {
        self.name = name
        self.labels = labels
        self.format = format
        self.bytes = bytes
    }

    /// Writes a sample whose value is a count.
    mutating func sample(_ value: UInt64, suffix: StaticString = "") {
        beginLine(suffix: suffix, bound: nil)
        NumberText.append(value, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes a sample whose value is a measurement.
    mutating func sample(_ value: Double, suffix: StaticString = "") {
        beginLine(suffix: suffix, bound: nil)
        NumberText.append(value, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes the cumulative count of one bucket, with its exemplar in the format that has exemplars.
    mutating func bucket(upTo bound: Double, _ count: UInt64, _ exemplar: Exemplar?) {
        beginLine(suffix: "_bucket", bound: bound)
        NumberText.append(count, to: &bytes)
        if format == .openMetrics { exemplar?.append(to: &bytes) }
        bytes.append(UInt8(ascii: "\n"))
    }

    consuming func finish() -> [UInt8] { bytes }

    private mutating func beginLine(suffix: StaticString, bound: Double?) {
        bytes.append(contentsOf: name.utf8)
        suffix.withUTF8Buffer { bytes.append(contentsOf: $0) }
        if !labels.text.isEmpty || bound != nil {
            bytes.append(UInt8(ascii: "{"))
            bytes.append(contentsOf: labels.text)
            if let bound {
                if !labels.text.isEmpty { bytes.append(UInt8(ascii: ",")) }
                bytes.append(contentsOf: #"le=""#.utf8)
                NumberText.appendBound(bound, to: &bytes)
                bytes.append(UInt8(ascii: "\""))
            }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
    }
}
