import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct AudioSectionTests {
    struct Row: Sendable {
        var loss: Double?
        var jitter: Double?
        var roundTrip: Double?
        var buffer: Double?
        var packets: PacketCount?
        let models: Set<AudioScore.Model>
    }

    @Test(arguments: [
        Row(models: []), Row(loss: 1, jitter: 30, models: []), Row(jitter: 30, roundTrip: 100, models: []),
        Row(loss: 1, jitter: 30, roundTrip: 100, models: [.spec]),
        Row(loss: 1, roundTrip: 100, buffer: 60, models: [.g107]),
        Row(
            jitter: 30, roundTrip: 100, buffer: 60, packets: PacketCount(lost: 1, received: 99),
            models: [.spec, .g107]),
    ])
    func `a score needs each of its readings`(row: Row) {
        let clock = TestClock()
        var report = AudioReport()
        report.packetLossPercentage = row.loss
        report.jitterMilliseconds = row.jitter
        report.roundTripMilliseconds = row.roundTrip
        report.bufferLevelMilliseconds = row.buffer
        var section = AudioSection(limits: MonitorLimits())
        let measured = AudioMeasurement(session: "a", report: report, packets: row.packets)
        section.apply(fact(.audio(measured), at: clock.now), at: clock.now)
        let recent = section.recent.merged(at: clock.now.monotonic)
        #expect(Set(recent.scores.keys) == row.models)
        #expect(section.totals.scores.filter { $0.value.count > 0 }.keys.count == row.models.count)
        #expect(recent.jitter.value == row.jitter)
        #expect(section.sessions.count == 1)
        section.apply(fact(EndedSession.active(1), at: clock.now), at: clock.now)
        #expect(section.sessions.count == 0)
    }

    @Test func `loss is over all packets where there are any`() {
        let clock = TestClock()
        var section = AudioSection(limits: MonitorLimits())
        var told = AudioReport()
        told.packetLossPercentage = 50
        let measurements = [
            AudioMeasurement(session: nil, report: told),
            AudioMeasurement(session: nil, report: AudioReport(), packets: PacketCount(lost: 1, received: 9)),
            AudioMeasurement(session: nil, report: AudioReport(), packets: PacketCount(lost: 0, received: 90)),
        ]
        for measured in measurements { section.apply(fact(.audio(measured), at: clock.now), at: clock.now) }
        #expect(section.recent.merged(at: clock.now.monotonic).lossPercentage == 1)
        #expect(section.totals.lossRatio.count == 3)
    }
}
