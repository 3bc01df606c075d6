import VoiceMonitoring

extension Simulation {
    /// The tool that the model calls next, as often as in SPEC section 3, "Display Component".
    mutating func nextToolCall() -> ToolCallStart {
        let tool = random.weighted([("task", 42), ("read_file", 8), ("bash", 4), ("grep", 2.0)])
        var call = ToolCallStart(callID: "call_" + random.uuid().suffix(12), toolName: tool)
        if tool == "task" {
            call.agentName = random.weighted(Self.agents).name
            call.instructionPreview = random.element(of: SimulatedTexts.instructions).prefix(100).description
        }
        return call
    }

    /// Counts a call that the model asks for.
    mutating func count(_ call: ToolCallStart) {
        truth.toolRequests[call.toolName, default: 0] += 1
        if let agent = call.agentName { truth.delegations[agent, default: 0] += 1 }
    }

    /// Runs a tool that is asked for, as soon as the voice server has time for it. Returns when it is over.
    mutating func run(_ requested: ToolCallStart, in session: String, from now: Double) -> Double {
        var call = requested
        let wait = random.exponential(mean: 30)
        call.queueWaitMilliseconds = wait
        truth.queueWaits.add(wait)
        let start = now + wait
        show(.toolExecuting, of: session, at: start)
        tell(.toolStarted(call), session: session, at: start)
        if let agent = Self.agents.first(where: { $0.0.name == call.agentName })?.0 {
            return delegate(call, to: agent, in: session, from: start)
        }
        let duration =
            random.logNormal(median: Self.medianDuration[call.toolName] ?? 500, spread: 0.5) * bridge.slowdown
        let fails = random.happens(min(0.05 * bridge.failureFactor, 0.7))
        finish(
            call, in: session, at: start + duration, after: duration,
            error: fails ? "\(call.toolName) exited with status 1." : nil)
        return start + duration
    }

    /// A task runs at the bridge, as soon as there is room for its agent. Returns when it is over.
    private mutating func delegate(
        _ call: ToolCallStart, to agent: Agent, in session: String, from now: Double
    ) -> Double {
        let id = "task_" + random.uuid().suffix(12)
        let task = TaskStart(taskID: id, agentName: agent.name, instructionPreview: call.instructionPreview)
        let fails = random.happens(min(agent.failures * bridge.failureFactor, 0.7))
        let duration = random.logNormal(median: agent.medianDuration, spread: 0.4) * bridge.slowdown
        tell(.taskQueued(task), session: session, at: now + 10)
        guard let begins = bridge.reserve(at: now + 20, for: duration) else {
            return giveUp(task, call, in: session, from: now)
        }
        let ends = begins + duration
        tell(.taskStarted(task), session: session, at: begins)
        tell(.taskAgentSpawned(task), session: session, at: begins + min(300, duration / 10))
        for (index, step) in SimulatedTexts.steps.enumerated() {
            let share = (Double(index) + 0.5) / Double(SimulatedTexts.steps.count)
            let progress = TaskProgress(
                taskID: id, status: share > 0.8 ? .completing : .executing, percentage: (100 * share).rounded(),
                currentStep: step)
            tell(.taskProgress(progress), session: session, at: begins + share * duration)
        }
        let timedOut = fails && random.happens(0.25)
        let error = fails ? (timedOut ? "The agent gave no answer in time." : "The agent stopped with an error.") : nil
        tell(
            .taskFinished(
                TaskFinish(
                    taskID: id, outcome: timedOut ? .timeout : fails ? .failure : .success,
                    durationMilliseconds: duration, agentName: agent.name, error: error)),
            session: session, at: ends)
        finish(
            call, in: session, at: ends + 15, after: ends + 15 - now, error: error,
            outcome: timedOut ? .timeout : nil)
        return ends + 15
    }

    /// There is no room for a task. Returns when it is over.
    private mutating func giveUp(
        _ task: TaskStart, _ call: ToolCallStart, in session: String, from now: Double
    ) -> Double {
        let ends = now + SimulatedBridge.longestWait
        let error = "No agent was free in time."
        let finish = TaskFinish(
            taskID: task.taskID, outcome: .timeout, durationMilliseconds: nil, agentName: task.agentName, error: error)
        tell(.taskFinished(finish), session: session, at: ends)
        self.finish(
            call, in: session, at: ends + 15, after: SimulatedBridge.longestWait + 15, error: error, outcome: .timeout)
        return ends + 15
    }

    mutating func finish(
        _ call: ToolCallStart, in session: String, at end: Double, after duration: Double, error: String?,
        outcome: ToolOutcome? = nil
    ) {
        let finish = ToolCallFinish(
            call, success: error == nil, durationMilliseconds: duration, error: error, outcome: outcome)
        tell(.toolFinished(finish), session: session, at: end)
        if error != nil {
            // The bridge serves all sessions and does not say which one it failed.
            report(.amplifier, "tool_execution_failed", session: nil, at: end)
        }
    }

    /// SPEC section 6, "Display Component".
    private static let agents: [(Agent, weight: Double)] = [
        (Agent(name: "modular-builder", medianDuration: 11_000, failures: 0.04), 28),
        (Agent(name: "bug-hunter", medianDuration: 16_000, failures: 0.1), 8),
        (Agent(name: "zen-architect", medianDuration: 7_500, failures: 0.01), 4),
        (Agent(name: "security-guardian", medianDuration: 5_500, failures: 0.01), 2),
    ]

    private struct Agent {
        let name: String
        /// In milliseconds.
        let medianDuration: Double
        /// The share of its tasks that fail.
        let failures: Double
    }

    /// In milliseconds.
    private static let medianDuration = ["read_file": 90.0, "bash": 900, "grep": 250]
}
