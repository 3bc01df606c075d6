import VoiceMonitoring

extension Simulation {
    /// The model calls a tool after its filler. Returns when the answer is complete.
    ///
    /// A delegated task is announced by the answer and takes longer than it; the other tools belong to the answer.
    mutating func useTool(_ turn: SimulatedTurn) -> Double {
        let start = turn.firstAudio + random.between(150...600)
        mark(.toolCallStarted, turn, at: start)
        show(.toolExecuting, of: turn.session, at: start)
        let tool = random.weighted([("task", 42), ("read_file", 8), ("bash", 4), ("grep", 2.0)])
        let call = ToolCallStart(callID: "call_" + random.uuid().suffix(12), toolName: tool)
        if tool == "task" {
            let end = delegate(call, turn, from: start)
            mark(.toolCallComplete, turn, at: end)
            return max(turn.answerEnd, start + 200)
        }
        let duration = random.logNormal(median: Self.medianDuration[tool] ?? 500, spread: 0.5) * bridge.slowdown
        tell(.toolStarted(call), session: turn.session, at: start)
        finish(call, turn, at: start + duration, after: duration, failing: 0.05)
        mark(.toolCallComplete, turn, at: start + duration)
        return max(turn.answerEnd, start + duration + random.between(300...900))
    }

    /// A task runs at the bridge, as soon as there is room for its agent. Returns when it is over.
    private mutating func delegate(_ start: ToolCallStart, _ turn: SimulatedTurn, from now: Double) -> Double {
        let agent = random.weighted(Self.agents)
        var call = start
        call.agentName = agent.name
        call.instructionPreview = random.element(of: SimulatedTexts.instructions).prefix(100).description
        let id = "task_" + random.uuid().suffix(12)
        let task = TaskStart(taskID: id, agentName: agent.name, instructionPreview: call.instructionPreview)
        let fails = random.happens(min(agent.failures * bridge.failureFactor, 0.7))
        let duration = random.logNormal(median: agent.medianDuration, spread: 0.4) * bridge.slowdown
        let begins = bridge.reserve(at: now + 20, for: duration)
        let ends = begins + duration
        tell(.toolStarted(call), session: turn.session, at: now)
        tell(.taskQueued(task), session: turn.session, at: now + 10)
        tell(.taskStarted(task), session: turn.session, at: begins)
        tell(.taskAgentSpawned(task), session: turn.session, at: begins + min(300, duration / 10))
        for (index, step) in SimulatedTexts.steps.enumerated() {
            let share = (Double(index) + 0.5) / Double(SimulatedTexts.steps.count)
            let progress = TaskProgress(
                taskID: id, status: share > 0.8 ? .completing : .executing, percentage: (100 * share).rounded(),
                currentStep: step)
            tell(.taskProgress(progress), session: turn.session, at: begins + share * duration)
        }
        let timedOut = fails && random.happens(0.25)
        let error = fails ? (timedOut ? "The agent gave no answer in time." : "The agent stopped with an error.") : nil
        tell(
            .taskFinished(
                TaskFinish(
                    taskID: id, outcome: timedOut ? .timeout : fails ? .failure : .success,
                    durationMilliseconds: duration, agentName: agent.name, error: error)),
            session: turn.session, at: ends)
        finish(call, turn, at: ends + 15, after: ends + 15 - now, error: error)
        return ends + 15
    }

    private mutating func finish(
        _ call: ToolCallStart, _ turn: SimulatedTurn, at end: Double, after duration: Double, failing share: Double
    ) {
        let fails = random.happens(min(share * bridge.failureFactor, 0.7))
        finish(call, turn, at: end, after: duration, error: fails ? "\(call.toolName) exited with status 1." : nil)
    }

    private mutating func finish(
        _ call: ToolCallStart, _ turn: SimulatedTurn, at end: Double, after duration: Double, error: String?
    ) {
        let finish = ToolCallFinish(call, success: error == nil, durationMilliseconds: duration, error: error)
        tell(.toolFinished(finish), session: turn.session, at: end)
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
