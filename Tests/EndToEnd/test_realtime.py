"""Raw events of the OpenAI Realtime API, posted as they came, show in the exposition and in the JSON."""

import time

import pytest

from exporter import Exporter
from expectations import series
from realtime_call import CALL, created, raw
from waiting import wait_until


@pytest.fixture(scope="module")
def called():
    """An exporter that heard a call. Its tests only look at it."""
    with Exporter() as exporter:
        exporter.record(*CALL)
        yield exporter


def histogram(samples, family, **labels):
    return (
        samples[series(f"{family}_count", **labels)],
        round(samples[series(f"{family}_sum", **labels)], 9))


def test_latencies_are_those_of_the_browsers_clock(called):
    samples = called.samples()
    assert {
        family: histogram(samples, family)
        for family in [
            "time_to_first_audio_seconds", "time_to_answer_seconds", "turn_duration_seconds",
            "turn_playback_end_seconds", "interruption_reaction_seconds"]
    } == {
        "time_to_first_audio_seconds": (1, 0.7),
        "time_to_answer_seconds": (1, 6.6),
        "turn_duration_seconds": (1, 7.1),
        "turn_playback_end_seconds": (1, 7.5),
        "interruption_reaction_seconds": (1, 0.15),
    }
    parts = {
        part: histogram(samples, "time_to_first_audio_part_seconds", part=part)
        for part in ["transcription", "request", "model"]}
    assert parts == {"transcription": (1, 0.3), "request": (1, 0.05), "model": (1, 0.35)}


def test_latencies_are_the_same_in_json(called):
    latency = called.get_json("/metrics/latency")
    assert (latency["ttfa"]["max"], latency["turn"]["max"]) == (700, 7100)
    assert (latency["time_to_answer"]["max"], latency["turn_playback_end"]["max"]) == (6600, 7500)
    assert {part: found["max"] for part, found in latency["ttfa_parts"].items()} == {
        "transcription": 300, "request": 50, "model": 350}
    assert latency["responses_last_hour"] == {
        "completed": 2, "cancelled": 1, "failed": 1, "incomplete": 0, "other": 0}
    assert latency["dead_air"]["threshold_ms"] == 4000
    slowest = called.get_json("/metrics/latency/slowest")["turns"]
    assert [(turn["turn_id"], turn["ttfa_ms"], turn["turn_ms"]) for turn in slowest] == [("u1", 700, 7100)]


@pytest.mark.parametrize(
    "name, value",
    {
        'responses_total{status="completed"}': 2,
        'responses_total{status="cancelled"}': 1,
        'responses_total{status="failed"}': 1,
        'response_cancellations_total{reason="turn_detected"}': 1,
        'interruptions_total{outcome="confirmed"}': 1,
        "interruptions_orphaned_total": 0,
        "vad_activations_total": 3,
        "vad_false_positives_total": 0,
        'errors_total{category="openai_api",code="rate_limit_exceeded"}': 1,
        'errors_total{category="session",code="invalid_state"}': 0,
        'benign_errors_total{code="conversation_already_has_active_response"}': 1,
        'rate_limit_remaining{limit="tokens"}': 10_000,
        'rate_limit_maximum{limit="tokens"}': 40_000,
        'tool_calls_requested_total{tool="delegate"}': 1,
        'tool_results_delivered_total{tool="delegate"}': 1,
        'tool_calls_total{tool="delegate"}': 0,
        'tokens_total{use="response",direction="input",modality="audio",cached="true"}': 20,
        'tokens_total{use="response",direction="input",modality="audio",cached="false"}': 40,
        'tokens_total{use="transcription",direction="output",modality="text",cached="false"}': 6,
        'cost_dollars_total{use="response"}': 0.0047,
        'cost_dollars_total{use="transcription"}': 0.00011,
        'sessions_by_model{model="gpt-realtime"}': 1,
        'exporter_ingest_events_total{kind="realtime.event"}': len(CALL),
    }.items(),
)
def test_what_happened_is_counted(called, name, value):
    assert called.sample(f"amplifier_voice_{name}") == pytest.approx(value, rel=1e-12)


