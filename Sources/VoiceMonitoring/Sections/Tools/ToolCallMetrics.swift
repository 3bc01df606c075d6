import PrometheusMetrics

/// The tools section in JSON (SPEC section 3, `ToolCallMetrics`). Durations are in milliseconds.
public struct ToolCallMetrics: Encodable, Sendable {
    /// Calls since the start.
    public let totalCalls: Int
    /// Calls in the last hour.
    public let callsLastHour: Int
    /// Calls per minute over the last five minutes.
    public let callsPerMinute: Double
    /// Calls that run now.
    public let inProgress: Int
    /// Successes since the start.
    public let successCount: Int
    /// Failures since the start.
    public let failureCount: Int
    /// The share of successes in the last hour, from 0 to 1.
    @Nullable public private(set) var successRate: Double?
    /// The tools that were called.
    public let byTool: [String: ToolStats]
    /// The mean duration in the last hour.
    @Nullable public private(set) var avgDurationMilliseconds: Double?
    /// The median duration in the last hour.
    @Nullable public private(set) var p50DurationMilliseconds: Double?
    /// The 95th percentile of the durations in the last hour.
    @Nullable public private(set) var p95DurationMilliseconds: Double?
    /// Calls that the model asked for, since the start.
    public let requestedCount: Int
    /// Results that the model got, since the start.
    public let deliveredCount: Int
    /// Calls that the model asked for with arguments that cannot be read, since the start.
    public let malformedCount: Int
    /// Calls that ended in the last hour, by how they ended.
    public let outcomesLastHour: [ToolOutcome: Int]
    /// How long calls waited before they began, which is not in their duration.
    public let queueWait: QueueWaitMetrics
    /// Calls since the start by the agent they delegated to, over all tools.
    public let agentsDelegated: [String: Int]
    /// The last 20 calls that ended, newest first.
    public let recentCalls: [ToolCallRecord]

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.tools
        let now = snapshot.now.monotonic
        let lastHour = section.lastHour(at: now)
        let known = section.tools.filter { _, tool in
            tool.calls.value + tool.successes.value + tool.failures.value > 0
        }
        byTool = Dictionary(uniqueKeysWithValues: known.map { ($0.key, ToolStats($0.key, $0.value, at: now)) })
        totalCalls = byTool.values.reduce(0) { $0 + $1.callCount }
        callsLastHour = byTool.values.reduce(0) { $0 + $1.callCountLastHour }
        callsPerMinute = section.calls.perMinute(at: now)
        inProgress = snapshot.openCalls.values.reduce(0, +)
        successCount = byTool.values.reduce(0) { $0 + $1.successCount }
        failureCount = byTool.values.reduce(0) { $0 + $1.failureCount }
        requestedCount = section.requests.requested.values.reduce(0) { $0 + $1.count }
        deliveredCount = section.requests.delivered.values.reduce(0) { $0 + $1.count }
        malformedCount = section.requests.malformed.count
        outcomesLastHour = section.requests.outcomes.recent.merged(at: now).all
        queueWait = QueueWaitMetrics(section.requests.queueWait.lastHour.merged(at: now))
        agentsDelegated = section.tools.values.reduce(into: [:]) { agents, tool in
            agents.merge(tool.delegations, uniquingKeysWith: +)
        }
        recentCalls = section.recentCalls.newestFirst
        successRate = lastHour.successRate
        avgDurationMilliseconds = lastHour.durations.mean
        p50DurationMilliseconds = lastHour.durations.percentile(50)
        p95DurationMilliseconds = lastHour.durations.percentile(95)
    }

    enum CodingKeys: String, CodingKey {
        case totalCalls = "total_calls"
        case callsLastHour = "calls_last_hour"
        case callsPerMinute = "calls_per_minute"
        case inProgress = "in_progress"
        case successCount = "success_count"
        case failureCount = "failure_count"
        case successRate = "success_rate"
        case byTool = "by_tool"
        case avgDurationMilliseconds = "avg_duration_ms"
        case p50DurationMilliseconds = "p50_duration_ms"
        case p95DurationMilliseconds = "p95_duration_ms"
        case requestedCount = "requested_count"
        case deliveredCount = "delivered_count"
        case malformedCount = "malformed_count"
        case outcomesLastHour = "outcomes_last_hour"
        case queueWait = "queue_wait"
        case agentsDelegated = "agents_delegated"
        case recentCalls = "recent_calls"
    }
}

/// One tool in JSON (SPEC section 3, `ToolStats`).
public struct ToolStats: Encodable, Sendable {
    /// The tool; `other` stands for those that had no place.
    public let toolName: String
    /// Calls since the start.
    public let callCount: Int
    /// Calls in the last hour.
    public let callCountLastHour: Int
    /// Successes since the start.
    public let successCount: Int
    /// Failures since the start.
    public let failureCount: Int
    /// The mean duration in the last hour, in milliseconds.
    @Nullable public private(set) var avgDurationMilliseconds: Double?
    /// When it was last called.
    @Nullable public private(set) var lastCalled: WallTime?
    /// Calls since the start by the agent they delegated to; none where none did.
    @Nullable public private(set) var agentsDelegated: [String: Int]?

    init(_ name: String, _ tool: ToolsSection.Tool, at now: MonotonicTime) {
        toolName = name
        callCount = tool.calls.count
        callCountLastHour = tool.lastHourCalls.merged(at: now).count
        successCount = tool.successes.count
        failureCount = tool.failures.count
        avgDurationMilliseconds = tool.lastHour.merged(at: now).durations.mean
        lastCalled = tool.lastCalled?.shown
        agentsDelegated = tool.delegations.isEmpty ? nil : tool.delegations
    }

    enum CodingKeys: String, CodingKey {
        case toolName = "tool_name"
        case callCount = "call_count"
        case callCountLastHour = "call_count_last_hour"
        case successCount = "success_count"
        case failureCount = "failure_count"
        case avgDurationMilliseconds = "avg_duration_ms"
        case lastCalled = "last_called"
        case agentsDelegated = "agents_delegated"
    }
}

extension CounterValue {
    /// The counter as a number of things.
    var count: Int { Int(value) }
}
