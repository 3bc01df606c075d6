"""`POST /api/events`: each reason to refuse an event, its exact answer and its counter."""

import json

import pytest

from ingest import STARTED, counted, report

SAMPLE = {"type": "latency.sample", "metric": "ttfa", "value_ms": 350}
MARK = {"type": "turn.mark", "session_id": "one", "turn_id": "t", "mark": "speech_end_detected"}
STATE = {"type": "session.state", "session_id": "one", "state": "idle"}
ENDED = {"type": "session.ended", "session_id": "one"}

REQUIRED = "is required."
STRING = "must be a string."
NUMBER = "must be a number."
FLAG = "must be true or false."
TIME = "must be RFC 3339 or Unix seconds."
OBJECT = "An event must be a JSON object."
EVENT_ID = "must have 1 to 64 characters."
ENTITY_ID = "must have 1 to 128 characters."
DURATION = "must be between 0 and 86400000."
OFFSET = "must be between -1000000000000000 and 1000000000000000."
STATES = "must be one of: active, idle, tool_executing."
METRICS = "must be one of: ttfa, turn, webrtc_connect, session_create, sdp_exchange."
MARKS = (
    "must be one of: speech_end_detected, transcription_complete, llm_first_token, tool_call_started, "
    "tool_call_complete, tts_first_byte, audio_playback_start, response_complete.")


@pytest.mark.parametrize(
    "event, field, error, reason",
    [
        ({}, "type", REQUIRED, "missing_field"),
        ({**STARTED, "type": None}, "type", REQUIRED, "missing_field"),
        ({"type": "session.started"}, "session_id", REQUIRED, "missing_field"),
        ({"type": "session.connecting"}, "session_id", REQUIRED, "missing_field"),
        ({"type": "session.heartbeat"}, "session_id", REQUIRED, "missing_field"),
        ({"type": "session.ended"}, "session_id", REQUIRED, "missing_field"),
        ({"type": "session.state", "state": "idle"}, "session_id", REQUIRED, "missing_field"),
        ({**STATE, "state": None}, "state", REQUIRED, "missing_field"),
        ({"type": "latency.sample", "value_ms": 1}, "metric", REQUIRED, "missing_field"),
        ({"type": "latency.sample", "metric": "ttfa"}, "value_ms", REQUIRED, "missing_field"),
        ({**MARK, "session_id": None}, "session_id", REQUIRED, "missing_field"),
        ({**MARK, "turn_id": None}, "turn_id", REQUIRED, "missing_field"),
        ({**MARK, "mark": None}, "mark", REQUIRED, "missing_field"),
        (3, None, OBJECT, "wrong_type"),
        ("session.started", None, OBJECT, "wrong_type"),
        (None, None, OBJECT, "wrong_type"),
        ({**STARTED, "type": 5}, "type", STRING, "wrong_type"),
        ({**STARTED, "session_id": 5}, "session_id", STRING, "wrong_type"),
        ({**STARTED, "id": 5}, "id", STRING, "wrong_type"),
        ({**STARTED, "at": "yesterday"}, "at", TIME, "wrong_type"),
        ({**STARTED, "at": True}, "at", TIME, "wrong_type"),
        ({**STATE, "state": 1}, "state", STRING, "wrong_type"),
        ({**ENDED, "duration_ms": "1"}, "duration_ms", NUMBER, "wrong_type"),
        ({**ENDED, "duration_ms": True}, "duration_ms", NUMBER, "wrong_type"),
        ({**ENDED, "reason": 1}, "reason", STRING, "wrong_type"),
        ({**ENDED, "failed": "yes"}, "failed", FLAG, "wrong_type"),
        ({**ENDED, "failed": 1}, "failed", FLAG, "wrong_type"),
        ({**SAMPLE, "value_ms": "350"}, "value_ms", NUMBER, "wrong_type"),
        ({**SAMPLE, "value_ms": [350]}, "value_ms", NUMBER, "wrong_type"),
        ({**MARK, "offset_ms": "350"}, "offset_ms", NUMBER, "wrong_type"),
        ({**STARTED, "session_id": ""}, "session_id", ENTITY_ID, "out_of_range"),
        ({**STARTED, "session_id": "x" * 129}, "session_id", ENTITY_ID, "out_of_range"),
        ({**STARTED, "session_id": "é" * 129}, "session_id", ENTITY_ID, "out_of_range"),
        ({**SAMPLE, "session_id": ""}, "session_id", ENTITY_ID, "out_of_range"),
        ({**SAMPLE, "turn_id": "x" * 129}, "turn_id", ENTITY_ID, "out_of_range"),
        ({**MARK, "turn_id": ""}, "turn_id", ENTITY_ID, "out_of_range"),
        ({**STARTED, "id": ""}, "id", EVENT_ID, "out_of_range"),
        ({**STARTED, "id": "x" * 65}, "id", EVENT_ID, "out_of_range"),
        ({**ENDED, "duration_ms": -0.001}, "duration_ms", DURATION, "out_of_range"),
        ({**ENDED, "duration_ms": 86_400_001}, "duration_ms", DURATION, "out_of_range"),
        ({**SAMPLE, "value_ms": -1}, "value_ms", DURATION, "out_of_range"),
        ({**SAMPLE, "value_ms": 1e300}, "value_ms", DURATION, "out_of_range"),
        ({**MARK, "offset_ms": 1.1e15}, "offset_ms", OFFSET, "out_of_range"),
        ({**MARK, "offset_ms": -1.1e15}, "offset_ms", OFFSET, "out_of_range"),
        ({**STATE, "state": "connecting"}, "state", STATES, "unknown_value"),
        ({**STATE, "state": ""}, "state", STATES, "unknown_value"),
        ({**SAMPLE, "metric": "TTFA"}, "metric", METRICS, "unknown_value"),
        ({**MARK, "mark": "speech_start"}, "mark", MARKS, "unknown_value"),
        ({"type": "session.exploded"}, "type", "is not a known event type.", "unknown_type"),
        ({"type": ""}, "type", "is not a known event type.", "unknown_type"),
        ({"type": "Session.Started", "session_id": "one"}, "type", "is not a known event type.", "unknown_type"),
    ],
)
def test_a_refused_event_is_answered_and_counted(exporter, event, field, error, reason):
    answer = exporter.post(json.dumps(event))
    assert (answer.status, answer.json) == (400, report(rejected=[{"index": 0, "field": field, "error": error}]))
    assert counted(exporter) == {f'rejected_events{{reason="{reason}"}}': 1}
    assert exporter.sample("amplifier_voice_sessions_started_total") == 0


@pytest.mark.parametrize("identifier", ['"\\ud800"', '"\\udc00\\ud800"'])
def test_half_a_surrogate_pair_is_no_string(exporter, identifier):
    answer = exporter.post('{"type":"session.started","session_id":%s}' % identifier)
    assert (answer.status, answer.json) == (
        400, report(rejected=[{"index": 0, "field": "session_id", "error": STRING}]))


@pytest.mark.parametrize(
    "at",
    [
        "", "now", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00", "1769860800",
        "2026-01-31T12:00:00Zjunk", "2026-01-31T12:00:00.000Zjunk", "2026-02-30T12:00:00Z", "2026-01-31T25:00:00Z",
        "2026-01-31T12:61:00Z",
    ],
)
def test_a_time_that_is_not_rfc_3339_is_refused(exporter, at):
    answer = exporter.post({**STARTED, "at": at})
    assert (answer.status, answer.json) == (400, report(rejected=[{"index": 0, "field": "at", "error": TIME}]))
