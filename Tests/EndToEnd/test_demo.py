"""`--demo`: within moments every number of every section is there, with a past, and moves on."""

import re
import time
from datetime import datetime
from types import SimpleNamespace

import pytest

from exporter import Exporter, families
from openapi import check_answer, operations
from spec_fields import FIELDS, fields
from waiting import wait_until

# What an operator waits for at most before the page is alive.
ALIVE = 5

# What is null in life too: most things have no error, agent or progress, and a call that has just begun no audio.
OPTIONAL = re.compile("|".join([
    r"tools\.by_tool\.(bash|grep|read_file)\.agents_delegated",
    r"tools\.recent_calls\.\d+\.(error|agent_name|instruction_preview)",
    r"errors\.recent_errors\.\d+\.(session_id|stack_trace|request_context)",
    r"amplifier\.active_tasks\.\d+\.(progress_pct|current_step)",
    r"audio\.avg_by_session\.[-0-9a-f]+\.(duration_ms|avg_\w+)",
    # The slot that has just begun.
    r"latency\.(ttfa|turn)_trend\.11\.\w+",
]))

# A slot of the trends that is younger may be empty yet.
SETTLED = 240

# What can be nothing at one moment.
OF_NOW = {
    "amplifier_voice_task_queue_depth", "amplifier_voice_tasks_active", "amplifier_voice_tool_calls_in_progress",
}

# Every simulated model has a price, and no simulated call has the client modules.
NEVER = {f"amplifier_voice_{name}" for name in [
    "unpriced_usage", "audio_uplink_jitter_seconds", "audio_uplink_packet_loss_ratio", "sideband_lag_seconds",
]}


@pytest.fixture(scope="module")
def demo():
    begin = time.monotonic()
    with Exporter("--demo") as exporter:
        summary = exporter.get_json("/metrics/summary")
        yield SimpleNamespace(exporter=exporter, summary=summary, took=time.monotonic() - begin)


def age(point, start, end):
    return (datetime.fromisoformat(point[end]) - datetime.fromisoformat(point[start])).total_seconds()


def test_the_demo_is_alive_in_time(demo):
    assert demo.took < ALIVE


def test_every_number_of_every_section_is_there(demo):
    found = list(fields(demo.summary))
    assert [path for path, _, value in found if value is None and not OPTIONAL.fullmatch(path)] == []
    # A task may be between two others.
    assert FIELDS.keys() - {dataclass for _, dataclass, _ in found} <= {"ActiveTask"}


@pytest.mark.parametrize(
    "section, trend, count, start, end",
    [
        ("latency", "ttfa_trend", "count", "window_start", "window_end"),
        ("latency", "turn_trend", "count", "window_start", "window_end"),
        ("errors", "error_trend", "total", "start", "end"),
    ],
)
def test_the_trends_have_a_past(demo, section, trend, count, start, end):
    points = demo.summary[section][trend]
    assert len(points) == 12
    settled = [point for point in points if age(point, start, end) > SETTLED]
    assert len(settled) >= 11
    assert min(point[count] for point in settled) > 0


def test_every_percentile_has_samples_enough_to_be_judged(demo):
    judged = [
        (f"{section}.{number}", status)
        for section in ["latency", "errors", "audio", "amplifier"]
        for number, status in demo.summary[section]["status"].items()]
    assert len(judged) > 15
    assert [number for number, status in judged if status["status"] == "unknown"] == []
    assert [number for number, status in judged if status["samples"] < status["minimum_samples"]] == []


def test_the_figures_are_those_of_life(demo):
    sessions, tools, amplifier = (demo.summary[section] for section in ["sessions", "tools", "amplifier"])
    assert 1 <= sessions["active_count"]
    # A session that vanishes counts until its lease runs out.
    assert sessions["active_count"] <= sessions["peak_concurrent_24h"] <= 12
    assert sessions["duration_count"] > 50
    assert tools["by_tool"].keys() == {"task", "read_file", "bash", "grep"}
    assert len(tools["recent_calls"]) == 20
    assert len(demo.summary["errors"]["recent_errors"]) == 50
    assert amplifier["by_agent"].keys() == {"modular-builder", "bug-hunter", "zen-architect", "security-guardian"}
    assert 0.8 < tools["success_rate"] < 1
    assert 0.8 < amplifier["success_rate"] < 1


def test_every_family_of_the_exposition_shows_something(demo):
    shown = families(demo.exporter.exposition())
    nothing = {family.name for family in shown if not any(sample.value for sample in family.samples)}
    own = ("amplifier_voice_exporter_", "swift_metrics_")
    assert {name for name in nothing - OF_NOW if not name.startswith(own)} == (
        NEVER & {family.name for family in shown})


def test_the_turns_and_the_sessions_can_be_looked_into(demo):
    assert len(demo.exporter.get_json("/metrics/latency/slowest")["turns"]) == 20
    stories = [
        demo.exporter.request("GET", f"/metrics/sessions/{session}")
        for session in demo.summary["audio"]["avg_by_session"]]
    told = [story.json for story in stories if story.status == 200]
    assert len(told) > 0
    assert any(story["turns"] for story in told)


@pytest.mark.parametrize("path", [
    path for path, method, operation in operations()
    if method == "get" and "sections" in operation["tags"] and "{" not in path])
def test_the_answers_are_as_described(demo, path):
    check_answer(demo.exporter.request("GET", path), path)


def test_the_demo_moves_on(demo):
    def moving():
        values = demo.exporter.samples()
        names = ["vad_activations_total", "time_to_first_audio_seconds_count", "audio_packets_received_total"]
        return [values[f"amplifier_voice_{name}"] for name in names]

    before = moving()
    wait_until(lambda: all(now > then for now, then in zip(moving(), before)), "turns and audio", timeout=30)


def test_the_demo_takes_events_beside_its_own(demo):
    demo.exporter.record({"type": "session.started", "session_id": "guest"})
    assert demo.exporter.get_json("/metrics/sessions/guest")["state"] == "active"


def test_two_demos_have_the_same_past():
    def past():
        with Exporter("--demo") as exporter:
            slowest = exporter.get_json("/metrics/latency/slowest")["turns"]
        return [(turn["turn_id"], turn["ttfa_ms"], turn["turn_ms"]) for turn in slowest]

    # Moments apart, so that the oldest and the newest may differ.
    assert len(set(past()) & set(past())) > 15


@pytest.mark.parametrize("settings", [{"AMPLIFIER_VOICE_EXPORTER_DEMO": "true"}])
def test_the_environment_can_ask_for_the_demo(settings):
    with Exporter(settings=settings) as exporter:
        assert exporter.get_json("/metrics/tools")["total_calls"] > 0


def test_without_the_demo_nothing_is_there(exporter):
    assert exporter.get_json("/metrics/tools")["total_calls"] == 0
