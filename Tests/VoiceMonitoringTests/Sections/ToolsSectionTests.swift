import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct ToolsSectionTests {
    private func finished(success: Bool) -> Fact.Kind {
        let clock = TestClock()
        let finish = ToolCallFinish(
            ToolCallStart(callID: "c", toolName: "bash"), success: success, durationMilliseconds: 250)
        return .toolFinished(
            tool: "bash", ToolCallRecord(finish, nil, session: nil, agentName: nil, at: clock.now.wall))
    }

    @Test func `calls, ends and delegations are counted apart`() throws {
        let clock = TestClock()
        var section = ToolsSection(reservedNames: ["task"])
        let facts: [Fact.Kind] = [
            .toolCalled(tool: "bash"), .toolCalled(tool: "bash"), .toolCalled(tool: "bash"),
            .toolDelegated(tool: "bash", agent: "x"), finished(success: true), finished(success: false),
            .sessionOpened(.active), .agentSpawned(agent: "x"),
        ]
        for kind in facts { section.apply(fact(kind, at: clock.now), at: clock.now) }
        let bash = try #require(section.tools["bash"])
        #expect(bash.calls.count == 3)
        #expect(bash.successes.count == 1)
        #expect(bash.failures.count == 1)
        #expect(bash.delegations == ["x": 1])
        #expect(bash.durations.sum == 0.5)
        #expect(section.tools["task"]?.calls.count == 0)
        #expect(section.lastHour(at: clock.now.monotonic).successRate == 0.5)
        #expect(section.calls.perMinute(at: clock.now.monotonic) == 0.6)
        #expect(section.recentCalls.newestFirst.map(\.success) == [false, true])
        clock.advance(seconds: 3600)
        #expect(section.lastHour(at: clock.now.monotonic).successRate == nil)
    }
}
