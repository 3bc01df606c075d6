import PrometheusMetrics

/// How the Amplifier bridge is and how its agents do (SPEC section 6). The tasks that run are the interpreter's.
struct AmplifierSection: Codable, Sendable {
    /// One agent.
    struct Agent: Codable, Sendable {
        fileprivate(set) var spawned = CounterValue()
        /// Ends since the start.
        fileprivate(set) var results: [TaskFinish.Outcome: CounterValue] = [:]
        fileprivate(set) var lastSpawned: EventTime?
        fileprivate(set) var lastResult: TaskFinish.Outcome?
        /// What went wrong with the last task that failed and said so.
        fileprivate(set) var lastError: String?
        /// Seconds, since the start.
        fileprivate(set) var durations = HistogramValue(.native(beside: AmplifierFamilies.durationBuckets))
        fileprivate(set) var lastHour = SlidingWindow<FinishTally>.lastHour

        func count(_ outcomes: TaskFinish.Outcome...) -> CounterValue {
            CounterValue(UInt64(outcomes.reduce(0) { $0 + (results[$1]?.count ?? 0) }))
        }
    }

    /// The last report of the bridge, and when it came.
    struct Bridge: Codable, Sendable {
        var status: BridgeStatus
        var checked: WallTime
    }

    private(set) var agents: [String: Agent] = [:]
    private(set) var bridge: Bridge?
    /// Tasks that wait, as the bridge reported last.
    private(set) var reportedQueueDepth: Int?
    /// Whether waiting tasks are told one by one.
    private(set) var countsQueue = false

    init(reservedNames: [String]) {
        for name in reservedNames { agents[name] = Agent() }
    }

    mutating func apply(_ fact: Fact, at now: Timestamp) {
        switch fact.kind {
        case .taskQueued:
            countsQueue = true
        case .agentSpawned(let agent):
            agents[agent, default: Agent()].countSpawn(at: fact.time)
        case .taskFinished(let agent, let outcome, let milliseconds, let error):
            agents[agent, default: Agent()].count(outcome, milliseconds, error, at: now.monotonic)
        case .bridgeStatus(let status):
            bridge = Bridge(status: status, checked: fact.at)
            reportedQueueDepth = status.queueDepth ?? reportedQueueDepth
        default:
            break
        }
    }

    /// What finished in the last hour, over all agents.
    func lastHour(at now: MonotonicTime) -> FinishTally {
        agents.values.reduce(into: FinishTally()) { $0.merge($1.lastHour.merged(at: now)) }
    }
}

extension AmplifierSection.Agent {
    fileprivate mutating func countSpawn(at time: EventTime) {
        spawned.increment()
        lastSpawned = .latest(lastSpawned, time)
    }

    fileprivate mutating func count(
        _ outcome: TaskFinish.Outcome, _ milliseconds: Double?, _ error: String?, at now: MonotonicTime
    ) {
        results[outcome, default: CounterValue()].increment()
        lastResult = outcome
        lastError = error ?? lastError
        if let milliseconds { durations.observe(milliseconds / 1000) }
        lastHour.update(at: now) { tally in
            if outcome == .success { tally.successes += 1 } else { tally.failures += 1 }
            if let milliseconds { tally.durations.observe(milliseconds) }
        }
    }
}
