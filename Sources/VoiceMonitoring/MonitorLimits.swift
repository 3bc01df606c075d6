/// How much a monitor remembers at most, and for how long. Nothing a sender does makes it grow beyond.
public struct MonitorLimits: Codable, Sendable {
    /// Live sessions, and ended ones that are remembered so that late events do not open them again.
    public var sessions = 5_000
    /// Open turns, open calls and open tasks, each; and ended calls and tasks that are remembered.
    public var entries = 10_000
    /// Utterances, responses, requested tool calls and other ids of sessions, each.
    public var realtimeEntries = 5_000
    /// Recent event ids.
    public var eventIDs = 131_072
    /// Values of the labels `tool` and `agent`, each.
    public var names = 50
    /// How long a session lives without an event that names it.
    public var sessionLease = Span.seconds(120)
    /// How long a turn waits for its next mark and a call for its end, and ended sessions and calls are remembered.
    public var turnLease = Span.minutes(10)
    /// How long a task goes without news, and an ended one is remembered.
    public var taskLease = Span.minutes(30)
    /// How long an event id is remembered.
    public var eventIDWindow = Span.minutes(10)

    /// The defaults.
    public init() {}
}
