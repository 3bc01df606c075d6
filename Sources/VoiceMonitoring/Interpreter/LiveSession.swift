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
    /// Its other ids.
    private(set) var aliases: [String] = []
    /// The lives of sessions that turned out to be this one.
    private var absorbedLives: [Int] = []
    /// The model that speaks, and when the session reaches its limit, as it says itself.
    private(set) var model: String?
    private(set) var expiresAt: WallTime?
    /// Whether the API said that it has reached its limit.
    var hasExpired = false
    var cost = SessionCost()

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

    /// Takes what the session says about itself.
    mutating func take(_ told: RealtimeSession) {
        model = told.model ?? model
        expiresAt = told.expiresAt ?? expiresAt
    }

    /// Takes another id. Whether there is room for it.
    mutating func take(alias: String) -> Bool {
        guard !aliases.contains(alias) else { return true }
        guard aliases.count < EventLimits.aliases else { return false }
        aliases.append(alias)
        return true
    }

    /// Takes over what is known of a session that turned out to be this one. Returns the phase before, where it
    /// changed.
    mutating func absorb(_ other: LiveSession) -> SessionPhase? {
        absorbedLives = (absorbedLives + [other.life] + other.absorbedLives).suffix(EventLimits.aliases)
        errors += other.errors
        openCalls += other.openCalls
        model = model ?? other.model
        expiresAt = expiresAt ?? other.expiresAt
        hasExpired = hasExpired || other.hasExpired
        cost.merge(other.cost)
        if let otherStart = other.started, started.map({ $0.milliseconds(since: otherStart) != nil }) ?? true {
            started = otherStart
        }
        guard phase == .connecting, other.phase.isConnected else { return nil }
        defer { phase = other.phase }
        return phase
    }

    /// Whether what began in a life of a session began in this one.
    func hasLived(_ life: Int?) -> Bool {
        life == self.life || absorbedLives.contains { $0 == life }
    }

    /// Why it ended: whoever was told may not know that it had reached its limit.
    func endReason(_ told: SessionEndReason, at time: WallTime) -> SessionEndReason {
        if hasExpired { return .expired }
        guard let expiresAt else { return told }
        return time.milliseconds(since: expiresAt) >= -Self.expiryTolerance ? .expired : told
    }

    /// How long before its limit the end of a session counts as reaching it, in milliseconds: clocks differ.
    private static let expiryTolerance = 5000.0

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