def test_money_and_identity_are_in_the_sessions_section(called):
    sessions = called.get_json("/metrics/sessions")
    assert sessions["by_model"] == {"gpt-realtime": 1}
    told = CALL[0]["event"]["session"]["expires_at"]
    assert sessions["next_expiry_seconds"] == pytest.approx(told - time.time(), abs=5)
    usage = sessions["usage"]
    assert usage["cost_total_usd"] == pytest.approx(0.00481)
    assert usage["cost_per_minute_usd"] == pytest.approx(0.00481 / 5)
    assert usage["cost_per_session_usd"] is None
    assert usage["unpriced_count"] == 0
    assert usage["cache_hit_ratio"] == 0.5
    assert usage["input_last_hour"] == {
        "by_modality": {"text": 40, "audio": 60, "image": 0, "unknown": 0}, "cached": 50}
    assert usage["output_last_hour"] == {
        "by_modality": {"text": 10, "audio": 50, "image": 0, "unknown": 0}, "cached": 0}
    expiry = called.sample("amplifier_voice_session_next_expiry_timestamp_seconds")
    assert expiry - time.time() == pytest.approx(sessions["next_expiry_seconds"], abs=5)


def test_the_story_of_the_call_is_told_under_any_of_its_ids(called):
    story = called.get_json("/metrics/sessions/sess_1")
    assert (story["session_id"], story["also_known_as"]) == ("call", ["sess_1"])
    assert story["model"] == "gpt-realtime-2025-08-28"
    assert story["cost_usd"] == pytest.approx(0.00481)
    assert [turn["turn_id"] for turn in story["turns"]] == ["u1"]
    assert [error["code"] for error in story["recent_errors"]] == ["rate_limit_exceeded"]


def test_audio_and_errors_and_tools_tell_of_it_in_json(called):
    interruptions = called.get_json("/metrics/audio")["interruptions"]
    assert interruptions["by_outcome"] == {"confirmed": 1, "empty": 0, "short": 0, "no_reply": 0}
    assert (interruptions["false_ratio"], interruptions["orphaned"]) == (0, 0)
    assert interruptions["reaction"]["max"] == 150
    errors = called.get_json("/metrics/errors")
    assert errors["total_errors"] == 1
    assert errors["benign_last_hour"]["conversation_already_has_active_response"] == 1
    limit = errors["rate_limits"]["tokens"]
    assert (limit["limit"], limit["remaining"], limit["headroom_ratio"]) == (40_000, 10_000, 0.25)
    assert "requests" not in errors["rate_limits"]
    tools = called.get_json("/metrics/tools")
    assert (tools["requested_count"], tools["delivered_count"], tools["total_calls"]) == (1, 1, 0)
    assert tools["agents_delegated"] == {"scout": 1}


def test_a_call_that_is_posted_again_changes_nothing(exporter):
    exporter.record(*CALL)
    before = exporter.samples()
    exporter.record(*CALL)
    after = exporter.samples()
    moved = {name for name in after if after[name] != before.get(name)}
    own = ("process_", "amplifier_voice_exporter_", "amplifier_voice_rate_limit_reset")
    assert {name for name in moved if not name.startswith(own)} == set()


def test_silence_after_the_user_becomes_dead_air_while_it_lasts(exporter):
    exporter.record(
        raw(0, {"type": "input_audio_buffer.speech_started", "item_id": "u"}),
        raw(900, {"type": "input_audio_buffer.speech_stopped", "item_id": "u"}),
        raw(1200, {
            "type": "conversation.item.input_audio_transcription.failed", "item_id": "u",
            "error": {"code": "audio_unintelligible"},
        }))
    name = series("dead_air_total", cause="transcription_failed")
    assert exporter.sample(name) == 0
    wait_until(lambda: exporter.sample(name) == 1, "the silence to become dead air", timeout=10)
    exporter.record(raw(8900, {"type": "output_audio_buffer.started", "response_id": "r"}))
    assert exporter.sample("amplifier_voice_dead_air_seconds_sum") == 8
    dead_air = exporter.get_json("/metrics/latency")["dead_air"]
    assert (dead_air["total"], dead_air["last_hour"], dead_air["length"]["max"]) == (1, 1, 8000)
    assert dead_air["by_cause_last_hour"]["transcription_failed"] == 1


