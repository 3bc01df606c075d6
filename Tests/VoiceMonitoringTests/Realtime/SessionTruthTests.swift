import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct SessionTruthTests {
    private let scene = Scene()

    private func link(_ session: String, _ aliases: String...) {
        scene.tell(.sessionLinked(SessionLink(aliases: aliases)), session: session)
    }

    @Test func `any id of a session addresses it`() throws {
        scene.tell(.sessionStarted, session: "uuid")
        link("uuid", "rtc_1")
        try scene.play(
            #"b 0 {"type":"session.created","session":{"id":"sess_1","model":"gpt-realtime"}}"#, session: "rtc_1")
        scene.tell(.sessionState(.idle), session: "sess_1")
        let snapshot = scene.snapshot
        #expect(snapshot.sessions.byState == [.active: 0, .idle: 1, .toolExecuting: 0])
        for id in ["uuid", "rtc_1", "sess_1"] {
            let story = try #require(snapshot.story(ofSession: id))
            #expect(story.session == "uuid")
            #expect(story.alsoKnownAs == ["rtc_1", "sess_1"])
            #expect(story.model == "gpt-realtime")
        }
        scene.tell(.sessionEnded(SessionEnd(reason: "user_ended")), session: "rtc_1")
        scene.tell(.sessionEnded(SessionEnd(reason: "network_error")), session: "uuid")
        scene.tell(.sessionHeartbeat, session: "sess_1")
        #expect(scene.snapshot.sessions.activeCount == 0)
        #expect(scene.snapshot.sessions.endReasons.filter { $0.value > 0 } == [.userEnded: 1])
        #expect(scene.snapshot.state.interpreter.counts.repeatedEnds == 1)
        #expect(scene.snapshot.state.interpreter.counts.lateEvents == 1)
    }

    @Test func `two sessions that turn out to be one are one`() throws {
        scene.tell(.sessionConnecting, session: "uuid")
        scene.clock.advance(seconds: 2)
        scene.tell(.sessionStarted, session: "rtc_1")
        scene.tell(.toolStarted(ToolCallStart(callID: "c", toolName: "bash")), session: "rtc_1")
        var report = AudioReport()
        report.jitterMilliseconds = 20
        scene.tell(.audioStats(report), session: "rtc_1")
        scene.tell(.error(ReportedError(category: .audio, code: "codec_error", message: "m")), session: "rtc_1")
        link("rtc_1", "uuid")
        var snapshot = scene.snapshot
        #expect(snapshot.sessions.byState == [.active: 0, .idle: 0, .toolExecuting: 1])
        #expect(snapshot.sessions.totalToday == 1)
        #expect(snapshot.state.sessions.merged.count == 1)
        #expect(snapshot.audio.avgBySession.keys.sorted() == ["uuid"])
        let story = try #require(snapshot.story(ofSession: "rtc_1"))
        #expect(story.session == "uuid")
        #expect(story.errorCount == 1)
        #expect(story.recentErrors.count == 1)
        scene.tell(
            .toolFinished(
                ToolCallFinish(
                    ToolCallStart(callID: "c", toolName: "bash"), success: true, durationMilliseconds: 5)))
        #expect(scene.snapshot.sessions.byState[.active] == 1)
        scene.clock.advance(seconds: 10)
        scene.tell(.sessionEnded(SessionEnd()), session: "rtc_1")
        snapshot = scene.snapshot
        #expect(snapshot.sessions.activeCount == 0)
        #expect(snapshot.sessions.maxDurationMilliseconds == 10_000)
        #expect(snapshot.errors.sessionFailureRate == 100)
    }

    @Test func `an id that many sessions name makes them not one`() throws {
        for session in ["a", "b", "c"] {
            scene.tell(.sessionStarted, session: session)
            link(session, "unknown")
        }
        #expect(scene.snapshot.sessions.activeCount == 3)
        #expect(scene.snapshot.story(ofSession: "unknown")?.session == "a")
        #expect(scene.snapshot.state.interpreter.counts.refusedLinks == 2)
        scene.tell(.sessionEnded(SessionEnd()), session: "a")
        link("b", "unknown")
        #expect(scene.snapshot.story(ofSession: "unknown")?.session == "b")
    }

    @Test func `a session has at most eight other ids`() {
        scene.tell(.sessionStarted, session: "a")
        for alias in 0..<10 { link("a", "alias-\(alias)") }
        #expect(scene.snapshot.story(ofSession: "a")?.alsoKnownAs.count == 8)
        #expect(scene.snapshot.state.interpreter.counts.refusedLinks == 2)
    }

    @Test func `other ids last as long as the session, and a while longer`() {
        scene.tell(.sessionStarted, session: "a")
        link("a", "b")
        for _ in 0..<40 {
            scene.clock.advance(seconds: 100)
            scene.tell(.sessionHeartbeat, session: "a")
        }
        scene.tell(.sessionEnded(SessionEnd()), session: "b")
        #expect(scene.snapshot.sessions.activeCount == 0)
        scene.tell(.sessionHeartbeat, session: "b")
        #expect(scene.snapshot.sessions.activeCount == 0)
        scene.clock.advance(seconds: 1200)
        scene.tell(.sessionHeartbeat, session: "b")
        #expect(scene.snapshot.story(ofSession: "b")?.session == "b")
    }

    /// What the sender says of the end, and how it counts.
    @Test(arguments: [
        (String?("user_ended"), false, SessionEndReason.userEnded), ("idle_timeout", false, .idleTimeout),
        ("session_limit", false, .expired), ("network_error", true, .networkError), ("error", true, .error),
        (nil, true, .error), (nil, false, .unknown), ("hung up", false, .other), ("lost", false, .lost),
    ])
    func `an end has a reason of the list`(told: String?, failed: Bool, reason: SessionEndReason) {
        scene.tell(.sessionStarted, session: "a")
        scene.tell(.sessionEnded(SessionEnd(reason: told, failed: failed)), session: "a")
        #expect(scene.snapshot.sessions.endReasons.filter { $0.value > 0 } == [reason: 1])
    }

    private func created(expiresIn seconds: Double) -> String {
        let expiresAt = Int(scene.clock.now.wall.unixSeconds + seconds)
        return #"b 0 {"type":"session.created","session":{"id":"s","model":"gpt-realtime","expires_at":\#(expiresAt)}}"#
    }

    @Test func `an end at the limit is an expiry, whatever is said`() throws {
        try scene.play(created(expiresIn: 100))
        scene.clock.advance(seconds: 96)
        scene.tell(.sessionEnded(SessionEnd(reason: "network_error", failed: true)), session: "call")
        #expect(scene.snapshot.sessions.endReasons.filter { $0.value > 0 } == [.expired: 1])
    }

    @Test func `an end before the limit is what it is said to be`() throws {
        try scene.play(created(expiresIn: 100))
        scene.clock.advance(seconds: 90)
        scene.tell(.sessionEnded(SessionEnd(reason: "user_ended")), session: "call")
        #expect(scene.snapshot.sessions.endReasons.filter { $0.value > 0 } == [.userEnded: 1])
    }

    @Test func `a session that said that it expired and was lost has expired`() throws {
        try scene.play(#"b 0 {"type":"error","error":{"code":"session_expired"}}"#, thenWait: 120)
        #expect(scene.snapshot.sessions.endReasons.filter { $0.value > 0 } == [.expired: 1])
        #expect(scene.snapshot.state.sessions.lost.count == 1)
    }

    @Test func `a session that is lost is lost`() {
        scene.tell(.sessionStarted, session: "a")
        scene.clock.advance(seconds: 120)
        #expect(scene.snapshot.sessions.endReasons.filter { $0.value > 0 } == [.lost: 1])
    }

    @Test func `the next limit is counted down`() throws {
        #expect(scene.snapshot.sessions.nextExpirySeconds == nil)
        try scene.play(created(expiresIn: 3600))
        try scene.play(created(expiresIn: 1800), session: "other")
        scene.clock.advance(seconds: 100)
        #expect(scene.snapshot.sessions.nextExpirySeconds == 1700)
        #expect(scene.snapshot.story(ofSession: "call")?.expiresInSeconds == 3500)
        #expect(scene.snapshot.sessions.byModel == ["gpt-realtime": 2])
    }

    @Test func `a model without a price is other`() throws {
        try scene.play(#"b 0 {"type":"session.created","session":{"model":"gpt-next"}}"#)
        #expect(scene.snapshot.sessions.byModel == ["other": 1])
        #expect(scene.snapshot.story(ofSession: "call")?.model == "gpt-next")
    }
}
