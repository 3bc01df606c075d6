"""A call as a browser forwards it: raw server events of the OpenAI Realtime API with the browser's clock."""

import time


def raw(milliseconds, event, session="call", source="browser"):
    return {
        "type": "realtime.event", "session_id": session, "source": source, "received_ms": milliseconds, "event": event}


def created(session_id="sess_1", model="gpt-realtime-2025-08-28", expires_in=3600):
    return {
        "type": "session.created",
        "session": {
            "id": session_id, "model": model, "expires_at": int(time.time()) + expires_in,
            "audio": {"input": {
                "transcription": {"model": "gpt-4o-transcribe"},
                "turn_detection": {"type": "server_vad", "prefix_padding_ms": 300, "silence_duration_ms": 500},
            }},
        },
    }


USAGE = {
    "total_tokens": 160, "input_tokens": 100, "output_tokens": 60,
    "input_token_details": {
        "text_tokens": 40, "audio_tokens": 60, "image_tokens": 0, "cached_tokens": 50,
        "cached_tokens_details": {"text_tokens": 30, "audio_tokens": 20, "image_tokens": 0},
    },
    "output_token_details": {"text_tokens": 10, "audio_tokens": 50},
}


def conversation(session):
    """A conversation in which nothing fails: a tool call, and an interruption that is answered."""
    events = [event for event in CALL if event["received_ms"] < 14_400]
    done = {"type": "response.done", "response": {"id": "r4", "status": "completed", "usage": USAGE}}
    limits = [
        {"name": name, "limit": 40_000, "remaining": 30_000, "reset_seconds": 60} for name in ("tokens", "requests")]
    return [{**event, "session_id": session} for event in [
        raw(0, created(f"openai-{session}")), *events[1:],
        raw(14_700, {"type": "output_audio_buffer.started", "response_id": "r4"}), raw(14_900, done),
        raw(15_000, {"type": "output_audio_buffer.stopped", "response_id": "r4"}),
        raw(15_000, {"type": "rate_limits.updated", "rate_limits": limits}),
    ]]


def silence(session):
    """The user asks again, and nothing is heard."""
    return [
        raw(16_000, {"type": "input_audio_buffer.speech_started", "item_id": "u4"}, session),
        raw(17_000, {"type": "input_audio_buffer.speech_stopped", "item_id": "u4"}, session),
    ]


def end_of_silence(session):
    """A late answer."""
    return [
        raw(22_500, {"type": "response.created", "response": {"id": "r5"}}, session),
        raw(23_000, {"type": "output_audio_buffer.started", "response_id": "r5"}, session),
    ]


# A turn with a tool call and filler speech, then a barge-in, then a response that fails.
CALL = [
    raw(0, created()),
    raw(1000, {"type": "input_audio_buffer.speech_started", "item_id": "u1", "audio_start_ms": 700}),
    raw(2000, {"type": "input_audio_buffer.speech_stopped", "item_id": "u1", "audio_end_ms": 2000}),
    raw(2300, {
        "type": "conversation.item.input_audio_transcription.completed", "item_id": "u1", "transcript": "Look it up.",
        "usage": {
            "type": "tokens", "input_tokens": 20, "output_tokens": 6,
            "input_token_details": {"audio_tokens": 18, "text_tokens": 2},
        },
    }),
    raw(2350, {"type": "response.created", "response": {"id": "r1"}}),
    raw(2700, {"type": "output_audio_buffer.started", "response_id": "r1"}),
    raw(2900, {
        "type": "response.output_item.done", "response_id": "r1",
        "item": {"type": "function_call", "call_id": "fc1", "name": "delegate", "arguments": '{"agent": "scout"}'},
    }),
    raw(3000, {"type": "response.done", "response": {"id": "r1", "status": "completed", "usage": USAGE}}),
    raw(3600, {"type": "output_audio_buffer.stopped", "response_id": "r1"}),
    raw(7900, {"type": "conversation.item.added", "item": {"type": "function_call_output", "call_id": "fc1"}}),
    raw(8000, {"type": "response.created", "response": {"id": "r2"}}),
    raw(8600, {"type": "output_audio_buffer.started", "response_id": "r2"}),
    raw(9100, {"type": "response.done", "response": {"id": "r2", "status": "completed"}}),
    raw(9500, {"type": "output_audio_buffer.stopped", "response_id": "r2"}),
    raw(10_000, {"type": "input_audio_buffer.speech_started", "item_id": "u2"}),
    raw(11_000, {"type": "input_audio_buffer.speech_stopped", "item_id": "u2"}),
    raw(11_400, {"type": "response.created", "response": {"id": "r3"}}),
    raw(11_900, {"type": "output_audio_buffer.started", "response_id": "r3"}),
    raw(13_000, {"type": "input_audio_buffer.speech_started", "item_id": "u3"}),
    raw(13_150, {"type": "output_audio_buffer.cleared", "response_id": "r3"}),
    raw(13_160, {
        "type": "response.done",
        "response": {"id": "r3", "status": "cancelled", "status_details": {"reason": "turn_detected"}},
    }),
    raw(14_000, {"type": "input_audio_buffer.speech_stopped", "item_id": "u3"}),
    raw(14_300, {
        "type": "conversation.item.input_audio_transcription.completed", "item_id": "u3", "transcript": "Stop."}),
    raw(14_310, {"type": "response.created", "response": {"id": "r4"}}),
    raw(14_400, {
        "type": "error", "event_id": "e1",
        "error": {"type": "invalid_request_error", "code": "conversation_already_has_active_response"},
    }),
    raw(14_500, {
        "type": "response.done",
        "response": {"id": "r4", "status": "failed", "status_details": {"error": {"code": "rate_limit_exceeded"}}},
    }),
    raw(14_510, {
        "type": "rate_limits.updated",
        "rate_limits": [{"name": "tokens", "limit": 40_000, "remaining": 10_000, "reset_seconds": 45}],
    }),
]
