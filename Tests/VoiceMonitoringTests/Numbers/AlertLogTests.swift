import Testing

@testable import VoiceMonitoring

@Suite struct AlertLogTests {
    private let scene = Scene()

    private func fail(_ count: Int) {
        for _ in 0..<count { scene.monitor.recordError(category: .audio, code: "codec_error", message: "m") }
    }

    @Test func `a number that crosses a threshold is told once, and its return too`() throws {
        var log = AlertLog()
        log.observe(scene.snapshot)
        #expect(log.count == 0)
        // Audio errors: the warning above 0.5 a minute, critical above 2, over five minutes.
        fail(3)
        log.observe(scene.snapshot)
        log.observe(scene.snapshot)
        fail(8)
        log.observe(scene.snapshot)
        scene.clock.advance(seconds: 400)
        log.observe(scene.snapshot)
        let told = log.alerts(after: 0).map { "\($0.number) \($0.from) \($0.status)" }
        #expect(
            told == [
                "errors.audio_per_minute critical ok", "errors.audio_per_minute warning critical",
                "errors.audio_per_minute ok warning",
            ])
        let warning = try #require(log.alerts(after: 0).last)
        #expect(warning.value == 0.6)
        #expect(warning.threshold == 0.5)
        #expect(log.alerts(after: 2).count == 1)
        #expect(log.alerts(after: 3).isEmpty)
    }

    @Test func `the state of the bridge is one of them`() {
        var log = AlertLog()
        for health in [BridgeStatus.Health.healthy, .unhealthy, .healthy] {
            scene.tell(.bridgeStatus(BridgeStatus(initialized: true, toolsCount: 1, health: health)))
            log.observe(scene.snapshot)
        }
        let told = log.alerts(after: 0).map { "\($0.number) \($0.from) \($0.status)" }
        #expect(told == ["amplifier.health_status critical ok", "amplifier.health_status ok critical"])
    }

    @Test func `it keeps a day, and no more than it can`() {
        var log = AlertLog()
        fail(3)
        log.observe(scene.snapshot)
        scene.clock.advance(seconds: 23 * 3600)
        log.observe(scene.snapshot)
        #expect(log.lastDay(at: scene.clock.now).alerts.count == 2)
        scene.clock.advance(seconds: 3601)
        #expect(log.lastDay(at: scene.clock.now).alerts.map(\.status) == [.ok])
        for _ in 0..<300 {
            fail(3)
            log.observe(scene.snapshot)
            scene.clock.advance(seconds: 301)
            log.observe(scene.snapshot)
        }
        #expect(log.count == 602)
        #expect(log.lastDay(at: scene.clock.now).alerts.count == AlertLog.capacity)
        #expect(log.alerts(after: 0).count == AlertLog.capacity)
    }
}
