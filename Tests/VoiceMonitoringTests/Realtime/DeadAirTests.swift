import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct DeadAirTests {
    private let scene = Scene()

    private static let turn = """
        b 0 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
        b 1000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
        """

    private func causes() -> [DeadAirCause: Int] {
        scene.snapshot.state.latency.deadAir.byCause.total.counts
    }

    /// What follows the user's turn, and the cause that the silence after it has.
    @Test(arguments: [
        ("", DeadAirCause.unknown),
        (
            #"b 1300 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u1","transcript":""}"#,
            .emptyTranscript
        ),
        (
            #"b 1300 {"type":"conversation.item.input_audio_transcription.failed","item_id":"u1","#
                + #""error":{"code":"x"}}"#,
            .transcriptionFailed
        ),
        (
            #"b 1300 {"type":"response.done","response":{"id":"r","status":"incomplete"}}"#,
            .responseFailed
        ),
        (
            #"b 1300 {"type":"error","error":{"code":"conversation_already_has_active_response"}}"#,
            .activeResponseConflict
        ),
        (
            #"b 1300 {"type":"response.output_item.done","item":{"type":"function_call","call_id":"c","name":"bash"}}"#,
            .toolRunning
        ),
    ])
    func `dead air has its cause`(next: String, cause: DeadAirCause) throws {
        try scene.play(Self.turn + "\n" + next)
        scene.clock.advance(seconds: 3.5)
        #expect(causes() == [:])
        scene.clock.advance(seconds: 0.5)
        #expect(causes() == [cause: 1])
        scene.clock.advance(seconds: 60)
        #expect(causes() == [cause: 1])
    }

    @Test func `a control channel that was closed is the cause until something comes over it`() throws {
        try scene.play(Self.turn)
        let closed = ReportedError(category: .infrastructure, code: "websocket_closed", message: "1011")
        scene.tell(.error(closed), session: "call")
        scene.clock.advance(seconds: 4)
        #expect(causes() == [.controlChannelDown: 1])
        try scene.play(#"s 0 {"type":"rate_limits.updated","rate_limits":[]}"#)
        try scene.play(Self.turn.replacing("u1", with: "u2"), thenWait: 4)
        #expect(causes() == [.controlChannelDown: 1, .unknown: 1])
    }

    @Test func `a tool that was told to run is the cause too`() throws {
        try scene.play(Self.turn)
        scene.tell(.toolStarted(ToolCallStart(callID: "c", toolName: "bash")), session: "call")
        scene.clock.advance(seconds: 4)
        #expect(causes() == [.toolRunning: 1])
    }

    /// What ends the waiting in time.
    @Test(arguments: [
        #"b 2000 {"type":"output_audio_buffer.started","response_id":"r"}"#,
        #"b 2000 {"type":"response.output_audio.delta","response_id":"r","delta":""}"#,
        #"b 2000 {"type":"response.output_text.done","response_id":"r","text":"Yes."}"#,
        #"b 2000 {"type":"input_audio_buffer.speech_started","item_id":"u2"}"#,
    ])
    func `what is heard, read or said in time is no dead air`(next: String) throws {
        try scene.play(Self.turn + "\n" + next, thenWait: 60)
        #expect(causes() == [:])
    }

    @Test func `it lasts from the end of speech to the first sound`() throws {
        try scene.play(
            Self.turn + "\n" + #"b 9500 {"type":"output_audio_buffer.started","response_id":"r"}"#)
        let deadAir = scene.snapshot.latency.deadAir
        #expect(deadAir.total == 1)
        #expect(deadAir.length.max == 8500)
        #expect(deadAir.thresholdMilliseconds == 4000)
    }

    @Test func `the end of the call ends it, and a lost call does not say when`() throws {
        try scene.play(Self.turn, thenWait: 10)
        scene.tell(.sessionEnded(SessionEnd()), session: "call")
        #expect(scene.snapshot.latency.deadAir.length.max == 10_000)
        try scene.play(Self.turn, session: "other", thenWait: 300)
        #expect(causes() == [.unknown: 2])
        #expect(scene.snapshot.latency.deadAir.length.count == 1)
        #expect(scene.snapshot.sessions.activeCount == 0)
    }

    @Test func `after the end of a call nothing is waited for`() throws {
        try scene.play(Self.turn)
        scene.tell(.sessionEnded(SessionEnd()), session: "call")
        scene.clock.advance(seconds: 10)
        #expect(causes() == [:])
    }

    @Test func `the time is configuration`() throws {
        var configuration = MonitorConfiguration()
        configuration.deadAirAfter = .seconds(2)
        let scene = Scene(configuration)
        try scene.play(Self.turn, thenWait: 2)
        #expect(scene.snapshot.latency.deadAir.total == 1)
        #expect(scene.snapshot.latency.deadAir.thresholdMilliseconds == 2000)
    }
}
