/// What happened, once. Sections see facts only.
struct Fact: Sendable {
    var time: EventTime
    var kind: Kind

    /// When it happened, for display.
    var at: WallTime { time.shown }

    enum Kind: Sendable {
        /// A session appeared, in this phase.
        case sessionOpened(SessionPhase)
        /// A session went from one phase to another.
        case sessionChanged(from: SessionPhase, to: SessionPhase)
        /// A session is over.
        case sessionEnded(EndedSession)
        /// A session turned out to be another one.
        case sessionMerged(MergedSession)
        /// A latency was measured, in this turn.
        case latency(LatencySample.Metric, milliseconds: Double, turnID: String?)
        /// A stretch of a turn was measured that only raw events tell.
        case turnTimed(TurnTiming, milliseconds: Double, turnID: String)
        /// A response of the model ended.
        case responseFinished(ResponseStatus, CancellationReason?)
        /// Nothing audible follows the user's turn, and after that something does.
        case deadAir(DeadAirCause)
        case deadAirEnded(milliseconds: Double)
        /// A turn that has a latency got a mark or another latency.
        case turn(TurnRecord)
        /// The model asked for a tool call, with arguments that may be malformed, and got its result.
        case toolRequested(tool: String)
        case toolArgumentsMalformed
        case toolResultDelivered(tool: String)
        /// A tool call waited before it began.
        case toolQueued(milliseconds: Double)
        /// A tool was called.
        case toolCalled(tool: String)
        /// A tool call delegated to an agent.
        case toolDelegated(tool: String, agent: String)
        /// A tool call ended. `tool` is the bounded name, the record's the one that was told.
        case toolFinished(tool: String, ToolCallRecord)
        /// Something went wrong. `code` is one that the category defines, or `other`.
        case error(code: String, ErrorRecord)
        /// Something was refused that is no harm.
        case benignError(BenignError)
        /// How far the account is from its rate limits.
        case rateLimits([RealtimeRateLimit])
        /// Tokens or seconds were used.
        case usage(PricedUsage)
        /// A task waits.
        case taskQueued
        /// A task's agent runs.
        case agentSpawned(agent: String)
        /// A task ended.
        case taskFinished(agent: String, TaskFinish.Outcome, milliseconds: Double?, error: String?)
        /// The bridge was checked.
        case bridgeStatus(BridgeStatus)
        /// How late a sideband was read was measured.
        case sidebandLag(milliseconds: Double)
        /// Audio was measured.
        case audio(AudioMeasurement)
        /// The voice activity detection fired.
        case vad(activations: UInt64, falsePositives: UInt64)
        /// The user spoke while the assistant was heard.
        case interruption(InterruptionOutcome)
        /// A false interruption cut off a reply, and nothing came in its place.
        case orphanedInterruption
        /// How long the assistant took to stop.
        case interruptionReaction(milliseconds: Double)
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
struct EndedSession: Sendable {
    var id: String
    /// The phase it was in.
    var phase: SessionPhase
    /// How long it lasted; none for one that never connected and whose end did not tell.
    var milliseconds: Double?
    /// Whether it had at least one error.
    var failed: Bool
    /// Whether its lease ran out, instead of somebody ending it.
    var lost: Bool
    /// Why it ended.
    var reason = SessionEndReason.unknown
    /// What it cost.
    var cost = SessionCost()
}

/// A session that is no more, since it is another one.
struct MergedSession: Sendable {
    var id: String
    /// The session that it is.
    var into: String
    /// The phase it was in.
    var phase: SessionPhase
}

/// The marks of one turn and its latencies so far.
struct TurnRecord: Codable, Sendable {
    struct Mark: Codable, Sendable {
        var name: TurnMark.Name
        /// From the end of the user's speech; negative for a mark before it, none where that mark is missing.
        var milliseconds: Double?
    }

    var key: TurnKey
    var at: WallTime
    var ttfa: Double?
    var turn: Double?
    var marks: [Mark]

    /// By what turns are ranked.
    var slowness: Double { turn ?? ttfa ?? 0 }
}

/// What one report of a client's audio adds.
struct AudioMeasurement: Sendable {
    /// The session, while it is live.
    var session: String?
    var report: AudioReport
    /// Packets since the report before; none where there were none or the counters say nothing.
    var packets: PacketCount?
    var bytesReceived: UInt64 = 0
    var bytesSent: UInt64 = 0
    var bufferUnderruns: UInt64 = 0
}

/// Packets of a stretch of time.
struct PacketCount: Codable, Equatable, Sendable {
    var lost: Double = 0
    var received: Double = 0

    /// The share that was lost, in percent.
    var lossPercentage: Double { 100 * lost / total }
    var total: Double { lost + received }
}
