import Testing

@testable import VoiceMonitoring

@Suite struct CallsAndTasksTests {
    private let scene = Scene()

    private func start(_ id: String, _ tool: String = "bash") -> Monitor.Outcome {
        scene.tell(.toolStarted(ToolCallStart(callID: id, toolName: tool)))
    }

    private func finish(_ id: String, _ tool: String = "bash", success: Bool = true) -> Monitor.Outcome {
        let call = ToolCallStart(callID: id, toolName: tool)
        return scene.tell(.toolFinished(ToolCallFinish(call, success: success, durationMilliseconds: 100)))
    }

    @Test func `the first of a start and its finish counts the call`() {
        #expect(
            [start("a"), start("a"), finish("a"), finish("a"), start("a")] == [
                .accepted, .duplicate, .accepted, .duplicate, .duplicate,
            ])
        #expect([finish("b"), start("b"), finish("b")] == [.accepted, .duplicate, .duplicate])
        let tools = scene.snapshot.tools
        #expect(tools.totalCalls == 2)
        #expect(tools.successCount == 2)
        #expect(tools.inProgress == 0)
    }

    @Test func `a call whose end is never told leaves after its lease`() {
        _ = start("a")
        #expect(scene.snapshot.tools.inProgress == 1)
        scene.clock.advance(seconds: 600)
        let snapshot = scene.snapshot
        #expect(snapshot.tools.inProgress == 0)
        #expect(snapshot.tools.totalCalls == 1)
        #expect(snapshot.tools.successRate == nil)
        #expect(snapshot.state.interpreter.counts.expirations == [.calls: 1])
    }

    @Test func `a call that ends after its lease is counted once, and its end is counted`() {
        let call = ToolCallStart(callID: "a", toolName: "bash", agentName: "explorer", queueWaitMilliseconds: 40)
        #expect(scene.tell(.toolStarted(call)) == .accepted)
        scene.clock.advance(seconds: 900)
        #expect(scene.snapshot.tools.inProgress == 0)
        let end = ToolCallFinish(call, success: true, durationMilliseconds: 900_000)
        #expect([scene.tell(.toolFinished(end)), scene.tell(.toolFinished(end))] == [.accepted, .duplicate])
        #expect([start("a"), finish("a")] == [.duplicate, .duplicate])
        let snapshot = scene.snapshot
        #expect(snapshot.tools.totalCalls == 1)
        #expect(snapshot.tools.successCount == 1)
        #expect(snapshot.tools.agentsDelegated == ["explorer": 1])
        #expect(snapshot.tools.inProgress == 0)
        #expect(snapshot.tools.queueWait.count == 1)
    }

    @Test func `fifty tools have names and the rest is other`() {
        for tool in 0..<60 { _ = finish("call-\(tool)", "tool-\(tool)") }
        _ = finish("reserved", "read_file")
        let snapshot = scene.snapshot
        #expect(snapshot.tools.byTool.count == 44 + 1 + 1)
        #expect(snapshot.tools.byTool["other"]?.callCount == 16)
        #expect(snapshot.tools.byTool["read_file"]?.callCount == 1)
        #expect(snapshot.state.interpreter.toolNames.overflows == 16)
    }

    @Test func `the last twenty calls are kept, newest first`() {
        for call in 1...25 { _ = finish("c\(call)", success: call % 2 == 0) }
        let calls = scene.snapshot.tools.recentCalls
        #expect(calls.map(\.callID) == (6...25).reversed().map { "c\($0)" })
        #expect(calls.first?.success == false)
    }

    @Test func `an agent is spawned once for each task`() {
        let task = TaskStart(taskID: "t", agentName: "bug-hunter")
        scene.tell(.taskQueued(task))
        #expect(scene.snapshot.amplifier.queueDepth == 1)
        scene.tell(.taskStarted(task))
        scene.tell(.taskAgentSpawned(task))
        scene.clock.advance(seconds: 8)
        let running = scene.snapshot.amplifier
        #expect(running.queueDepth == 0)
        #expect(running.activeTasks.map(\.elapsedMilliseconds) == [8000])
        #expect(running.activeTasks.map(\.status) == [.executing])
        #expect(running.byAgent["bug-hunter"]?.spawnCount == 1)
        let end = TaskFinish(taskID: "t", outcome: .timeout)
        #expect(scene.tell(.taskFinished(end)) == .accepted)
        #expect(scene.tell(.taskFinished(end)) == .duplicate)
        #expect(scene.tell(.taskStarted(task)) == .duplicate)
        let ended = scene.snapshot.amplifier
        #expect(ended.activeCount == 0)
        #expect(ended.totalFailed == 1)
        #expect(ended.byAgent["bug-hunter"]?.lastResult == .timeout)
        #expect(ended.avgDurationMilliseconds == 8000)
    }

    @Test func `a task of which only the end is told counts its agent`() {
        scene.tell(.taskFinished(TaskFinish(taskID: "t", outcome: .success, agentName: "a")))
        let metrics = scene.snapshot.amplifier
        #expect(metrics.byAgent["a"]?.spawnCount == 1)
        #expect(metrics.totalCompleted == 1)
        #expect(metrics.avgDurationMilliseconds == nil)
    }

    @Test func `a reported queue depth wins over counting`() {
        #expect(scene.snapshot.amplifier.queueDepth == nil)
        scene.tell(.taskQueued(TaskStart(taskID: "t")))
        scene.tell(.bridgeStatus(BridgeStatus(initialized: true, toolsCount: 1, health: .healthy, queueDepth: 7)))
        scene.tell(.bridgeStatus(BridgeStatus(initialized: true, toolsCount: 1, health: .healthy)))
        #expect(scene.snapshot.amplifier.queueDepth == 7)
    }

    @Test func `the privacy switches keep words and traces out`() throws {
        var configuration = MonitorConfiguration()
        configuration.privacy.keepsPreviews = false
        configuration.privacy.keepsStackTraces = false
        let scene = Scene(configuration)
        let call = ToolCallStart(callID: "c", toolName: "task", agentName: "a", instructionPreview: "SECRET")
        scene.tell(.toolStarted(call))
        scene.tell(.toolFinished(ToolCallFinish(call, success: true, durationMilliseconds: 1)))
        for kind in [VoiceEvent.Kind.taskQueued, VoiceEvent.Kind.taskStarted, VoiceEvent.Kind.taskAgentSpawned] {
            scene.tell(kind(TaskStart(taskID: "t", agentName: "a", instructionPreview: "SECRET")))
        }
        scene.tell(
            .error(
                ReportedError(
                    category: .audio, code: "c", message: "m", stackTrace: "SECRET",
                    requestContext: .object(["k": .string("SECRET")]))))
        #expect(!(try json(scene.snapshot.summary)).contains("SECRET"))
        #expect(!(try json(scene.snapshot.streamMessage)).contains("SECRET"))
    }
}
