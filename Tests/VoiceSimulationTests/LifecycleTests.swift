import Testing
import VoiceMonitoring

@testable import VoiceSimulation

@Suite struct LifecycleTests {
    @Test(arguments: UInt64(1)...20)
    func `every call, turn, tool and task goes through its life in order`(seed: UInt64) {
        for conditions in SimulationConfiguration.Conditions.allCases {
            var lives = Lives()
            for event in Simulation.log(seed: seed, sessions: 25, conditions) { lives.take(event) }
            #expect(lives.complaints == [])
            #expect(lives.openCalls == [])
            #expect(lives.openTasks == [])
            #expect((22...25).contains(lives.connected))
        }
    }

    @Test func `a life out of order is noticed`() {
        var lives = Lives()
        lives.take(SimulatedEvent.at(1, .sessionStarted, session: "a"))
        lives.take(SimulatedEvent.at(2, .sessionEnded(SessionEnd()), session: "b"))
        let call = ToolCallStart(callID: "c", toolName: "bash")
        lives.take(SimulatedEvent.at(3, .toolFinished(ToolCallFinish(call, success: true, durationMilliseconds: 1))))
        lives.take(SimulatedEvent.at(4, .taskStarted(TaskStart(taskID: "t", agentName: "x"))))
        #expect(
            lives.complaints == [
                "session.started of a, which is not connecting", "session.ended of b, which is not connected",
                "tool.finished of c, which is not open", "task.started of t, which is not queued",
            ])
    }
}
