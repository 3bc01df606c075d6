/// Whether bytes are one JSON value (RFC 8259), checked before they are decoded: the library's decoder passes over
/// mistakes in keys that nobody reads, and takes commas before a closing bracket.
package struct JSONGrammar {
    /// How deep arrays and objects may be nested.
    static let maximumDepth = 64

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Whether the bytes are valid UTF-8 and one JSON value, not nested too deep.
    package static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        var grammar = JSONGrammar(bytes: bytes)
        return grammar.value(depth: 0) && grammar.isAtEnd
    }

    private init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private var isAtEnd: Bool { position == bytes.count }

    private var next: UInt8? { isAtEnd ? nil : bytes[position] }

    private mutating func value(depth: Int) -> Bool {
        skipWhitespace()
        guard depth <= Self.maximumDepth, let first = next else { return false }
        let isValid =
            switch first {
            case UInt8(ascii: "{"): object(depth: depth)
            case UInt8(ascii: "["): array(depth: depth)
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: "t"): take("true")
            case UInt8(ascii: "f"): take("false")
            case UInt8(ascii: "n"): take("null")
            default: number()
            }
        skipWhitespace()
        return isValid
    }

    private mutating func object(depth: Int) -> Bool {
        position += 1
        skipWhitespace()
        if take("}") { return true }
        repeat {
            skipWhitespace()
            guard string() else { return false }
            skipWhitespace()
            guard take(":"), value(depth: depth + 1) else { return false }
        } while take(",")
        return take("}")
    }

    private mutating func array(depth: Int) -> Bool {
        position += 1
        skipWhitespace()
        if take("]") { return true }
        repeat {
            guard value(depth: depth + 1) else { return false }
        } while take(",")
        return take("]")
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): if !escape() { return false }
            case 0..<0x20: return false
            default: break
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let byte = next else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "u"): return hexDigits() && hexDigits() && hexDigits() && hexDigits()
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        default: return false
        }
    }

    private mutating func hexDigits() -> Bool {
        guard let byte = next else { return false }
        position += 1
        return isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }

    private mutating func number() -> Bool {
        _ = take("-")
        guard take("0") || digits() else { return false }
        if take("."), !digits() { return false }
        guard take("e") || take("E") else { return true }
        if !take("+") { _ = take("-") }
        return digits()
    }

    /// At least one digit.
    private mutating func digits() -> Bool {
        let start = position
        while let byte = next, isDigit(byte) { position += 1 }
        return position > start
    }

    private mutating func take(_ literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard bytes.count - position >= length else { return false }
        for offset in 0..<length where bytes[position + offset] != literal.utf8Start[offset] { return false }
        position += length
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = next, byte.isJSONWhitespace { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension UInt8 {
    /// RFC 8259, section 2.
    var isJSONWhitespace: Bool {
        self == 0x20 || self == 0x09 || self == 0x0a || self == 0x0d
    }
}
