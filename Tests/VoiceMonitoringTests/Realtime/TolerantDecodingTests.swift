import Testing

@testable import VoiceMonitoring

@Suite struct TolerantDecodingTests {
    private func decode(_ event: String) throws -> RealtimeServerEvent? {
        let told = try decodeEvent(#"{"type":"realtime.event","session_id":"s","event":\#(event)}"#)
        guard case .realtime(let raw) = told.kind else { return nil }
        return raw.event
    }

    @Test(arguments: [
        #"{"type":"response.mcp_call.completed"}"#, #"{"type":"something.new","x":[1,{}]}"#,
        #"{"type":"conversation.item.added","item":{"type":"message"}}"#,
        #"{"type":"response.function_call_arguments.done","call_id":"c","arguments":"{}"}"#,
    ])
    func `an event that is of no interest is ignored`(event: String) throws {
        #expect(try decode(event) == .other)
    }

    @Test(arguments: [
        "{}", #"{"type":7}"#, #"{"type":"input_audio_buffer.speech_started"}"#,
        #"{"type":"input_audio_buffer.speech_started","item_id":7}"#,
        #"{"type":"input_audio_buffer.speech_stopped","item_id":""}"#,
        #"{"type":"conversation.item.input_audio_transcription.completed","item_id":"u"}"#,
        #"{"type":"response.created","response":[]}"#, #"{"type":"response.done","response":{"status":"completed"}}"#,
        #"{"type":"output_audio_buffer.started"}"#, #"{"type":"error","error":"bad"}"#, #"{"type":"session.created"}"#,
        #"{"type":"conversation.item.added","item":{"type":"function_call_output"}}"#,
    ])
    func `an event that lacks what it needs is counted and ignored`(event: String) throws {
        #expect(try decode(event) == .unusable)
        let scene = Scene()
        try scene.play("b 0 " + event)
        #expect(scene.snapshot.state.interpreter.counts.unusableRealtimeEvents == 1)
        #expect(scene.snapshot.sessions.activeCount == 1)
    }

    @Test func `fields of another type are as missing ones`() throws {
        let end = #"""
            {"type":"response.done","response":{"id":"r","status":9,"status_details":[],"output":[1,\#
            "x",null,{"type":"function_call","call_id":"c","name":"bash"},{"type":"function_call"}],"usage":"much"}}
            """#
        guard case .responseDone(let end) = try decode(end) else {
            Issue.record("It is no end of a response.")
            return
        }
        #expect(end.status == .other)
        #expect(end.toolRequests.map(\.call.callID) == ["c"])
        #expect(end.toolRequests.first?.hasValidArguments == nil)
        #expect(end.usage == nil)
    }

    @Test func `lists and texts are bounded`() throws {
        let calls = (0..<100).map { #"{"type":"function_call","call_id":"c\#($0)","name":"bash"}"# }
        let event = #"{"type":"response.done","response":{"id":"r","output":[\#(calls.joined(separator: ","))]}}"#
        guard case .responseDone(let end) = try decode(event) else {
            Issue.record("It is no end of a response.")
            return
        }
        #expect(end.toolRequests.count == 32)
        let message = String(repeating: "x", count: 100_000)
        guard case .error(let error) = try decode(#"{"type":"error","error":{"message":"\#(message)"}}"#) else {
            Issue.record("It is no error.")
            return
        }
        #expect(error.message?.utf8.count == 8192)
    }

    @Test func `nothing of what the user says is kept`() throws {
        let scene = Scene()
        try scene.play(Scripts.bargeIn.replacing("Tell me a story.", with: "SECRET"))
        let snapshot = scene.snapshot
        #expect(!(try json(snapshot.summary)).contains("SECRET"))
        #expect(!(try json(snapshot.state)).contains("SECRET"))
    }
}
