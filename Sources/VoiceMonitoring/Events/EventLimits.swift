/// What an event may hold. What is beyond is refused with the field named, or cut where it says so.
public enum EventLimits {
    /// Durations, in milliseconds: up to a day.
    public static let milliseconds: ClosedRange<Double> = 0...86_400_000
    /// A reading of a sender's monotonic clock, in milliseconds; only differences of readings mean anything.
    public static let offset: ClosedRange<Double> = -1e15...1e15
    /// Percentages.
    public static let percentage: ClosedRange<Double> = 0...100
    /// Jitter, in milliseconds.
    public static let jitter: ClosedRange<Double> = 0...10_000
    /// Round-trip times, in milliseconds.
    public static let roundTripTime: ClosedRange<Double> = 0...60_000
    /// Counts, and the cumulative counters of getStats.
    public static let count: ClosedRange<Double> = 0...1e15
    /// `packetsLost`, which duplicates make negative (W3C webrtc-stats, `RTCReceivedRtpStreamStats`).
    public static let packetsLost: ClosedRange<Double> = -1e15...1e15
    /// The length of an event's `id`, in Unicode scalars.
    public static let eventIDLength = 64
    /// The length of a session's, call's, task's or turn's id, in Unicode scalars.
    public static let entityIDLength = 128
    /// The length to which names are cut, in Unicode scalars.
    public static let nameLength = 256
    /// The length to which messages and stack traces are cut, in bytes of UTF-8.
    public static let messageSize = 8 << 10
    /// The length to which previews of instructions are cut, in Unicode scalars (SPEC sections 3 and 6).
    public static let previewLength = 100
    /// How many values and levels the context of an error may have.
    public static let contextValues = 200, contextDepth = 8
    /// Tokens of one response.
    public static let tokens: ClosedRange<Double> = 0...1e9
    /// How many objects of an array of a raw Realtime event are read.
    public static let realtimeObjects = 32
    /// How many other ids a session may have.
    public static let aliases = 8
    /// How far `at` may be from the receipt before it is replaced by the receipt.
    public static let clockSkew = Span.minutes(5)
}
