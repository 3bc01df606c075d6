/// A session that has begun and not ended.
struct LiveSession: Codable, Sendable {
    /// Which of all sessions so far it is.
    let life: Int
    private(set) var phase: SessionPhase
    /// When it connected; none while it has not.
    private(set) var started: Moment?
    /// When it was first heard of, for display.
    let opened: WallTime
    /// The last event about it.
    private(set) var lastSeen: Moment
    private var lastSeenTime: EventTime
    /// Errors that named it.
    var errors = 0
    /// Its tool calls that are open.
    var openCalls = 0
    /// Whether somebody reports its state; then it does not follow its tool calls.
    private var isStateReported: Bool
    var audio: AudioBaseline

    init(openedBy kind: VoiceEvent.Kind, life: Int, _ context: EventContext) {
        self.life = life
        let moment = context.moment
        lastSeenTime = context.time
        opened = context.at
        lastSeen = moment
        var isSeenFromBeginning = false
        isStateReported = false
        switch kind {
        case .sessionConnecting:
            phase = .connecting
            isSeenFromBeginning = true
        case .sessionStarted:
            phase = .active
            isSeenFromBeginning = true
        case .sessionState(let state):
            phase = SessionPhase(state)
            isStateReported = true
        default:
            phase = .active
        }
        audio = AudioBaseline(fromBeginning: isSeenFromBeginning)
        if phase.isConnected { started = moment }
    }

    /// Takes note of an event about it.
    mutating func see(_ context: EventContext) {
        lastSeen = context.moment
        lastSeenTime = context.time
    }

    /// When it was last heard of: as the sender stated, else as the wall clock has the receipt now.
    func lastSeenTime(at now: Timestamp) -> EventTime {
        lastSeen.stated == nil ? EventTime(lastSeen.received, shownAt: now) : lastSeenTime
    }

    /// What a report or a start makes of the phase. Returns the phase before, where it changed.
    mutating func enter(_ phase: SessionPhase, at moment: Moment, isReported: Bool) -> SessionPhase? {
        if isReported { isStateReported = true }
        guard self.phase != phase else { return nil }
        defer {
            self.phase = phase
            if phase.isConnected, started == nil { started = moment }
        }
        return self.phase
    }

    /// The phase that the session's open tool calls make of it, unless somebody reports it.
    var phaseOfCalls: SessionPhase? {
        if isStateReported { return nil }
        if openCalls > 0 { return .toolExecuting }
        return phase == .toolExecuting ? .active : nil
    }
}
