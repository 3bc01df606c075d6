/// What a sender said: one event as it came, checked but not interpreted.
public struct VoiceEvent: Equatable, Sendable {
    /// The sender's name for the event; a repeated one within ten minutes counts once.
    public var id: String?
    /// The sender's wall clock.
    public var at: WallTime?
    /// What happened.
    public var kind: Kind

    /// What happened, one case for each `type`.
    public enum Kind: Equatable, Sendable {
        /// `session.connecting`: a session is being set up.
        case sessionConnecting(session: String)
        /// `session.started`: a session is connected.
        case sessionStarted(session: String)
        /// `session.heartbeat`: a session is still there.
        case sessionHeartbeat(session: String)
        /// `session.state`: what a session is doing.
        case sessionState(session: String, SessionState)
        /// `session.ended`: a session is over.
        case sessionEnded(session: String, SessionEnd)
        /// `latency.sample`: somebody measured a latency.
        case latencySample(LatencySample)
        /// `turn.mark`: a turn reached one of the eight marks.
        case turnMark(TurnMark)
    }

    /// Creates an event in process.
    public init(_ kind: Kind, id: String? = nil, at: WallTime? = nil) {
        self.kind = kind
        self.id = id
        self.at = at
    }

    /// The event's `type` in JSON.
    public var type: EventType {
        switch kind {
        case .sessionConnecting: .sessionConnecting
        case .sessionStarted: .sessionStarted
        case .sessionHeartbeat: .sessionHeartbeat
        case .sessionState: .sessionState
        case .sessionEnded: .sessionEnded
        case .latencySample: .latencySample
        case .turnMark: .turnMark
        }
    }

    /// The session the event names.
    public var session: String? {
        switch kind {
        case .sessionConnecting(let session), .sessionStarted(let session), .sessionHeartbeat(let session),
            .sessionState(let session, _), .sessionEnded(let session, _):
            session
        case .latencySample(let sample): sample.session
        case .turnMark(let mark): mark.turn.session
        }
    }
}