def test_several_ids_are_one_session(exporter):
    exporter.record(
        {"type": "session.started", "session_id": "uuid"},
        {"type": "session.linked", "session_id": "uuid", "aliases": ["rtc_1"]},
        raw(0, created("sess_9"), session="rtc_1"),
        {"type": "session.state", "session_id": "sess_9", "state": "idle"})
    sessions = exporter.get_json("/metrics/sessions")
    assert (sessions["active_count"], sessions["by_state"]["idle"], sessions["total_today"]) == (1, 1, 1)
    exporter.record(
        {"type": "session.ended", "session_id": "rtc_1", "reason": "user_ended"},
        {"type": "session.ended", "session_id": "uuid", "reason": "network_error"})
    samples = exporter.samples()
    assert samples[series("session_ends_total", reason="user_ended")] == 1
    assert samples[series("session_ends_total", reason="network_error")] == 0
    assert samples["amplifier_voice_exporter_repeated_session_ends_total"] == 1
    assert exporter.get_json("/metrics/sessions")["end_reasons"]["user_ended"] == 1


def test_the_limit_of_a_session_is_named_as_such(exporter):
    exporter.record(
        raw(0, created(expires_in=2)), {"type": "session.ended", "session_id": "call", "reason": "network_error"})
    assert exporter.get_json("/metrics/sessions")["end_reasons"]["expired"] == 1


def test_usage_without_a_price_is_counted_and_leaves_no_cost_of_0(exporter):
    exporter.record(
        raw(0, created(model="gpt-next")),
        raw(1, {"type": "response.done", "response": {
            "id": "r", "status": "completed", "usage": {"output_token_details": {"audio_tokens": 5}}}}))
    samples = exporter.samples()
    assert samples[series("unpriced_usage_total", reason="no_price")] == 1
    assert series("cost_dollars_total", use="response") not in samples
    assert samples[series("sessions_by_model", model="other")] == 1
    usage = exporter.get_json("/metrics/sessions")["usage"]
    assert (usage["cost_total_usd"], usage["unpriced_count"]) == (None, 1)


def test_requested_started_and_finished_are_apart_and_the_wait_is_not_in_the_run(exporter):
    call = {"call_id": "c", "tool_name": "bash", "session_id": "one"}
    exporter.record(
        {"type": "tool.requested", **call}, {"type": "tool.started", "queue_wait_ms": 1500, **call},
        {"type": "tool.finished", "success": False, "duration_ms": 20, "outcome": "timeout", **call})
    samples = exporter.samples()
    assert histogram(samples, "tool_queue_wait_seconds") == (1, 1.5)
    assert histogram(samples, "tool_call_duration_seconds", tool="bash") == (1, 0.02)
    assert samples[series("tool_call_outcomes_total", outcome="timeout")] == 1
    tools = exporter.get_json("/metrics/tools")
    assert tools["queue_wait"] == {"count": 1, "avg_ms": 1500, "p50_ms": 1500, "p95_ms": 1500}
    assert (tools["recent_calls"][0]["outcome"], tools["recent_calls"][0]["queue_wait_ms"]) == ("timeout", 1500)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "something.new", "deep": [{"deeper": [1, None, "x"]}]},
        {"type": "input_audio_buffer.speech_started", "item_id": None},
        {"type": "response.done", "response": {"id": "r", "usage": {"input_tokens": -1}, "output": [3, {}, None]}},
        {"type": "error", "error": {"message": 'x"} 1\namplifier_voice_forged 1\n'}},
        {"type": "rate_limits.updated", "rate_limits": [{"name": "tokens", "limit": "many"}, 7]},
        {},
    ],
    ids=["unknown", "no id", "odd fields", "hostile text", "odd limits", "nothing"],
)
def test_whatever_a_raw_event_holds_is_taken_and_harms_nothing(exporter, event):
    exporter.record(raw(0, event))
    assert "forged" not in exporter.exposition()
    exporter.get_json("/metrics/summary")
    assert exporter.sample("amplifier_voice_sessions_started_total") == 1


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"event": None}, "event"), ({"event": "response.done"}, "event"), ({"source": "phone"}, "source"),
        ({"received_ms": "soon"}, "received_ms"), ({"session_id": None}, "session_id"),
    ],
)
def test_what_surrounds_a_raw_event_is_checked(exporter, changes, field):
    answer = exporter.post({**raw(0, {"type": "response.created", "response": {"id": "r"}}), **changes})
    assert (answer.status, answer.json["rejected"][0]["field"]) == (400, field)
