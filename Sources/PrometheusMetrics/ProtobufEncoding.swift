/// The wire format of Protocol Buffers, as far as metrics need it.
///
/// Source: Protocol Buffers documentation, "Encoding".
extension [UInt8] {
    /// Appends a number in groups of seven bits, the lowest first.
    mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a number that may be negative, so that small ones take few bytes of either sign.
    mutating func appendZigZag(_ value: Int64) {
        appendVarint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Appends a field of type `uint64`, `uint32`, `int64` or of an enumeration.
    mutating func append(field: Int, varint value: UInt64) {
        appendKey(field, wireType: 0)
        appendVarint(value)
    }

    /// Appends a field of type `sint32` or `sint64`.
    mutating func append(field: Int, zigZag value: Int64) {
        appendKey(field, wireType: 0)
        appendZigZag(value)
    }

    /// Appends a field of type `double`.
    mutating func append(field: Int, double value: Double) {
        appendKey(field, wireType: 1)
        Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends a field of type `string`.
    mutating func append(field: Int, string value: String) {
        appendKey(field, wireType: 2)
        appendVarint(UInt64(value.utf8.count))
        append(contentsOf: value.utf8)
    }

    /// Appends a field that is a message, or numbers packed one after the other.
    mutating func append(field: Int, message write: (inout [UInt8]) -> Void) {
        appendKey(field, wireType: 2)
        let start = count
        write(&self)
        insertLength(at: start)
    }

    /// Inserts the number of bytes from a position to the end before them.
    mutating func insertLength(at start: Int) {
        var length: [UInt8] = []
        length.appendVarint(UInt64(count - start))
        insert(contentsOf: length, at: start)
    }

    private mutating func appendKey(_ field: Int, wireType: UInt64) {
        appendVarint(UInt64(field) << 3 | wireType)
    }
}
