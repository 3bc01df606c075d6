/// Writes bytes one after the other into memory that was reserved for them, without asking at each byte whether there
/// is room.
///
/// Whoever makes one says the most that will be written; see `Array.append(atMost:_:)`.
struct TextCursor {
    /// Where the next byte goes.
    private(set) var next: UnsafeMutablePointer<UInt8>

    init(_ start: UnsafeMutablePointer<UInt8>) {
        next = start
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        next.pointee = byte
        next += 1
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        next.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        next += text.utf8CodeUnitCount
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        next.update(from: start, count: bytes.count)
        next += bytes.count
    }

    @inline(__always)
    mutating func put(_ bytes: borrowing [UInt8]) {
        bytes.withUnsafeBufferPointer { put($0) }
    }

    /// Writes a count in decimal digits, two at a time.
    mutating func put(_ value: UInt64) {
        let end = next + value.decimalDigitCount
        var position = end
        var rest = value
        while rest >= 100 {
            let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
            position -= 2
            Self.copyPair(pair, to: position)
            rest = quotient
        }
        if rest >= 10 {
            Self.copyPair(rest, to: position - 2)
        } else {
            (position - 1).pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)
        }
        next = end
    }

    private static func copyPair(_ pair: UInt64, to position: UnsafeMutablePointer<UInt8>) {
        let digits = pairs.utf8Start + Int(truncatingIfNeeded: pair) * 2
        position[0] = digits[0]
        position[1] = digits[1]
    }

    private static let pairs: StaticString = """
        0001020304050607080910111213141516171819\
        2021222324252627282930313233343536373839\
        4041424344454647484950515253545556575859\
        6061626364656667686970717273747576777879\
        8081828384858687888990919293949596979899
        """
}

extension UInt64 {
    /// The number of digits in decimal, at least one and at most 20.
    fileprivate var decimalDigitCount: Int {
        var rest = self
        var count = 1
        while rest >= 10_000 {
            rest /= 10_000
            count += 4
        }
        return count + (rest >= 10 ? 1 : 0) + (rest >= 100 ? 1 : 0) + (rest >= 1_000 ? 1 : 0)
    }
}

extension [UInt8] {
    /// Appends what a function writes, which must not be longer than `count` bytes.
    @inline(__always)
    mutating func append(atMost count: Int, _ write: (inout TextCursor) -> Void) {
        append(addingCapacity: count) { (span: inout OutputSpan<UInt8>) in
            span.withUnsafeMutableBufferPointer { buffer, initialized in
                guard let start = buffer.baseAddress else { return }
                var cursor = TextCursor(start + initialized)
                write(&cursor)
                initialized = cursor.next - start
                precondition(initialized <= buffer.count, "More was written than there was room for.")
            }
        }
    }
}
