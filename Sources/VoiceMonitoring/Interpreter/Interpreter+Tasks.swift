extension Interpreter {
    /// Takes a task that waits. None where the task is known already.
    mutating func queue(_ start: TaskStart, session: String?, _ context: EventContext) -> [Fact]? {
        guard tasks[start.taskID] == nil, endedTasks[start.taskID] == nil else { return nil }
        _ = withTask(start.taskID, context) { task in task.take(start, session: session) }
        return [context.fact(.taskQueued)]
    }

    /// Takes a task that runs. None where the task is known to have ended.
    mutating func start(_ start: TaskStart, session: String?, _ context: EventContext) -> [Fact]? {
        withTask(start.taskID, context) { task in
            task.take(start, session: session)
            task.run(at: context.moment, shownAs: context.at)
        }
        .map { _ in countSpawn(of: start.taskID, context) }
    }

    /// Takes the progress of a task. None where the task is known to have ended.
    mutating func take(_ progress: TaskProgress, session: String?, _ context: EventContext) -> [Fact]? {
        withTask(progress.taskID, context) { task in
            task.session = task.session ?? session
            task.run(at: context.moment, shownAs: context.at)
            task.status = progress.status ?? task.status
            task.percentage = progress.percentage ?? task.percentage
            task.currentStep = progress.currentStep ?? task.currentStep
        }
        .map { _ in countSpawn(of: progress.taskID, context) }
    }

    /// Takes the end of a task, whether or not its start was told. None where it is known to have ended.
    mutating func finish(_ finish: TaskFinish, _ context: EventContext) -> [Fact]? {
        guard endedTasks[finish.taskID] == nil else { return nil }
        if endedTasks.remember(finish.taskID, at: context.now.monotonic) { counts.evictions[.tasks, default: 0] += 1 }
        var task = tasks.remove(finish.taskID) ?? LiveTask()
        task.agentName = task.agentName ?? finish.agentName
        let agent = task.agentName.map { agentNames.label(for: $0) }
        var facts: [Fact] = []
        if let agent, !task.isSpawnCounted { facts.append(context.fact(.agentSpawned(agent: agent))) }
        let computed = task.started.flatMap { context.moment.milliseconds(since: $0) }
        facts.append(
            context.fact(
                .taskFinished(
                    agent: agent ?? BoundedNames.other, finish.outcome,
                    milliseconds: finish.durationMilliseconds ?? computed, error: finish.error)))
        return facts
    }

    /// Counts the agent of a running task as spawned, once.
    private mutating func countSpawn(of id: String, _ context: EventContext) -> [Fact] {
        let agentName = tasks.change(id) { task -> String? in
            guard let name = task.agentName, !task.isSpawnCounted else { return nil }
            task.isSpawnCounted = true
            return name
        }
        guard case .some(.some(let agentName)) = agentName else { return [] }
        return [context.fact(.agentSpawned(agent: agentNames.label(for: agentName)))]
    }

    /// Changes a task, which is entered where it is unknown. None where it is known to have ended.
    private mutating func withTask(_ id: String, _ context: EventContext, _ change: (inout LiveTask) -> Void) -> Void? {
        guard endedTasks[id] == nil else { return nil }
        let evicted = tasks.update(id, at: context.now.monotonic, orInsert: LiveTask(), change).evicted
        if evicted != nil { counts.evictions[.tasks, default: 0] += 1 }
        return ()
    }
}

extension LiveTask {
    /// Takes what an event says about the task; what is known already stays.
    fileprivate mutating func take(_ start: TaskStart, session: String?) {
        self.session = self.session ?? session
        agentName = agentName ?? start.agentName
        instructionPreview = instructionPreview ?? start.instructionPreview
    }
}
