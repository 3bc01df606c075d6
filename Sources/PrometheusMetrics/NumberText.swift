/// Numbers as the text formats print them.
///
/// A float is the shortest text that reads back to the same bits, in exponent form where the decimal exponent is below
/// -4 or at least 6, with at least two exponent digits: the form of Go's `strconv.FormatFloat(v, 'g', -1, 64)`.
/// Source: Prometheus exposition formats, "Comments, help text, and type information" (values are Go floats);
/// OpenMetrics 1.0.0, "Considerations: Canonical Numbers".
enum NumberText {
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        if value < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
            return
        }
        let start = bytes.count
        var rest = value
        while rest > 0 {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = quotient
        }
        bytes[start...].reverse()
    }

    static func append(_ value: Double, to bytes: inout [UInt8]) {
        guard value.isFinite else {
            bytes.append(contentsOf: (value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf").utf8)
            return
        }
        if value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        if magnitude < 1e6, magnitude == magnitude.rounded() {
            append(UInt64(magnitude), to: &bytes)
        } else {
            let decimal = ShortestDecimal(magnitude)
            if decimal.exponent < -4 || decimal.exponent >= 6 {
                appendScientific(decimal, to: &bytes)
            } else {
                appendPositional(decimal, to: &bytes)
            }
        }
    }

    /// Appends a bucket bound. It always has a point or an exponent, in both formats, so that a scraper that
    /// negotiates differently does not store a second series for the same bucket.
    static func appendBound(_ bound: Double, to bytes: inout [UInt8]) {
        let start = bytes.count
        append(bound, to: &bytes)
        let isPlainInteger = bytes[start...].allSatisfy { byte in
            byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        if isPlainInteger { bytes.append(contentsOf: ".0".utf8) }
    }

    private static func appendScientific(_ decimal: ShortestDecimal, to bytes: inout [UInt8]) {
        bytes.append(decimal.digits[0])
        if decimal.digits.count > 1 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: decimal.digits[1...])
        }
        bytes.append(UInt8(ascii: "e"))
        bytes.append(UInt8(ascii: decimal.exponent < 0 ? "-" : "+"))
        let exponent = UInt64(decimal.exponent.magnitude)
        if exponent < 10 { bytes.append(UInt8(ascii: "0")) }
        append(exponent, to: &bytes)
    }

    private static func appendPositional(_ decimal: ShortestDecimal, to bytes: inout [UInt8]) {
        let zero = UInt8(ascii: "0")
        let point = decimal.exponent + 1
        if point <= 0 {
            bytes.append(contentsOf: "0.".utf8)
            bytes.append(contentsOf: repeatElement(zero, count: -point))
            bytes.append(contentsOf: decimal.digits)
        } else if point >= decimal.digits.count {
            bytes.append(contentsOf: decimal.digits)
            bytes.append(contentsOf: repeatElement(zero, count: point - decimal.digits.count))
        } else {
            bytes.append(contentsOf: decimal.digits[..<point])
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: decimal.digits[point...])
        }
    }
}

/// The shortest digits of a positive finite number, and the decimal exponent of the first one.
private struct ShortestDecimal {
    /// ASCII digits without leading or trailing zeros.
    var digits: [UInt8] = []
    /// The number is `d.ddd` times ten to this power.
    var exponent = 0

    /// The standard library's description already has the shortest digits; only its layout differs from Go's.
    init(_ value: Double) {
        var pointPosition: Int?
        var written = 0
        var inExponent = false
        for byte in value.description.utf8 {
            switch byte {
            case UInt8(ascii: "e"):
                inExponent = true
            case UInt8(ascii: "."):
                pointPosition = digits.count
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if inExponent {
                    written = written * 10 + Int(byte - UInt8(ascii: "0"))
                } else {
                    digits.append(byte)
                }
            default:
                break
            }
        }
        if inExponent, value < 1 { written = -written }
        let leadingZeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        exponent = written + (pointPosition ?? digits.count) - 1 - leadingZeros
        digits.removeFirst(leadingZeros)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    }
}
