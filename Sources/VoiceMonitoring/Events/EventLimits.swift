/// What an event may hold. What is beyond is refused with the field named, or cut where the table says so.
public enum EventLimits {
    /// Durations, in milliseconds: up to a day.
    public static let milliseconds: ClosedRange<Double> = 0...86_400_000
    /// The length of an event's `id`, in Unicode scalars.
    public static let eventIDLength = 64
    /// The length of a session's, call's, task's or turn's id, in Unicode scalars.
    public static let entityIDLength = 128
    /// A reading of a sender's monotonic clock, in milliseconds; only differences of readings mean anything.
    public static let offset: ClosedRange<Double> = -1e15...1e15
    /// How far `at` may be from the receipt before it is replaced by the receipt.
    public static let clockSkew = Span.minutes(5)
}
