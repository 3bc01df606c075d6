/// What happened, once. Sections see facts only.
struct Fact: Equatable, Sendable {
    /// When it happened, for display.
    var at: WallTime
    var kind: Kind

    enum Kind: Equatable, Sendable {
        /// A session appeared, in this phase.
        case sessionOpened(SessionPhase)
        /// A session went from one phase to another.
        case sessionChanged(from: SessionPhase, to: SessionPhase)
        /// A session is over.
        case sessionEnded(EndedSession)
        /// A latency was measured.
        case latency(LatencySample.Metric, milliseconds: Double)
    }
}

/// Where a live session is in its life.
enum SessionPhase: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    case connecting
    case active
    case idle
    case toolExecuting = "tool_executing"

    init(_ state: SessionState) {
        switch state {
        case .active: self = .active
        case .idle: self = .idle
        case .toolExecuting: self = .toolExecuting
        }
    }

    /// Whether the session counts as connected.
    var isConnected: Bool { self != .connecting }
}

/// A session that is over.
struct EndedSession: Equatable, Sendable {
    /// The phase it was in.
    var phase: SessionPhase
    /// How long it lasted; none for one that never connected and whose end did not tell.
    var milliseconds: Double?
    /// Whether it had at least one error.
    var failed: Bool
    /// Whether its lease ran out, instead of somebody ending it.
    var lost: Bool
}
