import PrometheusMetrics

/// The amplifier section in JSON (SPEC section 6, `AmplifierTaskMetrics`). Durations are in milliseconds.
public struct AmplifierTaskMetrics: Encodable, Sendable {
    /// Whether the bridge is set up; none before its first report, like all that the bridge reports.
    @Nullable public private(set) var bridgeInitialized: Bool?
    /// The tools that the bridge offers.
    @Nullable public private(set) var bridgeToolsCount: Int?
    /// The tasks that have run longest, longest first.
    public let activeTasks: [ActiveTask]
    /// Tasks that run now.
    public let activeCount: Int
    /// Tasks that wait; none where nobody tells.
    @Nullable public private(set) var queueDepth: Int?
    /// Successes since the start.
    public let totalCompleted: Int
    /// Failures since the start.
    public let totalFailed: Int
    /// Successes in the last hour.
    public let completedLastHour: Int
    /// Failures in the last hour.
    public let failedLastHour: Int
    /// The share of successes in the last hour, from 0 to 1.
    @Nullable public private(set) var successRate: Double?
    /// The mean duration in the last hour.
    @Nullable public private(set) var avgDurationMilliseconds: Double?
    /// The median duration in the last hour.
    @Nullable public private(set) var p50DurationMilliseconds: Double?
    /// The 95th percentile of the durations in the last hour.
    @Nullable public private(set) var p95DurationMilliseconds: Double?
    /// The agents that had a task.
    public let byAgent: [String: AgentStats]
    /// How long the bridge's session lasts, in seconds; none where its start was not told.
    @Nullable public private(set) var sessionUptimeSeconds: Double?
    /// When the bridge reported last.
    @Nullable public private(set) var lastHealthCheck: WallTime?
    /// The health that the bridge reported last.
    @Nullable public private(set) var healthStatus: BridgeStatus.Health?
    /// The numbers with thresholds, by name.
    public let status: [String: NumberStatus]

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.amplifier
        let lastHour = section.lastHour(at: snapshot.now.monotonic)
        let seen = section.agents.filter { $0.value.lastSpawned != nil || $0.value.lastResult != nil }
        activeTasks = snapshot.activeTasks()
        activeCount = snapshot.activeTaskCounts.values.reduce(0, +)
        byAgent = Dictionary(
            uniqueKeysWithValues: seen.map { ($0.key, AgentStats($0.key, $0.value, at: snapshot.now.monotonic)) })
        totalCompleted = byAgent.values.reduce(0) { $0 + $1.successCount }
        totalFailed = byAgent.values.reduce(0) { $0 + $1.failureCount }
        completedLastHour = lastHour.successes
        failedLastHour = lastHour.failures
        status = snapshot.status(of: .amplifier)
        queueDepth = snapshot.queueDepth
        successRate = lastHour.successRate
        avgDurationMilliseconds = lastHour.durations.mean
        p50DurationMilliseconds = lastHour.durations.percentile(50)
        p95DurationMilliseconds = lastHour.durations.percentile(95)
        guard let bridge = section.bridge else { return }
        bridgeInitialized = bridge.status.initialized
        bridgeToolsCount = bridge.status.toolsCount
        sessionUptimeSeconds = bridge.status.startedAt.map {
            max(0, snapshot.now.wall.milliseconds(since: $0) / 1000)
        }
        lastHealthCheck = bridge.checked
        healthStatus = bridge.status.health
    }

    enum CodingKeys: String, CodingKey {
        case status
        case bridgeInitialized = "bridge_initialized"
        case bridgeToolsCount = "bridge_tools_count"
        case activeTasks = "active_tasks"
        case activeCount = "active_count"
        case queueDepth = "queue_depth"
        case totalCompleted = "total_completed"
        case totalFailed = "total_failed"
        case completedLastHour = "completed_last_hour"
        case failedLastHour = "failed_last_hour"
        case successRate = "success_rate"
        case avgDurationMilliseconds = "avg_duration_ms"
        case p50DurationMilliseconds = "p50_duration_ms"
        case p95DurationMilliseconds = "p95_duration_ms"
        case byAgent = "by_agent"
        case sessionUptimeSeconds = "session_uptime_seconds"
        case lastHealthCheck = "last_health_check"
        case healthStatus = "health_status"
    }
}

/// One agent in JSON (SPEC section 6, `AgentStats`).
public struct AgentStats: Encodable, Sendable {
    /// The agent; `other` stands for those that had no place.
    public let agentName: String
    /// Spawns since the start.
    public let spawnCount: Int
    /// Successes since the start.
    public let successCount: Int
    /// Failures since the start.
    public let failureCount: Int
    /// The mean duration in the last hour, in milliseconds.
    @Nullable public private(set) var avgDurationMilliseconds: Double?
    /// When it was last spawned.
    @Nullable public private(set) var lastSpawned: WallTime?
    /// How its last task ended.
    @Nullable public private(set) var lastResult: TaskFinish.Outcome?
    /// What went wrong with the last task that failed and said so.
    @Nullable public private(set) var lastError: String?

    init(_ name: String, _ agent: AmplifierSection.Agent, at now: MonotonicTime) {
        agentName = name
        spawnCount = agent.spawned.count
        successCount = agent.count(.success).count
        failureCount = agent.count(.failure, .timeout).count
        avgDurationMilliseconds = agent.lastHour.merged(at: now).durations.mean
        lastSpawned = agent.lastSpawned?.shown
        lastResult = agent.lastResult
        lastError = agent.lastError
    }

    enum CodingKeys: String, CodingKey {
        case agentName = "agent_name"
        case spawnCount = "spawn_count"
        case successCount = "success_count"
        case failureCount = "failure_count"
        case avgDurationMilliseconds = "avg_duration_ms"
        case lastSpawned = "last_spawned"
        case lastResult = "last_result"
        case lastError = "last_error"
    }
}
