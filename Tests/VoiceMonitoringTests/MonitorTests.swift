import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct MonitorTests {
    @Test func `every view of a monitor that saw nothing has no number that is not true`() throws {
        let snapshot = Scene().snapshot
        let text = try json(snapshot.summary)
        #expect(!text.contains("NaN"))
        #expect(text.contains(#""success_rate":null"#))
        #expect(text.contains(#""session_failure_rate":null"#))
        #expect(text.contains(#""queue_depth":null"#))
        #expect(snapshot.health.status == .healthy)
    }

    @Test func `two monitors of one registry clash`() throws {
        let registry = Registry()
        try registry.register(Monitor())
        #expect(throws: RegistrationError.self) { try registry.register(Monitor()) }
    }

    @Test func `a repeated event id counts once`() {
        let scene = Scene()
        #expect(scene.tell(.sessionStarted, session: "a", id: "1") == .accepted)
        #expect(scene.tell(.sessionStarted, session: "b", id: "1") == .duplicate)
        #expect(scene.snapshot.sessions.activeCount == 1)
    }

    /// One bridge state and one queue depth for each row, and what follows for the whole.
    @Test(arguments: [
        (BridgeStatus.Health.healthy, 10, Health.Overall.healthy), (.healthy, 11, .degraded),
        (.degraded, 0, .degraded), (.unhealthy, 0, .unhealthy),
    ])
    func `the worst of bridge and numbers decides the health`(
        health: BridgeStatus.Health, queueDepth: Int, expected: Health.Overall
    ) {
        let scene = Scene()
        scene.tell(
            .bridgeStatus(
                BridgeStatus(initialized: true, toolsCount: 13, health: health, queueDepth: queueDepth)))
        #expect(scene.snapshot.health.status == expected)
        #expect(scene.snapshot.health.sections[.amplifier]?.reasons.count == (expected == .healthy ? 0 : 1))
    }

    @Test func `the collectors of SPEC section 9 each record their event`() {
        let scene = Scene()
        let monitor = scene.monitor
        monitor.recordSessionStart(sessionID: "a")
        monitor.recordLatencySample(.ttfa, valueMilliseconds: 320, sessionID: "a")
        monitor.recordError(category: .session, code: "invalid_state", message: "m", sessionID: "a")
        monitor.recordToolCall(toolName: "bash", durationMilliseconds: 5, success: true, sessionID: "a")
        monitor.recordToolCall(toolName: "bash", durationMilliseconds: 5, success: false, sessionID: "a")
        monitor.recordTaskStart(TaskStart(taskID: "t", agentName: "bug-hunter"), sessionID: "a")
        monitor.recordTaskEnd(taskID: "t", success: true, durationMilliseconds: 9000)
        var report = AudioReport()
        report.jitterMilliseconds = 22
        monitor.recordAudioStats(report, sessionID: "a")
        monitor.recordSessionEnd(sessionID: "a", durationMilliseconds: 60_000)
        let summary = scene.snapshot.summary
        #expect(summary.sessions.avgDurationMilliseconds == 60_000)
        #expect(summary.latency.ttfa.max == 320)
        #expect(summary.errors.sessionFailureRate == 100)
        #expect(summary.tools.totalCalls == 2)
        #expect(summary.tools.successRate == 0.5)
        #expect(summary.amplifier.avgDurationMilliseconds == 9000)
        #expect(summary.audio.jitterMilliseconds == 22)
    }
}
