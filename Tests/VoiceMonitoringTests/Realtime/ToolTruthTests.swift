import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct ToolTruthTests {
    private let scene = Scene()
    private let call = ToolCallStart(callID: "c", toolName: "delegate", agentName: "x")

    @Test func `requested, started and finished are counted apart, and the wait is not in the run`() throws {
        scene.tell(.toolRequested(call), session: "call")
        #expect(scene.snapshot.sessions.byState[.toolExecuting] == 1)
        scene.clock.advance(seconds: 7)
        scene.tell(.toolStarted(call), session: "call")
        scene.clock.advance(seconds: 3)
        scene.tell(
            .toolFinished(ToolCallFinish(call, success: false, durationMilliseconds: 3000, outcome: .timeout)),
            session: "call")
        let tools = scene.snapshot.tools
        #expect([tools.requestedCount, tools.totalCalls, tools.failureCount] == [1, 1, 1])
        #expect(tools.queueWait.avg == 7000)
        #expect(tools.avgDurationMilliseconds == 3000)
        #expect(tools.outcomesLastHour.filter { $0.value > 0 } == [.timeout: 1])
        #expect(tools.agentsDelegated == ["x": 1])
        #expect(tools.recentCalls.first?.queueWaitMilliseconds == 7000)
        #expect(tools.recentCalls.first?.outcome == .timeout)
        #expect(scene.snapshot.sessions.byState[.active] == 1)
    }

    @Test func `a wait that is told wins, and counts once`() throws {
        scene.tell(.toolRequested(call))
        scene.clock.advance(seconds: 7)
        var started = call
        started.queueWaitMilliseconds = 40
        scene.tell(.toolStarted(started))
        scene.tell(.toolFinished(ToolCallFinish(started, success: true, durationMilliseconds: 1)))
        #expect(scene.snapshot.tools.queueWait.count == 1)
        #expect(scene.snapshot.tools.queueWait.avg == 40)
    }

    @Test func `a browser's request says nothing about the wait`() throws {
        try scene.play(Scripts.toolCall)
        scene.tell(.toolStarted(ToolCallStart(callID: "c1", toolName: "delegate")), session: "call")
        #expect(scene.snapshot.tools.queueWait.count == 0)
    }

    @Test func `the sideband's request does`() throws {
        try scene.play(
            """
            s 0 {"type":"response.output_item.done","item":{"type":"function_call","call_id":"c1","name":"bash",\
            "arguments":"{}"}}
            """, thenWait: 2)
        scene.tell(.toolStarted(ToolCallStart(callID: "c1", toolName: "bash")), session: "call")
        #expect(scene.snapshot.tools.queueWait.avg == 2000)
    }

    @Test func `a request after its start or its end opens nothing`() throws {
        scene.tell(.toolStarted(call), session: "call")
        scene.tell(.toolRequested(call), session: "call")
        scene.tell(.toolFinished(ToolCallFinish(call, success: true, durationMilliseconds: 1)), session: "call")
        #expect(scene.snapshot.sessions.byState[.active] == 1)
        let late = ToolCallStart(callID: "d", toolName: "bash")
        scene.tell(.toolFinished(ToolCallFinish(late, success: true, durationMilliseconds: 1)), session: "call")
        scene.tell(.toolRequested(late), session: "call")
        #expect(scene.snapshot.sessions.byState[.active] == 1)
        #expect(scene.snapshot.tools.requestedCount == 2)
        #expect(scene.snapshot.tools.agentsDelegated == ["x": 1])
    }

    @Test func `a request whose result is never told leaves after its lease`() throws {
        scene.tell(.toolRequested(call), session: "call")
        for _ in 0..<6 {
            scene.clock.advance(seconds: 100)
            scene.tell(.sessionHeartbeat, session: "call")
        }
        #expect(scene.snapshot.sessions.byState[.active] == 1)
        #expect(scene.snapshot.state.interpreter.counts.expirations == [.requests: 1])
    }

    @Test func `task, delegate and dispatch name their agents, and others do not`() throws {
        for (index, tool) in ["task", "delegate", "dispatch", "bash"].enumerated() {
            try scene.play(
                #"b 0 {"type":"response.output_item.done","item":{"type":"function_call","call_id":"c\#(index)","#
                    + #""name":"\#(tool)","arguments":"{\"agent\":\"a-\#(tool)\"}"}}"#)
        }
        #expect(scene.snapshot.tools.agentsDelegated == ["a-task": 1, "a-delegate": 1, "a-dispatch": 1])
    }

    @Test func `the privacy switch keeps instructions of raw calls out`() throws {
        var configuration = MonitorConfiguration()
        configuration.privacy.keepsPreviews = false
        let scene = Scene(configuration)
        try scene.play(Scripts.toolCall.replacing("Look.", with: "SECRET"))
        scene.tell(
            .toolFinished(
                ToolCallFinish(
                    ToolCallStart(callID: "c1", toolName: "delegate"), success: true, durationMilliseconds: 1)))
        #expect(!(try json(scene.snapshot.summary)).contains("SECRET"))
    }
}
