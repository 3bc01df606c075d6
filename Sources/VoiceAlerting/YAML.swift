/// A piece of YAML, as far as rule files need it.
indirect enum YAML {
    case string(String)
    case list([YAML])
    case mapping([(String, YAML)])

    /// The text of a document, with a line feed at its end.
    var text: String { lines.map { $0 + "\n" }.joined() }

    private var lines: [String] {
        switch self {
        case .string(let text):
            Self.scalar(text)
        case .list(let items):
            items.flatMap { Self.indented($0.lines, first: "- ") }
        case .mapping(let fields):
            fields.flatMap { key, value in
                switch value {
                case .string(let text):
                    Self.attached(Self.scalar(text), to: key)
                case .list, .mapping:
                    ["\(key):"] + Self.indented(value.lines, first: "  ")
                }
            }
        }
    }

    private static func indented(_ lines: [String], first: String) -> [String] {
        lines.enumerated().map { ($0 == 0 ? first : "  ") + $1 }
    }

    private static func attached(_ scalar: [String], to key: String) -> [String] {
        ["\(key): \(scalar[0])"] + scalar.dropFirst()
    }

    /// Every string is quoted, so that none can be read as a number, a boolean or a comment. One of several lines is a
    /// literal block, where nothing needs quotes.
    private static func scalar(_ text: String) -> [String] {
        guard text.unicodeScalars.allSatisfy({ isPrintable($0) || $0 == "\n" }) else { return [escaped(text)] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count == 1 { return [singleQuoted(text)] }
        // A block that begins with a space, or has empty lines, would need indicators of its own.
        guard !text.hasPrefix(" "), lines.allSatisfy({ !$0.isEmpty }) else { return [escaped(text)] }
        return ["|-"] + lines.map { "  \($0)" }
    }

    private static func singleQuoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func escaped(_ text: String) -> String {
        let characters = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case _ where isPrintable(scalar): String(scalar)
            default: "\\U" + String(repeating: "0", count: 8 - hex(scalar).count) + hex(scalar)
            }
        }
        return "\"" + characters.joined() + "\""
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16) }
}
