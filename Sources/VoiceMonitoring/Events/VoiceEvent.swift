/// What a sender said: one event as it came, checked but not interpreted.
public struct VoiceEvent: Equatable, Sendable {
    /// The sender's name for the event; a repeated one within ten minutes counts once.
    public var id: String?
    /// The sender's wall clock.
    public var at: WallTime?
    /// The session the event names. The kinds about sessions, turns and voice activity change nothing without one, and
    /// of audio only jitter and round-trip time count.
    public var session: String?
    /// What happened.
    public var kind: Kind

    /// What happened, one case for each `type`.
    public enum Kind: Equatable, Sendable {
        /// `session.connecting`: a session is being set up.
        case sessionConnecting
        /// `session.started`: a session is connected.
        case sessionStarted
        /// `session.heartbeat`: a session is still there.
        case sessionHeartbeat
        /// `session.state`: what a session is doing.
        case sessionState(SessionState)
        /// `session.ended`: a session is over.
        case sessionEnded(SessionEnd)
        /// `session.linked`: the session has other ids too.
        case sessionLinked(SessionLink)
        /// `latency.sample`: somebody measured a latency.
        case latencySample(LatencySample)
        /// `turn.mark`: a turn reached one of the eight marks.
        case turnMark(TurnMark)
        /// `tool.requested`: the model asked for a tool call.
        case toolRequested(ToolCallStart)
        /// `tool.started`: a tool call began.
        case toolStarted(ToolCallStart)
        /// `tool.finished`: a tool call ended.
        case toolFinished(ToolCallFinish)
        /// `error`: something went wrong.
        case error(ReportedError)
        /// `task.queued`: a task waits.
        case taskQueued(TaskStart)
        /// `task.started`: a task runs.
        case taskStarted(TaskStart)
        /// `task.agent_spawned`: a task's agent runs.
        case taskAgentSpawned(TaskStart)
        /// `task.progress`: how far a task is.
        case taskProgress(TaskProgress)
        /// `task.completed` or `task.failed`: a task ended.
        case taskFinished(TaskFinish)
        /// `bridge.status`: how the Amplifier bridge is.
        case bridgeStatus(BridgeStatus)
        /// `audio.stats`: what a client measured of its audio.
        case audioStats(AudioReport)
        /// `vad`: the voice activity detection fired.
        case vad(VADOutcome)
        /// `sideband.lag`: how late whoever handles a sideband's messages gets them.
        case sidebandLag(milliseconds: Double)
        /// `realtime.event`: a raw server event of the OpenAI Realtime API.
        indirect case realtime(RealtimeEvent)
    }

    /// Creates an event in process.
    public init(_ kind: Kind, session: String? = nil, id: String? = nil, at: WallTime? = nil) {
        self.kind = kind
        self.session = session
        self.id = id
        self.at = at
    }
}
