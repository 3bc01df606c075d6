/// What is known of one live session.
public struct SessionStory: Encodable, Sendable {
    /// The session.
    public let session: String
    /// `connecting`, or the state.
    public let state: String
    /// When it was first heard of.
    public let openedAt: WallTime
    /// When it was last heard of.
    public let lastSeenAt: WallTime
    /// How long it lasts so far, in milliseconds; none while it has not connected.
    @Nullable public private(set) var durationMilliseconds: Double?
    /// Errors that named it.
    public let errorCount: Int
    /// Its audio; none without a report.
    @Nullable public private(set) var audio: SessionAudioStats?
    /// Its turns that have a latency and whose lease runs.
    public let turns: [SlowestTurnList.Turn]
    /// Its calls among the last 20 that ended.
    public let recentCalls: [ToolCallRecord]
    /// Its errors among the last 50.
    public let recentErrors: [ErrorRecord]
    /// Its tasks that run, longest first.
    public let activeTasks: [ActiveTask]

    /// None for a session that is not live.
    init?(_ id: String, _ snapshot: MonitorSnapshot) {
        guard let session = snapshot.state.interpreter.sessions[id] else { return nil }
        self.session = id
        state = session.phase.rawValue
        openedAt = session.opened
        lastSeenAt = session.lastSeenTime(at: snapshot.now).shown
        errorCount = session.errors
        turns = snapshot.state.interpreter.turns.newestFirst.lazy
            .filter { $0.key.session == id }
            .compactMap { key, turn in turn.record(key) }
            .map(SlowestTurnList.Turn.init)
        recentCalls = snapshot.state.tools.recentCalls.newestFirst.filter { $0.session == id }
        recentErrors = snapshot.state.errors.recentErrors.newestFirst.filter { $0.session == id }
        activeTasks = snapshot.activeTasks(ofSession: id)
        durationMilliseconds = snapshot.duration(ofSession: id)
        audio = snapshot.state.audio.sessions[id].map { SessionAudioStats(id, $0, snapshot) }
    }

    enum CodingKeys: String, CodingKey {
        case state, audio, turns
        case session = "session_id"
        case openedAt = "opened_at"
        case lastSeenAt = "last_seen_at"
        case durationMilliseconds = "duration_ms"
        case errorCount = "error_count"
        case recentCalls = "recent_calls"
        case recentErrors = "recent_errors"
        case activeTasks = "active_tasks"
    }
}
