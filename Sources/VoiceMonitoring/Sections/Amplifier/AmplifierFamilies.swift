import PrometheusMetrics

/// The label of a family that counts by agent.
struct AgentLabel: LabelSet {
    static let labelNames = ["agent"]
    var agent: String
    var labelValues: [String] { [agent] }
}

/// The labels of the family that counts failures by agent and reason.
struct AgentFailureLabel: LabelSet {
    static let labelNames = ["agent", "reason"]
    var agent: String
    var reason: TaskFinish.FailureReason
    var labelValues: [String] { [agent, reason.rawValue] }
}

/// The label of the family that counts active tasks by status.
struct TaskStatusLabel: LabelSet {
    static let labelNames = ["status"]
    var status: TaskStatus
    var labelValues: [String] { [status.rawValue] }
}

/// The label of the family that tells the bridge's health.
struct BridgeHealthLabel: LabelSet {
    static let labelNames = ["state"]
    var health: BridgeStatus.Health
    var labelValues: [String] { [health.rawValue] }
}

/// The metric families of the amplifier section.
struct AmplifierFamilies: SectionFamilies {
    /// Seconds.
    static let durationBuckets: Buckets = [0.5, 1, 2.5, 5, 10, 15, 20, 30, 45, 60, 120, 300]

    let active = FamilyDescriptor<GaugeValue, TaskStatusLabel>(
        "amplifier_voice_tasks_active", help: "Agent tasks that run now, by status.", labels: TaskStatusLabel.self)
    let queueDepth = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_task_queue_depth", help: "Agent tasks that wait.")
    let duration = FamilyDescriptor<HistogramValue, AgentLabel>(
        "amplifier_voice_task_duration_seconds", help: "How long agent tasks ran, failed ones included.",
        labels: AgentLabel.self)
    let finished = FamilyDescriptor<CounterValue, AgentLabel>(
        "amplifier_voice_tasks_finished_total", help: "Agent tasks that ended, in whichever way.",
        labels: AgentLabel.self)
    let failures = FamilyDescriptor<CounterValue, AgentFailureLabel>(
        "amplifier_voice_task_failures_total", help: "Agent tasks that failed.", labels: AgentFailureLabel.self)
    let spawned = FamilyDescriptor<CounterValue, AgentLabel>(
        "amplifier_voice_agents_spawned_total", help: "Agents that were spawned.", labels: AgentLabel.self)
    let health = FamilyDescriptor<GaugeValue, BridgeHealthLabel>(
        "amplifier_voice_bridge_health", help: "1 for the health that the bridge reported last, else 0.",
        labels: BridgeHealthLabel.self)
    let initialized = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_bridge_initialized", help: "Whether the bridge is set up.")
    let tools = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_bridge_tools", help: "Tools that the bridge offers.")
    let startTime = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_bridge_start_time_seconds", help: "When the bridge's session began, in Unix time.")
    let lastHealthCheck = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_bridge_last_health_check_timestamp_seconds",
        help: "When the bridge reported last, in Unix time.")

    var erased: [AnyFamilyDescriptor] {
        [
            active.erased, queueDepth.erased, duration.erased, finished.erased, failures.erased, spawned.erased,
            health.erased, initialized.erased, tools.erased, startTime.erased, lastHealthCheck.erased,
        ]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let section = snapshot.state.amplifier
        let statuses = snapshot.activeTaskCounts.map { (TaskStatusLabel(status: $0.key), GaugeValue($0.value)) }
        writer.write(active, Dictionary(uniqueKeysWithValues: statuses))
        writer.write(queueDepth, snapshot.queueDepth.map { GaugeValue($0) })
        writer.write(duration, section.agents.labelled { $0.durations })
        writer.write(finished, section.agents.labelled { $0.count(.success, .failure, .timeout) })
        writer.write(failures, section.agents.failures)
        writer.write(spawned, section.agents.labelled { $0.spawned })
        guard let bridge = section.bridge else { return }
        let states = BridgeStatus.Health.allCases.map { state in
            (BridgeHealthLabel(health: state), GaugeValue(state == bridge.status.health ? 1 : 0))
        }
        writer.write(health, Dictionary(uniqueKeysWithValues: states))
        writer.write(initialized, GaugeValue(bridge.status.initialized ? 1 : 0))
        writer.write(tools, GaugeValue(bridge.status.toolsCount))
        writer.write(startTime, bridge.status.startedAt.map { GaugeValue($0.unixSeconds) })
        writer.write(lastHealthCheck, GaugeValue(bridge.checked.unixSeconds))
    }
}

extension [String: AmplifierSection.Agent] {
    fileprivate func labelled<Child>(_ child: (AmplifierSection.Agent) -> Child) -> [AgentLabel: Child] {
        Dictionary<AgentLabel, Child>(uniqueKeysWithValues: map { (AgentLabel(agent: $0.key), child($0.value)) })
    }

    fileprivate var failures: [AgentFailureLabel: CounterValue] {
        let children = flatMap { name, agent in
            [
                (AgentFailureLabel(agent: name, reason: .error), agent.count(.failure)),
                (AgentFailureLabel(agent: name, reason: .timeout), agent.count(.timeout)),
            ]
        }
        return Dictionary<AgentFailureLabel, CounterValue>(uniqueKeysWithValues: children)
    }
}
