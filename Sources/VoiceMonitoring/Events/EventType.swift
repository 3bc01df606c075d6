/// The events that can be told, by the `type` they carry in JSON.
public enum EventType: String, CaseIterable, Sendable {
    /// A session is being set up.
    case sessionConnecting = "session.connecting"
    /// A session is connected.
    case sessionStarted = "session.started"
    /// A session is still there.
    case sessionHeartbeat = "session.heartbeat"
    /// What a session is doing.
    case sessionState = "session.state"
    /// A session is over.
    case sessionEnded = "session.ended"
    /// Several ids are one session's.
    case sessionLinked = "session.linked"
    /// A latency that somebody measured.
    case latencySample = "latency.sample"
    /// A turn reached a mark.
    case turnMark = "turn.mark"
    /// The model asked for a tool call.
    case toolRequested = "tool.requested"
    /// A tool call began.
    case toolStarted = "tool.started"
    /// A tool call ended.
    case toolFinished = "tool.finished"
    /// Something went wrong.
    case error
    /// A task waits.
    case taskQueued = "task.queued"
    /// A task runs.
    case taskStarted = "task.started"
    /// A task's agent runs.
    case taskAgentSpawned = "task.agent_spawned"
    /// How far a task is.
    case taskProgress = "task.progress"
    /// A task did what it was told.
    case taskCompleted = "task.completed"
    /// A task went wrong.
    case taskFailed = "task.failed"
    /// How the Amplifier bridge is.
    case bridgeStatus = "bridge.status"
    /// What a client measured of its audio.
    case audioStats = "audio.stats"
    /// The voice activity detection fired.
    case vad
    /// How late a sideband is read.
    case sidebandLag = "sideband.lag"
    /// A raw server event of the OpenAI Realtime API.
    case realtimeEvent = "realtime.event"
}

extension VoiceEvent {
    /// The event's `type` in JSON.
    public var type: EventType {
        switch kind {
        case .sessionConnecting: .sessionConnecting
        case .sessionStarted: .sessionStarted
        case .sessionHeartbeat: .sessionHeartbeat
        case .sessionState: .sessionState
        case .sessionEnded: .sessionEnded
        case .sessionLinked: .sessionLinked
        case .latencySample: .latencySample
        case .turnMark: .turnMark
        case .toolRequested: .toolRequested
        case .toolStarted: .toolStarted
        case .toolFinished: .toolFinished
        case .error: .error
        case .taskQueued: .taskQueued
        case .taskStarted: .taskStarted
        case .taskAgentSpawned: .taskAgentSpawned
        case .taskProgress: .taskProgress
        case .taskFinished(let finish): finish.outcome == .success ? .taskCompleted : .taskFailed
        case .bridgeStatus: .bridgeStatus
        case .audioStats: .audioStats
        case .vad: .vad
        case .sidebandLag: .sidebandLag
        case .realtime: .realtimeEvent
        }
    }
}

extension EventType {
    /// Whether an event of this type says nothing without a session.
    var needsSession: Bool {
        switch self {
        case .sessionConnecting, .sessionStarted, .sessionHeartbeat, .sessionState, .sessionEnded, .sessionLinked,
            .turnMark, .audioStats, .vad, .realtimeEvent:
            true
        default:
            false
        }
    }
}
