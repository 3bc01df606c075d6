"""Whatever senders say, texts, names and lists stay within their bounds."""

import json

import pytest

from stream import StreamClient

FINISHED = {"type": "tool.finished", "call_id": "c1", "tool_name": "bash", "success": True, "duration_ms": 1}
BEGUN = {"type": "task.started", "task_id": "t1", "agent_name": "bug-hunter"}
ERROR = {"type": "error", "category": "audio", "code": "codec_error", "message": "It crackles."}
PROGRESS = {"type": "task.progress", "task_id": "t1"}
AUDIO = {"type": "audio.stats", "session_id": "one"}

CALL = ("tools", "recent_calls", 0)
TASK = ("amplifier", "active_tasks", 0)
RECORD = ("errors", "recent_errors", 0)

PREVIEW_LENGTH = 100
NAME_LENGTH = 256
MESSAGE_SIZE = 8192

BY_LENGTH = {"ids": lambda text: f"{len(text)} of {ascii(text[:2])}"}


def shown(exporter, path, field):
    value = exporter.get_json("/metrics/summary")
    for step in [*path, field]:
        value = value[step]
    return value


@pytest.mark.parametrize(
    "before, event, after, path",
    [
        ([], FINISHED, [], CALL),
        ([], {**FINISHED, "type": "tool.started"}, [FINISHED], CALL),
        ([], BEGUN, [], TASK),
        ([], {**BEGUN, "type": "task.agent_spawned"}, [], TASK),
        ([], {**BEGUN, "type": "task.queued"}, [BEGUN], TASK),
        ([PROGRESS], BEGUN, [], TASK),
    ],
    ids=["tool.finished", "tool.started", "task.started", "task.agent_spawned", "task.queued", "late task.started"],
)
@pytest.mark.parametrize("text", ["x" * 100, "x" * 101, "é" * 5000, "🎙" * 101, "e" + "\u0301" * 5000], **BY_LENGTH)
def test_a_preview_is_cut_at_100_characters(exporter, before, event, after, path, text):
    exporter.record(*before, {**event, "instruction_preview": text}, *after)
    # As SPEC's `instruction[:100]` counts them, whatever a reader would call one.
    assert shown(exporter, path, "instruction_preview") == text[:PREVIEW_LENGTH]


@pytest.mark.parametrize(
    "event, field, path",
    [
        (FINISHED, "tool_name", CALL),
        (FINISHED, "agent_name", CALL),
        (BEGUN, "agent_name", TASK),
        (PROGRESS, "current_step", TASK),
        (ERROR, "code", RECORD),
        (AUDIO, "codec", ("audio",)),
    ],
    ids=["tool.finished tool", "tool.finished agent", "task.started agent", "step", "code", "codec"],
)
@pytest.mark.parametrize("text", ["x" * 256, "x" * 257, "🎙" * 5000, "e" + "\u0301" * 5000], **BY_LENGTH)
def test_a_name_is_cut_at_256_characters(exporter, event, field, path, text):
    exporter.record({**event, field: text})
    assert shown(exporter, path, field) == text[:NAME_LENGTH]


@pytest.mark.parametrize(
    "event, field, path",
    [(ERROR, "message", RECORD), (ERROR, "stack_trace", RECORD), (FINISHED, "error", CALL)],
    ids=["message", "stack trace", "error of a call"],
)
@pytest.mark.parametrize("text", ["x" * 8192, "x" * 8193, "é" * 5000, "x" + "🎙" * 5000, "x" * 500_000], **BY_LENGTH)
def test_a_message_is_cut_at_8_kilobytes_and_at_no_half_of_a_character(exporter, event, field, path, text):
    exporter.record({**event, field: text})
    assert shown(exporter, path, field) == text.encode()[:MESSAGE_SIZE].decode(errors="ignore")


def test_a_context_of_an_error_that_is_too_large_is_refused(exporter):
    for context in [{str(number): number for number in range(10_000)}, json.loads('{"a":' * 50 + "1" + "}" * 50)]:
        answer = exporter.post({**ERROR, "request_context": context})
        assert (answer.status, answer.json["rejected"][0]["field"]) == (400, "request_context")
    assert exporter.get_json("/metrics/errors")["total_errors"] == 0


def test_the_last_20_calls_are_told_the_newest_first(exporter):
    exporter.record(*[{**FINISHED, "call_id": f"c{number}"} for number in range(25)])
    expected = [f"c{number}" for number in range(24, 4, -1)]
    assert [call["call_id"] for call in exporter.get_json("/metrics/tools")["recent_calls"]] == expected
    assert [call["call_id"] for call in streamed(exporter)["tools_recent"]] == expected
    assert exporter.get_json("/metrics/tools")["total_calls"] == 25


def test_the_last_50_errors_are_told_the_newest_first(exporter):
    exporter.record(*[{**ERROR, "id": f"e{number}"} for number in range(60)])
    expected = [f"e{number}" for number in range(59, 9, -1)]
    assert [error["error_id"] for error in exporter.get_json("/metrics/errors")["recent_errors"]] == expected
    assert [error["error_id"] for error in streamed(exporter)["errors_recent"]] == expected
    assert exporter.get_json("/metrics/errors")["total_errors"] == 60


def test_the_100_tasks_that_run_longest_are_told_the_longest_first(exporter):
    for number in range(110):
        exporter.record({**BEGUN, "task_id": f"t{number}"})
    amplifier = exporter.get_json("/metrics/amplifier")
    assert amplifier["active_count"] == 110
    expected = [f"t{number}" for number in range(100)]
    assert [task["task_id"] for task in amplifier["active_tasks"]] == expected
    assert [task["task_id"] for task in streamed(exporter)["tasks_active"]] == expected


def test_the_audio_of_the_100_sessions_that_reported_last_is_told(exporter):
    exporter.record(*[{**AUDIO, "session_id": f"s{number}", "jitter_ms": 20} for number in range(110)])
    exporter.record({**AUDIO, "session_id": "s0", "jitter_ms": 20})
    expected = {"s0", *[f"s{number}" for number in range(11, 110)]}
    assert exporter.get_json("/metrics/audio")["avg_by_session"].keys() == expected


def test_errors_without_an_id_are_told_under_ids_that_differ(exporter):
    exporter.record(ERROR, ERROR, {**ERROR, "id": "own"})
    ids = [error["error_id"] for error in exporter.get_json("/metrics/errors")["recent_errors"]]
    assert ids[0] == "own"
    assert len(set(ids)) == 3


def streamed(exporter):
    with StreamClient(exporter) as client:
        lines, _ = client.message()
    return json.loads(lines[0].removeprefix("data: "))
