/// What the interpreter ignored, replaced or gave up, so that nothing is lost in silence.
struct InterpreterCounts: Codable, Sendable {
    /// The bounded tables.
    enum Table: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        case sessions, turns, calls, tasks, requests, links, realtime
        case eventIDs = "event_ids"
    }

    /// Entries that went because a table was full.
    var evictions: [Table: UInt64] = [:]
    /// Calls, requests and tasks that went because nothing was heard of them for the length of their lease.
    var expirations: [Table: UInt64] = [:]
    /// Values of `at` that were too far off and replaced by the time of receipt.
    var replacedTimes: UInt64 = 0
    /// Ends of sessions that had ended or were never known.
    var repeatedEnds: UInt64 = 0
    /// Other events about sessions that had ended.
    var lateEvents: UInt64 = 0
    /// Raw Realtime events that lack what would make them usable.
    var unusableRealtimeEvents: UInt64 = 0
    /// Ids that could not become a session's, since they are another's.
    var refusedLinks: UInt64 = 0
}
