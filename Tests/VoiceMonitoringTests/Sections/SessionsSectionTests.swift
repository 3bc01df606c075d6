import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct SessionsSectionTests {
    struct Row: Sendable {
        let facts: [Fact.Kind]
        var active = 0
        var started = 0
        var ended = 0
        var failed = 0
        var lost = 0
        var durations: UInt64 = 0
    }

    @Test(arguments: [
        Row(facts: []),
        Row(facts: [.sessionOpened(.connecting)], started: 1),
        Row(facts: [.sessionOpened(.active), .sessionOpened(.idle)], active: 2, started: 2),
        Row(
            facts: [.sessionOpened(.connecting), .sessionChanged(from: .connecting, to: .active)], active: 1, started: 1
        ),
        Row(facts: [.sessionOpened(.active), EndedSession.active(5000)], started: 1, ended: 1, durations: 1),
        Row(facts: [.sessionOpened(.active), EndedSession.active(nil, failed: true)], started: 1, ended: 1, failed: 1),
        Row(
            facts: [.sessionOpened(.active), EndedSession.active(1, lost: true)], started: 1, ended: 1, lost: 1,
            durations: 1),
        Row(facts: [.taskQueued, .toolCalled(tool: "bash"), .vad(activations: 1, falsePositives: 0)]),
    ])
    func `sessions follow their facts and no others`(row: Row) {
        let clock = TestClock()
        var section = SessionsSection()
        for kind in row.facts { section.apply(fact(kind, at: clock.now), at: clock.now) }
        #expect(section.activeCount == row.active)
        #expect(section.started.count == row.started)
        #expect(section.ended.count == row.ended)
        #expect(section.failed.count == row.failed)
        #expect(section.lost.count == row.lost)
        #expect(section.durations.count == row.durations)
        #expect(section.recentDurations.merged(at: clock.now.monotonic).count == Int(row.durations))
    }
}
