"""`GET /metrics/sessions/{id}`: what is known of one live session, and of no other."""

from urllib.parse import quote

import pytest

from ingest import STARTED
from spec_fields import is_time

NOT_FOUND = {"error": {
    "code": "session_not_found", "field": "id", "message": "There is no live session of this id."}}


def path(session):
    return f"/metrics/sessions/{quote(session, safe='')}"


def story(exporter, session="one"):
    return exporter.get_json(path(session))


def life(session):
    """One of each thing that can belong to a session."""
    named = {"session_id": session}
    return [
        {**named, "type": "session.started"},
        {**named, "type": "turn.mark", "turn_id": f"turn-{session}", "mark": "speech_end_detected", "offset_ms": 0},
        {**named, "type": "turn.mark", "turn_id": f"turn-{session}", "mark": "llm_first_token", "offset_ms": 200},
        {**named, "type": "turn.mark", "turn_id": f"turn-{session}", "mark": "audio_playback_start", "offset_ms": 350},
        {
            **named, "type": "tool.finished", "call_id": f"call-{session}", "tool_name": "bash", "success": True,
            "duration_ms": 2500,
        },
        {**named, "type": "error", "id": f"error-of-{session}", "category": "audio", "code": "codec_error",
         "message": "It crackles."},
        {**named, "type": "task.started", "task_id": f"task-{session}", "agent_name": "bug-hunter"},
        {**named, "type": "audio.stats", "jitter_ms": 20, "rtt_ms": 100},
    ]


@pytest.mark.parametrize("session", ["nobody", "On", "a b", "é", "x" * 200])
def test_an_unknown_session_is_not_found(exporter, session):
    exporter.record(STARTED)
    answer = exporter.request("GET", path(session))
    assert (answer.status, answer.json) == (404, NOT_FOUND)
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


def test_an_ended_session_is_not_found(exporter):
    exporter.record(*life("one"), {"type": "session.ended", "session_id": "one"})
    answer = exporter.request("GET", path("one"))
    assert (answer.status, answer.json) == (404, NOT_FOUND)


def test_a_session_that_was_told_of_after_its_end_is_not_found(exporter):
    exporter.record(STARTED, {"type": "session.ended", "session_id": "one"}, *life("one")[1:])
    assert exporter.request("GET", path("one")).status == 404


def test_a_session_of_which_nothing_happened_has_no_samples(exporter):
    exporter.record({"type": "session.connecting", "session_id": "one"})
    found = story(exporter)
    assert is_time(found.pop("opened_at"))
    assert is_time(found.pop("last_seen_at"))
    assert found == {
        "session_id": "one",
        "also_known_as": [],
        "model": None,
        "expires_at": None,
        "expires_in_seconds": None,
        "cost_usd": None,
        "state": "connecting",
        "duration_ms": None,
        "error_count": 0,
        "audio": None,
        "audio_trend": [],
        "turns": [],
        "recent_calls": [],
        "recent_errors": [],
        "active_tasks": [],
    }


@pytest.mark.parametrize(
    "events, state",
    [
        ([{"type": "session.connecting"}], "connecting"),
        ([{"type": "session.started"}], "active"),
        ([{"type": "session.heartbeat"}], "active"),
        ([{"type": "session.state", "state": "idle"}], "idle"),
        ([{"type": "session.started"}, {"type": "tool.started", "call_id": "c1", "tool_name": "bash"}],
         "tool_executing"),
    ],
)
def test_the_state_is_the_sessions_own(exporter, events, state):
    exporter.record({**STARTED, "session_id": "two"}, *[{**event, "session_id": "one"} for event in events])
    found = story(exporter)
    assert found["state"] == state
    assert (found["duration_ms"] is None) == (state == "connecting")


def test_everything_of_a_session_is_told_and_nothing_of_another(exporter):
    exporter.record(*life("two"), *life("one"), *life("three"))
    found = story(exporter)
    assert (found["session_id"], found["state"], found["error_count"]) == ("one", "active", 1)
    assert found["duration_ms"] >= 0
    assert [turn["turn_id"] for turn in found["turns"]] == ["turn-one"]
    assert [call["call_id"] for call in found["recent_calls"]] == ["call-one"]
    assert [error["error_id"] for error in found["recent_errors"]] == ["error-of-one"]
    assert [task["task_id"] for task in found["active_tasks"]] == ["task-one"]
    for part in ["turns", "recent_calls", "recent_errors", "active_tasks"]:
        assert {element["session_id"] for element in found[part]} == {"one"}
    assert found["audio"]["session_id"] == "one"


def test_what_a_story_shows_is_what_the_sections_show(exporter):
    exporter.record(*life("one"))
    found = story(exporter)
    assert found["recent_calls"] == exporter.get_json("/metrics/tools")["recent_calls"]
    assert found["recent_errors"] == exporter.get_json("/metrics/errors")["recent_errors"]
    audio = exporter.get_json("/metrics/audio")["avg_by_session"]["one"]
    task = exporter.get_json("/metrics/amplifier")["active_tasks"][0]
    # They last longer whenever one looks.
    assert {**found["audio"], "duration_ms": ...} == {**audio, "duration_ms": ...}
    assert {**found["active_tasks"][0], "elapsed_ms": ...} == {**task, "elapsed_ms": ...}


def test_a_turn_is_told_with_its_latencies_and_marks(exporter):
    marks = {
        "speech_end_detected": 1000, "transcription_complete": 1100, "llm_first_token": 1200, "tts_first_byte": 1300,
        "audio_playback_start": 1350, "response_complete": 2500,
    }
    exporter.record(*[
        {"type": "turn.mark", "session_id": "one", "turn_id": "t", "mark": mark, "offset_ms": offset}
        for mark, offset in marks.items()
    ])
    turn, = story(exporter)["turns"]
    assert is_time(turn.pop("at"))
    assert turn == {
        "session_id": "one",
        "turn_id": "t",
        "ttfa_ms": 350,
        "turn_ms": 1500,
        "marks": [{"mark": mark, "ms": offset - 1000} for mark, offset in marks.items()],
    }


def test_a_task_is_told_however_many_others_run_longer(exporter):
    exporter.record(*[
        {"type": "task.started", "task_id": f"t{number}", "agent_name": "bug-hunter"} for number in range(150)])
    exporter.record({"type": "task.started", "task_id": "own", "agent_name": "bug-hunter", "session_id": "one"})
    assert [task["task_id"] for task in story(exporter)["active_tasks"]] == ["own"]


@pytest.mark.parametrize(
    "session",
    [
        "550e8400-e29b-41d4-a716-446655440000", "a b", "a/b", "a?b", "a#b", "a+b", "a%b", "%41", "%2F", "é", "🎙",
        "..", ".", "a&b=c;d", "\"'\\<>", "\n", "\x00", "\u202e", "x" * 128, "🎙" * 128,
    ],
    ids=lambda session: f"{len(session)} of {ascii(session[:3])}")
def test_an_id_may_hold_any_character_where_it_is_percent_encoded(exporter, session):
    exporter.record({**STARTED, "session_id": session})
    assert story(exporter, session)["session_id"] == session


def test_a_percent_sign_is_decoded_once(exporter):
    exporter.record({**STARTED, "session_id": "A"})
    assert exporter.request("GET", path("%41")).status == 404


def test_head_gives_the_headers_alone(exporter):
    exporter.record(STARTED)
    answer = exporter.request("HEAD", path("one"))
    assert (answer.status, answer.body) == (200, b"")
