import FoundationEssentials
import Testing

@testable import VoiceMonitoring

@Suite struct EventRefusalTests {
    @Test(arguments: [
        (#"{}"#, EventRefusal.Reason.missingField, "type"),
        (#"{"type":7}"#, .wrongType, "type"),
        (#"{"type":"nope"}"#, .unknownType, "type"),
        (#"{"type":"session.started"}"#, .missingField, "session_id"),
        (#"{"type":"session.started","session_id":""}"#, .outOfRange, "session_id"),
        (#"{"type":"session.started","session_id":7}"#, .wrongType, "session_id"),
        (#"{"type":"session.started","session_id":"s","id":""}"#, .outOfRange, "id"),
        (#"{"type":"session.started","session_id":"s","at":"soon"}"#, .wrongType, "at"),
        (#"{"type":"session.state","session_id":"s","state":"asleep"}"#, .unknownValue, "state"),
        (#"{"type":"session.ended","session_id":"s","duration_ms":-1}"#, .outOfRange, "duration_ms"),
        (#"{"type":"session.ended","session_id":"s","duration_ms":86400001}"#, .outOfRange, "duration_ms"),
        (#"{"type":"session.ended","session_id":"s","failed":"yes"}"#, .wrongType, "failed"),
        (#"{"type":"latency.sample","value_ms":1}"#, .missingField, "metric"),
        (#"{"type":"latency.sample","metric":"ttfa"}"#, .missingField, "value_ms"),
        (#"{"type":"latency.sample","metric":"ttfa","value_ms":1e999}"#, .wrongType, "value_ms"),
        (#"{"type":"turn.mark","session_id":"s","turn_id":"t","mark":"x"}"#, .unknownValue, "mark"),
        (#"{"type":"turn.mark","session_id":"s","mark":"llm_first_token"}"#, .missingField, "turn_id"),
        (#"{"type":"tool.started","tool_name":"t"}"#, .missingField, "call_id"),
        (#"{"type":"tool.started","call_id":"c","tool_name":""}"#, .outOfRange, "tool_name"),
        (#"{"type":"tool.finished","call_id":"c","tool_name":"t","duration_ms":1}"#, .missingField, "success"),
        (#"{"type":"tool.finished","call_id":"c","tool_name":"t","success":true}"#, .missingField, "duration_ms"),
        (#"{"type":"error","category":"weather","code":"c","message":"m"}"#, .unknownValue, "category"),
        (#"{"type":"error","category":"audio","code":"","message":"m"}"#, .outOfRange, "code"),
        (#"{"type":"error","category":"audio","code":"c"}"#, .missingField, "message"),
        (
            #"{"type":"error","category":"audio","code":"c","message":"m","request_context":[]}"#, .wrongType,
            "request_context"
        ),
        (#"{"type":"task.queued"}"#, .missingField, "task_id"),
        (#"{"type":"task.started","task_id":"t"}"#, .missingField, "agent_name"),
        (#"{"type":"task.progress","task_id":"t","progress_pct":101}"#, .outOfRange, "progress_pct"),
        (#"{"type":"task.failed","task_id":"t","reason":"bored"}"#, .unknownValue, "reason"),
        (#"{"type":"bridge.status","tools_count":1,"health_status":"healthy"}"#, .missingField, "initialized"),
        (
            #"{"type":"bridge.status","initialized":true,"tools_count":1.5,"health_status":"healthy"}"#, .wrongType,
            "tools_count"
        ),
        (
            #"{"type":"bridge.status","initialized":true,"tools_count":1,"health_status":"fine"}"#, .unknownValue,
            "health_status"
        ),
        (#"{"type":"audio.stats","session_id":"s"}"#, .missingField, "jitter_ms"),
        (#"{"type":"audio.stats","session_id":"s","packet_loss_pct":100.1}"#, .outOfRange, "packet_loss_pct"),
        (#"{"type":"audio.stats","session_id":"s","jitter_ms":10001}"#, .outOfRange, "jitter_ms"),
        (#"{"type":"audio.stats","session_id":"s","rtt_ms":60001}"#, .outOfRange, "rtt_ms"),
        (#"{"type":"vad","session_id":"s","outcome":"maybe"}"#, .unknownValue, "outcome"),
        (#"{"type":"session.linked","session_id":"s"}"#, .missingField, "aliases"),
        (#"{"type":"session.linked","session_id":"s","aliases":[]}"#, .outOfRange, "aliases"),
        (#"{"type":"session.linked","session_id":"s","aliases":["a",""]}"#, .outOfRange, "aliases"),
        (#"{"type":"session.linked","session_id":"s","aliases":"a"}"#, .wrongType, "aliases"),
        (#"{"type":"session.linked","aliases":["a"]}"#, .missingField, "session_id"),
        (#"{"type":"tool.requested","tool_name":"t"}"#, .missingField, "call_id"),
        (#"{"type":"tool.started","call_id":"c","tool_name":"t","queue_wait_ms":-1}"#, .outOfRange, "queue_wait_ms"),
        (
            #"{"type":"tool.finished","call_id":"c","tool_name":"t","success":true,"duration_ms":1,"outcome":"fine"}"#,
            .unknownValue, "outcome"
        ),
        (#"{"type":"realtime.event","session_id":"s"}"#, .missingField, "event"),
        (#"{"type":"realtime.event","session_id":"s","event":[]}"#, .wrongType, "event"),
        (#"{"type":"realtime.event","event":{}}"#, .missingField, "session_id"),
        (#"{"type":"realtime.event","session_id":"s","event":{},"source":"phone"}"#, .unknownValue, "source"),
        (#"{"type":"realtime.event","session_id":"s","event":{},"received_ms":1e16}"#, .outOfRange, "received_ms"),
    ])
    func `a bad event is refused with the field that is wrong`(
        json: String, reason: EventRefusal.Reason, field: String
    ) throws {
        let refusal = #expect(throws: EventRefusal.self) { try decodeEvent(json) }
        #expect(refusal?.reason == reason)
        #expect(refusal?.field == field)
    }

    @Test func `ids have a length and names and texts are cut`() throws {
        let long = String(repeating: "é", count: 9000)
        #expect(throws: EventRefusal.self) {
            try decodeEvent(#"{"type":"session.started","session_id":"\#(long.prefix(129))"}"#)
        }
        _ = try decodeEvent(#"{"type":"session.started","session_id":"\#(long.prefix(128))"}"#)
        let tool = try decodeEvent(
            #"{"type":"tool.started","call_id":"c","tool_name":"\#(long)","instruction_preview":"\#(long)"}"#)
        guard case .toolStarted(let call) = tool.kind else {
            Issue.record("The event is no tool.started.")
            return
        }
        #expect(call.toolName == String(long.prefix(256)))
        #expect(call.instructionPreview == String(long.prefix(100)))
        let error = try decodeEvent(#"{"type":"error","category":"audio","code":"c","message":"\#(long)"}"#)
        guard case .error(let reported) = error.kind else {
            Issue.record("The event is no error.")
            return
        }
        #expect(reported.message == String(long.prefix(4096)))
    }

    @Test func `a request context has bounds`() throws {
        let deep = String(repeating: #"{"a":"#, count: 8) + "1" + String(repeating: "}", count: 8)
        let wide = "{" + (0..<200).map { #""k\#($0)":1"# }.joined(separator: ",") + "}"
        for context in [deep, wide] {
            let refusal = #expect(throws: EventRefusal.self) {
                try decodeEvent(
                    #"{"type":"error","category":"audio","code":"c","message":"m","request_context":\#(context)}"#)
            }
            #expect(refusal?.field == "request_context")
        }
    }

    @Test func `unknown keys are ignored`() throws {
        let event = try decodeEvent(#"{"type":"vad","session_id":"s","outcome":"speech","weather":"fine"}"#)
        #expect(event == VoiceEvent(.vad(.speech), session: "s"))
    }
}
