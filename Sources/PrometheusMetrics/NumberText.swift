/// Numbers as the text formats print them.
///
/// A float is the shortest text that reads back to the same bits, in exponent form where the decimal exponent is below
/// -4 or at least 6, with at least two exponent digits: the form of Go's `strconv.FormatFloat(v, 'g', -1, 64)`.
/// Source: Prometheus exposition formats, "Comments, help text, and type information" (values are Go floats);
/// OpenMetrics 1.0.0, "Considerations: Canonical Numbers".
enum NumberText {
    /// The longest text of a number: `-1.7976931348623157e+308`.
    static let maximumLength = 24

    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        bytes.append(atMost: maximumLength) { $0.put(value) }
    }

    static func append(_ value: Double, to bytes: inout [UInt8]) {
        bytes.append(atMost: maximumLength) { $0.put(value) }
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
}

extension TextCursor {
    /// Writes a measurement.
    mutating func put(_ value: Double) {
        guard value.isFinite else {
            put(value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf")
            return
        }
        if value.sign == .minus { put(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        if magnitude < 1e6, magnitude == magnitude.rounded() {
            put(UInt64(magnitude))
        } else if magnitude >= 1e-4, magnitude < 1e6 {
            // Here the standard library's form is that of Go.
            var description = ShortestDescription()
            magnitude.write(to: &description)
            for position in 0..<description.count { put(description.bytes[position]) }
        } else {
            putScientific(ShortestDecimal(magnitude))
        }
    }

    private mutating func putScientific(_ decimal: ShortestDecimal) {
        put(decimal.digits[0])
        if decimal.count > 1 { put(UInt8(ascii: ".")) }
        for position in 1..<decimal.count { put(decimal.digits[position]) }
        put(UInt8(ascii: "e"))
        put(UInt8(ascii: decimal.exponent < 0 ? "-" : "+"))
        let exponent = UInt64(decimal.exponent.magnitude)
        if exponent < 10 { put(UInt8(ascii: "0")) }
        put(exponent)
    }
}
