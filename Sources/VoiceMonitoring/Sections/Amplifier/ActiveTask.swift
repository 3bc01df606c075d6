/// A task that runs (SPEC section 6, `ActiveTask`).
public struct ActiveTask: Encodable, Sendable {
    /// The task.
    public let taskID: String
    /// The session it belongs to.
    @Nullable public private(set) var session: String?
    /// The agent that runs it, as the sender named it.
    @Nullable public private(set) var agentName: String?
    /// The beginning of what the agent was told.
    @Nullable public private(set) var instructionPreview: String?
    /// When it began.
    public let startedAt: WallTime
    /// How long it runs so far, in milliseconds, by the receipt of its events.
    public private(set) var elapsedMilliseconds: Double
    /// What it is doing.
    public let status: TaskStatus
    /// How much of it is done, from 0 to 100.
    @Nullable public private(set) var percentage: Double?
    /// The step it is at.
    @Nullable public private(set) var currentStep: String?

    /// None for a task that waits.
    init?(_ id: String, _ task: LiveTask, at now: Timestamp) {
        guard let status = task.status, let started = task.started else { return nil }
        taskID = id
        startedAt = task.shownStart ?? now.wall(of: started.received)
        elapsedMilliseconds = max(0, now.monotonic.milliseconds(since: started.received))
        self.status = status
        session = task.session
        agentName = task.agentName
        instructionPreview = task.instructionPreview
        percentage = task.percentage
        currentStep = task.currentStep
    }

    /// The same without how long it runs, which goes on by itself.
    var withoutElapsed: ActiveTask {
        var copy = self
        copy.elapsedMilliseconds = 0
        return copy
    }

    enum CodingKeys: String, CodingKey {
        case status
        case taskID = "task_id"
        case session = "session_id"
        case agentName = "agent_name"
        case instructionPreview = "instruction_preview"
        case startedAt = "started_at"
        case elapsedMilliseconds = "elapsed_ms"
        case percentage = "progress_pct"
        case currentStep = "current_step"
    }
}

extension MonitorSnapshot {
    /// How many active tasks are shown at most.
    private static let shownTasks = 100

    /// The tasks that have run longest, longest first: of all sessions, or of the one with these ids.
    func activeTasks(ofSession ids: [String]? = nil) -> [ActiveTask] {
        let tasks = state.interpreter.tasks.entries.lazy
            .filter { task in ids.map { task.value.session.map($0.contains) ?? false } ?? true }
            .compactMap { ActiveTask($0.key, $0.value, at: now) }
        return Array(
            tasks.sorted { ($1.elapsedMilliseconds, $0.taskID) < ($0.elapsedMilliseconds, $1.taskID) }
                .prefix(Self.shownTasks))
    }

    /// Active tasks by status.
    var activeTaskCounts: [TaskStatus: Int] {
        var counts = Dictionary(uniqueKeysWithValues: TaskStatus.allCases.map { ($0, 0) })
        for (_, task) in state.interpreter.tasks.entries {
            if let status = task.status { counts[status, default: 0] += 1 }
        }
        return counts
    }

    /// Tasks that wait: as the bridge reports, else as their events tell; none where nobody told of any.
    var queueDepth: Int? {
        if let reported = state.amplifier.reportedQueueDepth { return reported }
        guard state.amplifier.countsQueue else { return nil }
        return state.interpreter.tasks.entries.reduce(0) { $1.value.status == nil ? $0 + 1 : $0 }
    }

    /// Open tool calls by tool.
    var openCalls: [String: Int] {
        state.interpreter.calls.entries.reduce(into: [:]) { $0[$1.value.tool, default: 0] += 1 }
    }

    /// How long a live session lasts so far, in milliseconds; none while it has not connected.
    func duration(ofSession id: String) -> Double? {
        state.interpreter.sessions[id]?.started.map { max(0, now.monotonic.milliseconds(since: $0.received)) }
    }
}
