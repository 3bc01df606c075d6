import Testing

@testable import VoiceMonitoring

@Suite struct RealtimeEncodingTests {
    @Test(arguments: Scripts.all)
    func `the events of a call are read back from their JSON as the same events`(script: String) throws {
        for event in try RealtimeScript(script).events() {
            #expect(try decodeEvent(try json(event)) == event)
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"type":"something.new"}"#,
        #"{"type":"error","event_id":"e","error":{"type":"t","code":"c","message":"m \"quoted\""}}"#,
        #"{"type":"conversation.item.input_audio_transcription.failed","item_id":"u","error":{"code":"c"}}"#,
        #"{"type":"conversation.item.input_audio_transcription.completed","item_id":"u","transcript":"a","#
            + #""usage":{"type":"duration","seconds":2.5}}"#,
        #"{"type":"response.done","response":{"id":"r","status":"incomplete","#
            + #""status_details":{"reason":"max_output_tokens"},"usage":{"input_tokens":9,"#
            + #""input_token_details":{"text_tokens":3,"audio_tokens":4,"cached_tokens":5},"output_tokens":7}}}"#,
        #"{"type":"response.output_item.done","item":{"type":"function_call","call_id":"c","name":"task","#
            + #""arguments":"{\"agent\":\"a\\\"b\",\"instruction\":\"Say \\\"hi\\\".\"}"}}"#,
    ])
    func `a rare event is read back from its JSON as the same event`(event: String) throws {
        let told = try decodeEvent(#"{"type":"realtime.event","session_id":"s","event":\#(event)}"#)
        #expect(try decodeEvent(try json(told)) == told)
    }

    @Test(arguments: [
        #"{"type":"session.linked","session_id":"s","aliases":["rtc_1","sess_1"]}"#,
        #"{"type":"tool.requested","call_id":"c","tool_name":"bash"}"#,
        #"{"type":"tool.started","call_id":"c","tool_name":"bash","queue_wait_ms":1.5}"#,
        #"{"type":"tool.finished","call_id":"c","tool_name":"t","success":false,"duration_ms":1,"outcome":"timeout"}"#,
    ])
    func `the other new kinds are read back too`(event: String) throws {
        let told = try decodeEvent(event)
        #expect(try decodeEvent(try json(told)) == told)
    }
}
