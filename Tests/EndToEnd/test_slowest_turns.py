"""`GET /metrics/latency/slowest`: the slowest turns of the last hour with their marks, and nothing of what was said."""

from spec_fields import is_time

SECRET = "the-launch-code"


def marks(session, turn, **offsets):
    return [
        {"type": "turn.mark", "session_id": session, "turn_id": turn, "mark": mark, "offset_ms": offset}
        for mark, offset in offsets.items()
    ]


def turn_of(milliseconds, name):
    return marks("one", name, speech_end_detected=0, response_complete=milliseconds)


def slowest(exporter):
    return exporter.get_json("/metrics/latency/slowest")["turns"]


def test_without_turns_the_list_is_empty(exporter):
    assert exporter.get_json("/metrics/latency/slowest") == {"turns": []}


def test_the_slowest_come_first(exporter):
    for name, milliseconds in {"b": 1500, "d": 90, "a": 9000, "c": 1499.5}.items():
        exporter.record(*turn_of(milliseconds, name))
    assert [(turn["turn_id"], turn["turn_ms"]) for turn in slowest(exporter)] == [
        ("a", 9000), ("b", 1500), ("c", 1499.5), ("d", 90)]


def test_a_turn_is_told_with_its_latencies_and_its_marks_from_the_end_of_speech(exporter):
    exporter.record(*marks(
        "one", "t", llm_first_token=900, speech_end_detected=1000, tool_call_started=1100, tool_call_complete=1300,
        audio_playback_start=1350, response_complete=2500))
    turn, = slowest(exporter)
    assert is_time(turn.pop("at"))
    assert turn == {
        "session_id": "one",
        "turn_id": "t",
        "ttfa_ms": 350,
        "turn_ms": 1500,
        "marks": [
            {"mark": "llm_first_token", "ms": -100},
            {"mark": "speech_end_detected", "ms": 0},
            {"mark": "tool_call_started", "ms": 100},
            {"mark": "tool_call_complete", "ms": 300},
            {"mark": "audio_playback_start", "ms": 350},
            {"mark": "response_complete", "ms": 1500},
        ],
    }


def test_a_turn_that_was_told_as_a_latency_has_no_marks(exporter):
    exporter.record({"type": "latency.sample", "metric": "ttfa", "value_ms": 350, "turn_id": "t"})
    turn, = slowest(exporter)
    assert (turn["session_id"], turn["turn_id"], turn["ttfa_ms"], turn["turn_ms"], turn["marks"]) == (
        None, "t", 350, None, [])


def test_a_mark_without_the_end_of_speech_has_no_time(exporter):
    exporter.record(
        {"type": "latency.sample", "metric": "turn", "value_ms": 1500, "session_id": "one", "turn_id": "t"},
        *marks("one", "t", llm_first_token=900))
    assert slowest(exporter)[0]["marks"] == [{"mark": "llm_first_token", "ms": None}]


def test_a_turn_without_a_latency_is_none(exporter):
    exporter.record(*marks("one", "t", speech_end_detected=0, llm_first_token=900))
    exporter.record({"type": "latency.sample", "metric": "sdp_exchange", "value_ms": 99_000, "turn_id": "t"})
    exporter.record({"type": "latency.sample", "metric": "ttfa", "value_ms": 99_000})
    assert slowest(exporter) == []


def test_a_turn_is_listed_once_however_often_it_is_heard_of(exporter):
    exporter.record(*turn_of(1500, "t"), *marks("one", "t", audio_playback_start=350, tts_first_byte=300))
    turn, = slowest(exporter)
    assert (turn["ttfa_ms"], turn["turn_ms"], len(turn["marks"])) == (350, 1500, 4)


def test_turns_of_two_sessions_are_two(exporter):
    for session in ["one", "two"]:
        exporter.record(*marks(session, "t", speech_end_detected=0, response_complete=1500))
    assert sorted(turn["session_id"] for turn in slowest(exporter)) == ["one", "two"]


def test_a_turn_stays_after_the_end_of_its_session(exporter):
    exporter.record(*turn_of(1500, "t"), {"type": "session.ended", "session_id": "one"})
    assert [turn["turn_id"] for turn in slowest(exporter)] == ["t"]


def test_nothing_of_what_was_said_is_told(exporter):
    exporter.record(
        *turn_of(1500, "t"),
        {
            "type": "tool.finished", "call_id": "c1", "tool_name": "task", "session_id": "one", "success": False,
            "duration_ms": 1, "error": SECRET, "agent_name": "bug-hunter", "instruction_preview": SECRET,
            "turn_id": "t",
        },
        {
            "type": "error", "category": "session", "code": SECRET, "message": SECRET, "session_id": "one",
            "stack_trace": SECRET, "request_context": {SECRET: SECRET}, "turn_id": "t",
        },
        {
            "type": "task.started", "task_id": "t1", "agent_name": "bug-hunter", "session_id": "one",
            "instruction_preview": SECRET,
        },
        {**turn_of(0, "t")[0], "mark": "tts_first_byte", "transcript": SECRET})
    for path in ["/metrics/latency/slowest", "/metrics/latency", "/metrics"]:
        assert SECRET not in exporter.request("GET", path).body.decode()
