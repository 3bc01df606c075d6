/// A length of time in whole nanoseconds, such as a window or a lease.
public struct Span: Hashable, Comparable, Codable, Sendable {
    /// The length in nanoseconds.
    public let nanoseconds: Int64

    /// A length in seconds.
    public static func seconds(_ seconds: Int64) -> Span { Span(nanoseconds: seconds * 1_000_000_000) }

    /// A length in minutes.
    public static func minutes(_ minutes: Int64) -> Span { seconds(minutes * 60) }

    /// A length in hours.
    public static func hours(_ hours: Int64) -> Span { minutes(hours * 60) }

    /// Whether the first length is the shorter one.
    public static func < (first: Span, second: Span) -> Bool {
        first.nanoseconds < second.nanoseconds
    }

    var minutes: Double { Double(nanoseconds) / 60e9 }
}
