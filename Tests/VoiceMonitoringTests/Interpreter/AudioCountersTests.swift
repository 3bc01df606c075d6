import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct AudioCountersTests {
    private let scene = Scene()

    private func report(lost: Double?, received: Double?, session: String? = "a") {
        var counters = AudioCounters()
        counters.packetsLost = lost
        counters.packetsReceived = received
        scene.tell(.audioStats(AudioReport(counters: counters)), session: session)
    }

    private var packets: PacketCount {
        let totals = scene.snapshot.state.audio.totals
        return PacketCount(lost: totals.packetsLost.value, received: totals.packetsReceived.value)
    }

    @Test func `the first report of a session that was not seen to begin is its baseline`() {
        report(lost: 50, received: 950)
        #expect(scene.snapshot.audio.packetLossPercentage == nil)
        report(lost: 51, received: 1049)
        #expect(packets == PacketCount(lost: 1, received: 99))
        #expect(scene.snapshot.audio.packetLossPercentage == 1)
    }

    @Test func `a session that was seen to begin starts at zero`() {
        scene.tell(.sessionStarted, session: "a")
        report(lost: 5, received: 95)
        #expect(packets == PacketCount(lost: 5, received: 95))
    }

    /// Each row is the second report after a first of 10 lost and 100 received.
    @Test(arguments: [
        (8.0, 200.0, PacketCount(lost: 0, received: 100)), (-3, 200, PacketCount(lost: 0, received: 100)),
        (12, 50, PacketCount()), (10, 100, PacketCount()), (20, 100, PacketCount(lost: 10, received: 0)),
    ])
    func `counters that go back are no loss`(lost: Double, received: Double, expected: PacketCount) {
        report(lost: 10, received: 100)
        report(lost: lost, received: received)
        #expect(packets == expected)
    }

    @Test func `a new stream starts a new baseline`() {
        report(lost: 10, received: 100)
        report(lost: 0, received: 20)
        report(lost: 1, received: 30)
        #expect(packets == PacketCount(lost: 1, received: 10))
    }

    @Test func `without packets there is no sample`() {
        report(lost: 0, received: 0)
        report(lost: 0, received: 0)
        report(lost: nil, received: 10)
        #expect(scene.snapshot.audio.packetLossPercentage == nil)
        #expect(scene.snapshot.audio.mosScore == nil)
    }

    @Test func `without a session only jitter and round-trip time count`() {
        var report = AudioReport()
        report.packetLossPercentage = 50
        report.jitterMilliseconds = 20
        report.roundTripMilliseconds = 60
        report.bufferLevelMilliseconds = 100
        scene.tell(.audioStats(report))
        let audio = scene.snapshot.audio
        #expect(audio.jitterMilliseconds == 20)
        #expect(audio.roundTripMilliseconds == 60)
        #expect(audio.packetLossPercentage == nil)
        #expect(audio.bufferLevelMilliseconds == nil)
        #expect(audio.mosScore == nil)
    }

    @Test func `the bitrate comes from the bytes between two reports`() {
        for bytes in [1000.0, 31_000] {
            var counters = AudioCounters()
            counters.bytesReceived = bytes
            scene.tell(.audioStats(AudioReport(counters: counters)), session: "a")
            scene.clock.advance(seconds: 5)
        }
        #expect(scene.snapshot.audio.bitrateKilobits == 48)
    }

    @Test func `activations are counted by the first way in which a session tells them`() {
        var counters = AudioCounters()
        scene.tell(.vad(.speech), session: "a")
        scene.tell(.vad(.falsePositive), session: "a")
        counters.vadActivations = 10
        scene.tell(.audioStats(AudioReport(counters: counters)), session: "a")
        counters.vadActivations = 20
        scene.tell(.audioStats(AudioReport(counters: counters)), session: "a")
        #expect(scene.snapshot.audio.vadTriggeredCount == 2)
        #expect(scene.snapshot.audio.falsePositiveInterrupts == 1)
    }
}
