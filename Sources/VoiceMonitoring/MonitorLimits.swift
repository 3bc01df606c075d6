/// How much a monitor remembers at most, and for how long. Nothing a sender does makes it grow beyond.
public struct MonitorLimits: Codable, Sendable {
    /// Live sessions, and ended ones that are remembered so that late events do not open them again.
    public var sessions = 5_000
    /// Open turns.
    public var turns = 10_000
    /// Recent event ids.
    public var eventIDs = 131_072
    /// How long a session lives without an event that names it.
    public var sessionLease = Span.seconds(120)
    /// How long a turn waits for its next mark, and an ended session is remembered.
    public var turnLease = Span.minutes(10)
    /// How long an event id is remembered.
    public var eventIDWindow = Span.minutes(10)

    /// The defaults.
    public init() {}
}
