/// What is known of one live session.
public struct SessionStory: Encodable, Sendable {
    /// The session.
    public let session: String
    /// Its other ids.
    public let alsoKnownAs: [String]
    /// The model that speaks.
    @Nullable public private(set) var model: String?
    /// When it reaches the limit that the API sets.
    @Nullable public private(set) var expiresAt: WallTime?
    /// How many seconds are left until then.
    @Nullable public private(set) var expiresInSeconds: Double?
    /// What it costs so far, in US dollars; none where a part is unknown.
    @Nullable public private(set) var cost: Double?
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
    /// The last 60 reports of its audio, oldest first.
    public let audioTrend: [SessionAudioPoint]
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
        guard let (id, session) = snapshot.liveSession(id) else { return nil }
        let ids = [id] + session.aliases
        self.session = id
        alsoKnownAs = session.aliases
        state = session.phase.rawValue
        openedAt = session.opened
        lastSeenAt = session.lastSeenTime(at: snapshot.now).shown
        errorCount = session.errors
        audioTrend = snapshot.state.audio.sessions[id]?.trend.newestFirst.reversed() ?? []
        turns = snapshot.state.interpreter.turns.newestFirst.lazy
            .filter { $0.key.session.map(ids.contains) ?? false }
            .compactMap { key, turn in turn.record(key) }
            .map(SlowestTurnList.Turn.init)
        recentCalls = snapshot.state.tools.recentCalls.newestFirst.filter { $0.session.map(ids.contains) ?? false }
        recentErrors = snapshot.state.errors.recentErrors.newestFirst.filter { $0.session.map(ids.contains) ?? false }
        activeTasks = snapshot.activeTasks(ofSession: ids)
        durationMilliseconds = snapshot.duration(ofSession: id)
        model = session.model
        expiresAt = session.expiresAt
        expiresInSeconds = session.expiresAt.map { max(0, $0.milliseconds(since: snapshot.now.wall) / 1000) }
        cost = session.cost.dollars
        audio = snapshot.state.audio.sessions[id].map { SessionAudioStats(id, $0, snapshot) }
    }

    enum CodingKeys: String, CodingKey {
        case state, audio, turns, model
        case session = "session_id"
        case alsoKnownAs = "also_known_as"
        case expiresAt = "expires_at"
        case expiresInSeconds = "expires_in_seconds"
        case cost = "cost_usd"
        case openedAt = "opened_at"
        case lastSeenAt = "last_seen_at"
        case durationMilliseconds = "duration_ms"
        case errorCount = "error_count"
        case audioTrend = "audio_trend"
        case recentCalls = "recent_calls"
        case recentErrors = "recent_errors"
        case activeTasks = "active_tasks"
    }
}

extension MonitorSnapshot {
    /// A live session by any of its ids, with the one it is shown under.
    fileprivate func liveSession(_ id: String) -> (String, LiveSession)? {
        if let session = state.interpreter.sessions[id] { return (id, session) }
        return state.interpreter.sessions.entries.first { $0.value.aliases.contains(id) }.map { ($0.key, $0.value) }
    }
}
