/// A session that has begun and not ended.
struct LiveSession: Codable, Sendable {
    var phase: SessionPhase
    /// When it connected; none while it has not.
    var started: Moment?
    /// The last event about it.
    var lastSeen: Moment
    /// Whether it had an error.
    var hadError = false

    init(_ phase: SessionPhase, at moment: Moment) {
        self.phase = phase
        lastSeen = moment
        if phase.isConnected { started = moment }
    }

    /// Enters a phase, which connects a session that was connecting.
    mutating func enter(_ phase: SessionPhase, at moment: Moment) {
        self.phase = phase
        if phase.isConnected, started == nil { started = moment }
    }
}
