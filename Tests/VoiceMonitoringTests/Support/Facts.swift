@testable import VoiceMonitoring

/// A fact of this moment of a clock.
func fact(_ kind: Fact.Kind, at now: Timestamp) -> Fact {
    Fact(time: EventTime(nil, receivedAt: now), kind: kind)
}

extension EndedSession {
    /// A session that was active.
    static func active(_ milliseconds: Double?, failed: Bool = false, lost: Bool = false) -> Fact.Kind {
        .sessionEnded(EndedSession(id: "a", phase: .active, milliseconds: milliseconds, failed: failed, lost: lost))
    }
}
