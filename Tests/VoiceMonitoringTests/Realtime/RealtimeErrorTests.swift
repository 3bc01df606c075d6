import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct RealtimeErrorTests {
    private let scene = Scene()

    private func errors() -> [String] {
        scene.snapshot.state.errors.totals.filter { $0.value.count > 0 }
            .map { "\($0.key.category.rawValue):\($0.key.code) \($0.value.count)" }.sorted()
    }

    /// The API's codes and SPEC's, after the table of what was observed.
    @Test(arguments: [
        ("rate_limit_exceeded", "openai_api:rate_limit_exceeded 1"),
        ("inference_rate_limit_exceeded", "openai_api:rate_limit_exceeded 1"),
        ("insufficient_quota", "openai_api:auth_error 1"), ("invalid_api_key", "openai_api:auth_error 1"),
        ("account_deactivated", "openai_api:auth_error 1"),
        ("billing_hard_limit_reached", "openai_api:auth_error 1"),
        ("session_expired", "openai_api:session_expired 1"),
        ("model_not_found", "openai_api:model_unavailable 1"), ("server_error", "openai_api:model_unavailable 1"),
        ("something_new", "openai_api:other 1"),
    ])
    func `a failed response and an error event have SPEC's code`(code: String, expected: String) throws {
        try scene.play(
            """
            b 0 {"type":"response.done","response":{"id":"r","status":"failed",\
            "status_details":{"error":{"code":"\(code)"}}}}
            """)
        try Scene().play(#"b 0 {"type":"error","error":{"type":"invalid_request_error","code":"\#(code)"}}"#)
        #expect(errors() == [expected])
        let record = try #require(scene.snapshot.errors.recentErrors.first)
        #expect(record.requestContext?.isWithin(values: 4, depth: 2) == true)
    }

    @Test(arguments: [
        (
            #"{"type":"error","error":{"type":"invalid_request_error","#
                + #""message":"Your session hit the maximum duration of 60 minutes."}}"#,
            "openai_api:session_expired 1"
        ),
        (
            #"{"type":"response.done","response":{"id":"r","status":"incomplete","#
                + #""status_details":{"reason":"content_filter"}}}"#,
            "openai_api:content_filtered 1"
        ),
        (
            #"{"type":"response.done","response":{"id":"r","status":"incomplete","#
                + #""status_details":{"reason":"max_output_tokens"}}}"#,
            "openai_api:output_truncated 1"
        ),
        (
            #"{"type":"conversation.item.input_audio_transcription.failed","item_id":"u","error":{"message":"m"}}"#,
            "audio:transcription_failed 1"
        ),
        (#"{"type":"error","error":{}}"#, "openai_api:other 1"),
    ])
    func `what has no code of its own has SPEC's`(event: String, expected: String) throws {
        try scene.play("b 0 " + event)
        #expect(errors() == [expected])
        #expect(scene.snapshot.story(ofSession: "call")?.errorCount == 1)
    }

    @Test(arguments: BenignError.allCases) func `a benign error is no error`(error: BenignError) throws {
        try scene.play(
            #"b 0 {"type":"error","event_id":"e","error":{"type":"invalid_request_error","code":"\#(error.rawValue)"}}"#
        )
        #expect(errors() == [])
        #expect(scene.snapshot.errors.benignLastHour[error] == 1)
        #expect(scene.snapshot.errors.totalErrors == 0)
        scene.tell(.sessionEnded(SessionEnd()), session: "call")
        #expect(scene.snapshot.errors.sessionFailureRate == 0)
    }

    private static let error = #"{"type":"error","event_id":"E","error":{"code":"insufficient_quota","message":"m"}}"#

    @Test func `an error that both feeds carry counts once`() throws {
        try scene.play("b 0 " + Self.error.replacing("E", with: "1") + "\ns 0 " + Self.error.replacing("E", with: "2"))
        #expect(errors() == ["openai_api:auth_error 1"])
    }

    @Test func `two errors of one feed are two, and one that is sent again is one`() throws {
        let first = "b 0 " + Self.error.replacing("E", with: "1")
        let second = "b 0 " + Self.error.replacing("E", with: "2")
        try scene.play([first, second, first, second].joined(separator: "\n"))
        #expect(errors() == ["openai_api:auth_error 2"])
    }

    @Test func `an error that an explicit event tells too counts once, in either order`() throws {
        let told = ReportedError(category: .openaiAPI, code: "auth_error", message: "told")
        try scene.play("b 0 " + Self.error)
        #expect(scene.tell(.error(told), session: "call") == .duplicate)
        try scene.play(#"b 0 {"type":"session.created","session":{}}"#, session: "other")
        #expect(scene.tell(.error(told), session: "other") == .accepted)
        try scene.play("b 0 " + Self.error, session: "other")
        #expect(errors() == ["openai_api:auth_error 2"])
        #expect(scene.snapshot.story(ofSession: "call")?.errorCount == 1)
    }

    @Test func `a later one is another`() throws {
        let told = ReportedError(category: .openaiAPI, code: "auth_error", message: "told")
        try scene.play("b 0 " + Self.error, thenWait: 30)
        #expect(scene.tell(.error(told), session: "call") == .accepted)
        #expect(errors() == ["openai_api:auth_error 2"])
    }

    @Test func `a rate limit is forgotten when nobody tells of it any more`() throws {
        try scene.play(Scripts.failed)
        scene.clock.advance(seconds: 599)
        #expect(scene.snapshot.errors.rateLimits[.tokens]?.remaining == 250)
        scene.clock.advance(seconds: 2)
        #expect(scene.snapshot.errors.rateLimits.isEmpty)
    }
}
