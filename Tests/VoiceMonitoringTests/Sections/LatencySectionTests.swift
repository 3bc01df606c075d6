import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct LatencySectionTests {
    /// A metric, and the series of the section that it moves.
    @Test(arguments: LatencySample.Metric.allCases)
    func `a latency moves its own series and no other`(metric: LatencySample.Metric) {
        let clock = TestClock()
        var section = LatencySection()
        section.apply(fact(.latency(metric, milliseconds: 420, turnID: "t"), at: clock.now), at: clock.now)
        let series: [(LatencySample.Metric, LatencySection.Series)] = [
            (.ttfa, section.ttfa), (.turn, section.turn), (.webrtcConnect, section.webrtcConnect),
            (.sessionCreate, section.sessionCreate), (.sdpExchange, section.sdpExchange),
        ]
        for (name, series) in series {
            let expected = name == metric ? 1 : 0
            #expect(series.total.count == UInt64(expected))
            #expect(series.lastHour.merged(at: clock.now.monotonic).count == expected)
        }
        #expect(section.recentTTFA.merged(at: clock.now.monotonic).count == (metric == .ttfa ? 1 : 0))
        #expect(section.recentTurn.merged(at: clock.now.monotonic).count == (metric == .turn ? 1 : 0))
    }

    @Test func `the last five minutes and the last hour end on their own`() {
        let clock = TestClock()
        var section = LatencySection()
        section.apply(fact(.latency(.ttfa, milliseconds: 420, turnID: nil), at: clock.now), at: clock.now)
        clock.advance(seconds: 300)
        #expect(section.recentTTFA.merged(at: clock.now.monotonic).count == 0)
        #expect(section.ttfa.lastHour.merged(at: clock.now.monotonic).count == 1)
        clock.advance(seconds: 3300)
        #expect(section.ttfa.lastHour.merged(at: clock.now.monotonic).count == 0)
        #expect(section.ttfa.total.count == 1)
    }

    @Test func `the same turn is one of the slowest once, as it was told last`() {
        let clock = TestClock()
        var section = LatencySection()
        for turn in [nil, 1500.0] {
            let record = TurnRecord(
                key: TurnKey(session: "a", turnID: "t"), at: clock.now.wall, ttfa: 420, turn: turn, marks: [])
            section.apply(fact(.turn(record), at: clock.now), at: clock.now)
        }
        #expect(section.slowest.merged(at: clock.now.monotonic).turns.map(\.slowness) == [1500])
    }
}
