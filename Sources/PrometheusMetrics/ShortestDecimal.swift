/// The shortest digits that read back to a positive finite number, and the decimal exponent of the first one.
struct ShortestDecimal {
    /// ASCII digits without leading or trailing zeros, in the first `count` places.
    private(set) var digits = InlineArray<24, UInt8>(repeating: 0)
    private(set) var count = 0
    /// The number is `d.ddd` times ten to this power.
    private(set) var exponent = 0

    /// The standard library's description already has the shortest digits; only its layout differs from Go's.
    init(_ value: Double) {
        var description = ShortestDescription()
        value.write(to: &description)
        var pointPosition: Int?
        var written = 0
        var leadingZeros = 0
        var inExponent = false
        for position in 0..<description.count {
            let byte = description.bytes[position]
            switch byte {
            case UInt8(ascii: "e"):
                inExponent = true
            case UInt8(ascii: "."):
                pointPosition = count + leadingZeros
            case UInt8(ascii: "0") where count == 0 && !inExponent:
                leadingZeros += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if inExponent {
                    written = written * 10 + Int(byte - UInt8(ascii: "0"))
                } else {
                    digits[count] = byte
                    count += 1
                }
            default:
                break
            }
        }
        if inExponent, value < 1 { written = -written }
        exponent = written + (pointPosition ?? count + leadingZeros) - 1 - leadingZeros
        while count > 1, digits[count - 1] == UInt8(ascii: "0") { count -= 1 }
    }
}

/// Takes the standard library's description of a number without making a string of it, which would be an allocation for
/// each long number.
struct ShortestDescription: TextOutputStream {
    private(set) var bytes = InlineArray<32, UInt8>(repeating: 0)
    private(set) var count = 0

    mutating func write(_ string: String) {
        for byte in string.utf8 { append(byte) }
    }

    // The standard library calls this instead where it has ASCII bytes at hand.
    mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) {
        for byte in buffer { append(byte) }
    }

    private mutating func append(_ byte: UInt8) {
        guard count < bytes.count else { return }
        bytes[count] = byte
        count += 1
    }
}
