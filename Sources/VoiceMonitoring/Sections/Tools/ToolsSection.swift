import PrometheusMetrics

/// Which tools are called, how often, how long and with what success (SPEC section 3).
struct ToolsSection: Codable, Sendable {
    /// One tool.
    struct Tool: Codable, Sendable {
        fileprivate(set) var calls = CounterValue()
        fileprivate(set) var failures = CounterValue()
        fileprivate(set) var successes = CounterValue()
        fileprivate(set) var lastCalled: EventTime?
        /// Seconds, since the start.
        fileprivate(set) var durations = HistogramValue(.native(beside: ToolsFamilies.durationBuckets))
        fileprivate(set) var lastHourCalls = SlidingWindow<Tally>.lastHour
        fileprivate(set) var lastHour = SlidingWindow<FinishTally>.lastHour
        /// Calls by the agent they delegated to.
        fileprivate(set) var delegations: [String: Int] = [:]
    }

    /// How many calls are kept as they were told.
    static let feedCapacity = 20

    private(set) var tools: [String: Tool] = [:]
    private(set) var recentCalls = RecentList<ToolCallRecord>(capacity: feedCapacity)
    private(set) var calls = SlidingWindow<Tally>.lastFiveMinutes
    private(set) var requests: ToolRequests

    init(reservedNames: [String]) {
        requests = ToolRequests(reservedNames: reservedNames)
        for name in reservedNames { tools[name] = Tool() }
    }

    mutating func apply(_ fact: Fact, at now: Timestamp) {
        requests.apply(fact, at: now.monotonic)
        switch fact.kind {
        case .toolCalled(let tool):
            calls.count(at: now.monotonic)
            tools[tool, default: Tool()].countCall(at: fact.time, now.monotonic)
        case .toolDelegated(let tool, let agent):
            tools[tool, default: Tool()].delegations[agent, default: 0] += 1
        case .toolFinished(let tool, let record):
            tools[tool, default: Tool()].countFinish(record, at: now.monotonic)
            recentCalls.append(record)
        default:
            break
        }
    }

    /// What finished in the last hour, over all tools.
    func lastHour(at now: MonotonicTime) -> FinishTally {
        tools.values.reduce(into: FinishTally()) { $0.merge($1.lastHour.merged(at: now)) }
    }
}

extension ToolsSection.Tool {
    fileprivate mutating func countCall(at time: EventTime, _ now: MonotonicTime) {
        calls.increment()
        lastHourCalls.count(at: now)
        lastCalled = .latest(lastCalled, time)
    }

    fileprivate mutating func countFinish(_ record: ToolCallRecord, at now: MonotonicTime) {
        if record.success { successes.increment() } else { failures.increment() }
        durations.observe(record.durationMilliseconds / 1000)
        lastHour.update(at: now) { tally in
            if record.success { tally.successes += 1 } else { tally.failures += 1 }
            tally.durations.observe(record.durationMilliseconds)
        }
    }
}
