import NIOCore

extension ByteBuffer {
    /// Writes JSON so that it can stand within a `script` element, whatever its strings hold: nothing in it begins a
    /// tag, a comment or a character reference, and it stays the same JSON. Only strings can hold what is replaced.
    mutating func writeJSONForHTML(_ json: ByteBuffer) {
        var rest = json.readableBytesView
        while let index = rest.firstIndex(where: Self.mayEndScript) {
            writeBytes(rest[..<index])
            let tail = rest[index...]
            if let (length, escape) = Self.escape(atStartOf: tail) {
                writeStaticString(escape)
                rest = tail.dropFirst(length)
            } else {
                writeBytes(tail.prefix(1))
                rest = tail.dropFirst()
            }
        }
        writeBytes(rest)
    }

    private static func mayEndScript(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&") || byte == 0xE2
    }

    private static func escape(atStartOf bytes: ByteBufferView) -> (length: Int, escape: StaticString)? {
        switch bytes.first {
        case UInt8(ascii: "<"): (1, #"\u003c"#)
        case UInt8(ascii: ">"): (1, #"\u003e"#)
        case UInt8(ascii: "&"): (1, #"\u0026"#)
        // The line separators U+2028 and U+2029 in UTF-8.
        default:
            if bytes.starts(with: [0xE2, 0x80, 0xA8]) {
                (3, #"\u2028"#)
            } else if bytes.starts(with: [0xE2, 0x80, 0xA9]) {
                (3, #"\u2029"#)
            } else {
                nil
            }
        }
    }
}
