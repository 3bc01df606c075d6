"""The random logs reach the rules they are meant to reach, and the reference keeps its own promises on them."""

import json
from collections import Counter

import pytest

from .compare import Differences, check_properties
from .logs import PROFILES, random_log
from .monitor import Monitor, replay
from .render import render

SEEDS = range(len(PROFILES) * 2)


def test_a_seed_gives_the_same_log_every_time():
    assert json.dumps(random_log(5)) == json.dumps(random_log(5))
    assert json.dumps(random_log(5)) != json.dumps(random_log(5 + len(PROFILES)))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_of_the_reference_is_negative_or_not_a_number(seed):
    differences = Differences()
    for snapshot in replay(random_log(seed)):
        rendered = render(snapshot)
        json.dumps(rendered, allow_nan=False)
        check_properties("summary", rendered["summary"], differences)
        assert min(snapshot.exposition.values.values()) >= 0
    assert differences == []


def test_the_logs_reach_every_rule():
    reached = Counter()
    for seed in range(len(PROFILES) * 4):
        commands = random_log(seed)
        monitor = Monitor(commands[0]["start"])
        for command in commands[1:]:
            reached["jump"] += "jump_wall_ns" in command
            snapshot = monitor.run(command)
            if snapshot is None:
                continue
            summary = snapshot.json["summary"]
            reached.update(snapshot.json["outcomes"])
            for slug in ("latency", "errors", "audio", "amplifier"):
                for name, number in summary[slug]["status"].items():
                    reached.update(f"{name} {status}" for status in number["status"])
            reached.update(f"whole {status}" for status in snapshot.json["health"]["status"])
            reached.update(f"quality {summary['audio']['quality_rating']}" for _ in "x")
            reached["today differs"] += summary["sessions"]["total_today"] < len(monitor.state.sessions.opened)
            reached["other tool"] += "other" in summary["tools"]["by_tool"]
            reached["more than 20 calls"] += len(monitor.state.tools.finished) > 20
            reached["more than 50 errors"] += len(monitor.state.errors.errors) > 50
        state = monitor.state
        reached["lost"] += sum(ended.lost for ended in state.sessions.ended)
        reached["failed"] += sum(ended.failed for ended in state.sessions.ended)
        reached["no duration"] += sum(ended.duration_ms is None for ended in state.sessions.ended)
        reached["late"] += state.late_session_events
        reached["ends"] += state.repeated_session_ends
        reached["replaced"] += state.replaced_event_times
        reached["other agent"] += state.amplifier.agent_names.overflowed
        reached["task without duration"] += sum(task.duration_ms is None for task in state.amplifier.finished)
        reached["derived ttfa"] += len(state.latency.samples["ttfa"])
        reached["g107"] += len(state.audio.readings["mos_g107"])
        reached["underruns"] += sum(count for _, count in state.audio.underruns)

    expected = {"accepted", "duplicate", "rejected", "jump", "lost", "failed", "no duration", "late", "ends"}
    expected |= {"replaced", "today differs", "other tool", "other agent", "more than 20 calls", "more than 50 errors"}
    expected |= {"task without duration", "derived ttfa", "g107", "underruns"}
    expected |= {f"whole {status}" for status in ("healthy", "degraded", "unhealthy")}
    expected |= {f"quality {rating}" for rating in ("good", "fair", "poor", "None")}
    for name in ("ttfa_p50", "ttfa_p95", "ttfa_p99", "turn_p50", "turn_p95", "turn_p99", "session_failure_rate"):
        expected |= {f"{name} unknown", f"{name} critical"}
    for name in ("ttfa_p50", "turn_p50", "packet_loss_pct", "jitter_ms", "rtt_ms", "mos_score", "queue_depth"):
        expected |= {f"{name} unknown", f"{name} ok", f"{name} warning"}
    expected |= {f"total_errors_per_minute {status}" for status in ("ok", "warning")}
    assert {rule for rule in expected if not reached[rule]} == set()
