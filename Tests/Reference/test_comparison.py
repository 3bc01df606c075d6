"""The comparison finds nothing where nothing differs, and every kind of difference where something does."""

import copy
import json
import stat
import sys

import pytest

from .logs import DENSE, LogWriter, Profile, random_log
from .monitor import replay
from .render import render
from .replay import disagreements, run_program

LOG = LogWriter(1, Profile("a little of everything", 800, DENSE, {"task": 40, "audio_event": 30})).write()


def rendered(commands):
    return json.loads(json.dumps([render(snapshot) for snapshot in replay(commands)], allow_nan=False))


@pytest.mark.parametrize("seed", range(8))
def test_the_reference_agrees_with_itself(seed):
    commands = random_log(seed)
    assert disagreements(commands, rendered(commands)) == []


def at(value, path):
    for step in path:
        value = value[step]
    return value


CHANGES = [
    (("summary", "tools", "total_calls"), lambda value: value + 1),
    (("summary", "tools", "calls_per_minute"), lambda value: value + 0.2),
    (("summary", "tools", "recent_calls"), lambda value: value[::-1]),
    (("summary", "tools", "by_tool"), lambda value: {**value, "ghost": {}}),
    (("summary", "tools", "recent_calls", 0, "error"), lambda value: f"not {value}"),
    (("summary", "tools", "p95_duration_ms"), lambda value: value * 1.03),
    (("summary", "amplifier", "success_rate"), lambda value: value * 1.0001),
    (("summary", "amplifier", "active_tasks"), lambda value: value[::-1]),
    (("summary", "latency", "ttfa", "window_start"), lambda value: value.replace("0", "1", 1)),
    (("summary", "latency", "turn_trend"), lambda value: value[1:]),
    (("summary", "errors", "by_category", "audio", "status"), lambda value: "unknown"),
    (("summary", "errors", "recent_errors", 0, "timestamp"), lambda value: value.replace("Z", "+00:00")),
    (("summary", "sessions", "active_count"), lambda value: -1),
    (("stream", "audio", "jitter_ms"), lambda value: None),
    (("health", "status"), lambda value: "fine"),
    (("health", "sections", "errors", "reasons"), lambda value: value + ["another"]),
    (("slowest",), lambda value: [{"duration_ms": -4}]),
    (("outcomes",), lambda value: value[1:]),
    (("outcomes", 3), lambda value: "rejected"),
    (("metrics",), lambda value: value.replace("sessions_started_total{} ", "sessions_started_total{} 1")),
    (("metrics",), lambda value: value.replace('errors_total{category="audio",code="codec_error"}', "ghost_total")),
    (("metrics",), lambda value: value + 'amplifier_voice_tool_calls_total{tool="ghost"} 2\n'),
    (("metrics",), lambda value: value + "amplifier_voice_anything NaN\n"),
]


@pytest.mark.parametrize("path, change", CHANGES, ids=[".".join(map(str, path)) for path, _ in CHANGES])
def test_a_changed_value_is_found(path, change):
    shown = rendered(LOG)
    holder = at(shown[-1], path[:-1])
    before = copy.deepcopy(holder[path[-1]])
    holder[path[-1]] = change(before)
    assert holder[path[-1]] != before
    assert disagreements(LOG, shown)


def test_a_missing_key_is_found():
    shown = rendered(LOG)
    del shown[-1]["summary"]["sessions"]["peak_concurrent_24h"]
    assert ["no such key" in each.text for each in disagreements(LOG, shown)] == [True]


def test_a_missing_snapshot_is_found():
    assert disagreements(LOG, rendered(LOG)[:-1])


def test_a_program_is_fed_commands_and_its_answers_are_read(tmp_path):
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfor line in sys.stdin:\n    if 'snapshot' in line: print('{{\"a\": 1}}')\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert run_program(str(program), [{"start": {}}, {"snapshot": True}, {"advance_ns": 1}]) == [{"a": 1}]
