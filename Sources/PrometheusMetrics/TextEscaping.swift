/// The escapings of the text formats.
///
/// Source: Prometheus exposition formats, "Comments, help text, and type information"; OpenMetrics 1.0.0, "ABNF".
enum TextEscaping {
    /// Appends a label value: backslash, double quote and line feed are escaped.
    static func appendLabelValue(_ value: String, to bytes: inout [UInt8]) {
        append(value, quotes: true, to: &bytes)
    }

    /// Appends a help text: backslash and line feed are escaped, and double quotes in OpenMetrics only.
    static func appendHelp(_ help: String, _ format: ExpositionFormat, to bytes: inout [UInt8]) {
        append(help, quotes: format == .openMetrics, to: &bytes)
    }

    private static func append(_ text: String, quotes: Bool, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"):
                bytes.append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"):
                bytes.append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\"") where quotes:
                bytes.append(contentsOf: #"\""#.utf8)
            default:
                bytes.append(byte)
            }
        }
    }
}
