/// An instant on a clock that never jumps, in nanoseconds since an arbitrary start.
///
/// Windows, rates, leases and de-duplication run on it.
public struct MonotonicTime: Hashable, Comparable, Codable, Sendable {
    /// Nanoseconds since the clock's start.
    public var nanoseconds: Int64

    /// Creates an instant.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Whether the first instant is the earlier one.
    public static func < (first: MonotonicTime, second: MonotonicTime) -> Bool {
        first.nanoseconds < second.nanoseconds
    }

    func advanced(by span: Span) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds &+ span.nanoseconds)
    }

    /// The milliseconds from an earlier instant to this one; negative where the other is later.
    func milliseconds(since other: MonotonicTime) -> Double {
        Double(nanoseconds &- other.nanoseconds) / 1e6
    }
}
