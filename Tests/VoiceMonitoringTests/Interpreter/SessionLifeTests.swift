import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct SessionLifeTests {
    private let scene = Scene()

    private func end(_ session: String, _ end: SessionEnd = SessionEnd()) {
        scene.tell(.sessionEnded(end), session: session)
    }

    @Test func `a session connects, works and ends`() {
        scene.tell(.sessionConnecting, session: "a")
        #expect(scene.snapshot.sessions.connectingCount == 1)
        #expect(scene.snapshot.sessions.activeCount == 0)
        scene.clock.advance(seconds: 2)
        scene.tell(.sessionStarted, session: "a")
        #expect(scene.snapshot.sessions.byState == [.active: 1, .idle: 0, .toolExecuting: 0])
        scene.tell(.sessionState(.idle), session: "a")
        scene.clock.advance(seconds: 60)
        end("a")
        let sessions = scene.snapshot.sessions
        #expect(sessions.activeCount == 0)
        #expect(sessions.avgDurationMilliseconds == 60_000)
        #expect(sessions.totalToday == 1)
        #expect(sessions.peakConcurrent24h == 1)
    }

    @Test func `a session that never connected has no duration`() {
        scene.tell(.sessionConnecting, session: "a")
        end("a")
        #expect(scene.snapshot.sessions.durationCount == 0)
        #expect(scene.snapshot.sessions.avgDurationMilliseconds == nil)
    }

    @Test func `a told duration wins over the computed one`() {
        scene.tell(.sessionStarted, session: "a")
        scene.clock.advance(seconds: 5)
        end("a", SessionEnd(durationMilliseconds: 1234))
        #expect(scene.snapshot.sessions.maxDurationMilliseconds == 1234)
    }

    @Test func `the first end wins and the others are counted`() {
        scene.tell(.sessionStarted, session: "a")
        end("a")
        end("a", SessionEnd(failed: true))
        end("never known")
        let state = scene.snapshot.state
        #expect(state.sessions.ended.value == 1)
        #expect(state.sessions.failed.value == 0)
        #expect(state.interpreter.counts.repeatedEnds == 2)
    }

    @Test func `only a start opens an ended session anew`() {
        scene.tell(.sessionStarted, session: "a")
        end("a")
        scene.tell(.sessionHeartbeat, session: "a")
        scene.tell(.sessionConnecting, session: "a")
        #expect(scene.snapshot.sessions.activeCount == 0)
        #expect(scene.snapshot.state.interpreter.counts.lateEvents == 2)
        scene.tell(.sessionStarted, session: "a")
        #expect(scene.snapshot.sessions.activeCount == 1)
        #expect(scene.snapshot.sessions.totalToday == 2)
    }

    @Test func `a session of which nothing is heard is lost when its lease ends`() {
        scene.tell(.sessionStarted, session: "a")
        scene.clock.advance(seconds: 30)
        scene.tell(.sessionHeartbeat, session: "a")
        scene.clock.advance(seconds: 119)
        #expect(scene.snapshot.sessions.activeCount == 1)
        scene.clock.advance(seconds: 1)
        let snapshot = scene.snapshot
        #expect(snapshot.sessions.activeCount == 0)
        #expect(snapshot.state.sessions.lost.value == 1)
        #expect(snapshot.sessions.maxDurationMilliseconds == 30_000)
        scene.tell(.sessionHeartbeat, session: "a")
        #expect(scene.snapshot.sessions.activeCount == 1)
    }

    @Test func `an error makes its session a failed one`() {
        scene.tell(.sessionStarted, session: "a")
        scene.tell(.error(ReportedError(category: .audio, code: "codec_error", message: "m")), session: "a")
        end("a")
        scene.tell(.sessionStarted, session: "b")
        end("b")
        #expect(scene.snapshot.errors.sessionFailureRate == 50)
    }

    @Test func `a session follows its tool calls until somebody reports its state`() {
        let calls = ["c1", "c2"].map { ToolCallStart(callID: $0, toolName: "bash") }
        func finish(_ call: ToolCallStart) {
            scene.tell(.toolFinished(ToolCallFinish(call, success: true, durationMilliseconds: 1)))
        }
        scene.tell(.toolStarted(calls[0]), session: "a")
        scene.tell(.toolStarted(calls[1]), session: "a")
        finish(calls[0])
        #expect(scene.snapshot.sessions.byState[.toolExecuting] == 1)
        finish(calls[1])
        #expect(scene.snapshot.sessions.byState[.active] == 1)
        scene.tell(.sessionState(.idle), session: "a")
        scene.tell(.toolStarted(ToolCallStart(callID: "c3", toolName: "bash")), session: "a")
        #expect(scene.snapshot.sessions.byState[.idle] == 1)
    }

    @Test func `the sender's times are used where both ends carry them`() {
        let start = scene.clock.now.wall
        scene.tell(.sessionStarted, session: "a", at: start)
        scene.clock.advance(seconds: 100)
        scene.tell(
            .sessionEnded(SessionEnd()), session: "a",
            at: WallTime(nanoseconds: start.nanoseconds + 95_000_000_000))
        #expect(scene.snapshot.sessions.maxDurationMilliseconds == 95_000)
    }

    @Test func `a time that is too far off is replaced and counted`() {
        scene.tell(.sessionStarted, session: "a", at: WallTime(unixSeconds: 0))
        scene.tell(.sessionHeartbeat, session: "a", at: WallTime(nanoseconds: .max))
        let snapshot = scene.snapshot
        #expect(snapshot.sessions.lastSessionStarted == scene.clock.now.wall)
        #expect(snapshot.state.interpreter.counts.replacedTimes == 2)
    }

    @Test func `a full table gives up the session of which nothing was heard for longest`() {
        var configuration = MonitorConfiguration()
        configuration.limits.sessions = 2
        let scene = Scene(configuration)
        for session in ["a", "b"] { scene.tell(.sessionStarted, session: session) }
        scene.tell(.sessionHeartbeat, session: "a")
        scene.tell(.sessionStarted, session: "c")
        let snapshot = scene.snapshot
        #expect(snapshot.sessions.activeCount == 2)
        #expect(snapshot.state.sessions.lost.value == 1)
        #expect(snapshot.story(ofSession: "a") != nil)
        #expect(snapshot.state.interpreter.counts.evictions == [.sessions: 1])
    }
}
