import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct AmplifierSectionTests {
    @Test func `spawns and ends are counted by agent`() throws {
        let clock = TestClock()
        var section = AmplifierSection(reservedNames: ["bug-hunter"])
        let facts: [Fact.Kind] = [
            .agentSpawned(agent: "x"), .taskFinished(agent: "x", .success, milliseconds: 1000, error: nil),
            .taskFinished(agent: "x", .failure, milliseconds: nil, error: "It broke."),
            .taskFinished(agent: "x", .timeout, milliseconds: 3000, error: nil), .toolCalled(tool: "bash"),
        ]
        for kind in facts { section.apply(fact(kind, at: clock.now), at: clock.now) }
        let agent = try #require(section.agents["x"])
        #expect(agent.spawned.count == 1)
        #expect(agent.count(.success).count == 1)
        #expect(agent.count(.failure, .timeout).count == 2)
        #expect(agent.lastResult == .timeout)
        #expect(agent.lastError == "It broke.")
        #expect(agent.durations.count == 2)
        #expect(section.agents["bug-hunter"]?.spawned.count == 0)
        #expect(section.lastHour(at: clock.now.monotonic).durations.mean == 2000)
        #expect(section.reportedQueueDepth == nil)
        #expect(!section.countsQueue)
    }

    @Test func `the bridge is as it was reported last, and a queue depth stays until the next`() {
        let clock = TestClock()
        var section = AmplifierSection(reservedNames: [])
        let reports = [
            BridgeStatus(initialized: true, toolsCount: 13, health: .healthy, queueDepth: 3),
            BridgeStatus(initialized: false, toolsCount: 0, health: .unhealthy),
        ]
        for report in reports { section.apply(fact(.bridgeStatus(report), at: clock.now), at: clock.now) }
        #expect(section.bridge?.status == reports[1])
        #expect(section.reportedQueueDepth == 3)
    }
}
