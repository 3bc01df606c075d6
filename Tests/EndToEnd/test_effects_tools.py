"""One event about a tool call moves the numbers it is about, and nothing else."""

from unittest.mock import ANY

import pytest

from effects import GONE, Effects
from expectations import (
    CONNECTING, IDLE, NEW_ACTIVE_SESSION, NEW_SESSION, ago, check, check_duplicate, connected, durations, moved,
    observed, opened, percentiles, series, shown, under, unobserved)
from ingest import STARTED

CALL = {"type": "tool.started", "call_id": "c1", "tool_name": "bash"}
CALL_OF_ONE = {**CALL, "session_id": "one"}
RETURN = {"type": "tool.finished", "call_id": "c1", "tool_name": "bash", "success": True, "duration_ms": 2500}
FAILURE = {**RETURN, "success": False, "error": "It broke."}
TASK_CALL = {**CALL, "tool_name": "task"}
DELEGATION = {**TASK_CALL, "agent_name": "bug-hunter", "instruction_preview": "Find the bug."}
TASK_RETURN = {**RETURN, "tool_name": "task"}

BOUNDS = "0.05 0.1 0.25 0.5 1.0 2.0 3.0 5.0 7.5 10.0 20.0 30.0 60.0 +Inf"
BOUNDS_FROM_2500 = "3.0 5.0 7.5 10.0 20.0 30.0 60.0 +Inf"

NO_DELEGATION = {"agents_delegated": None}
TO_BUG_HUNTER = {"agents_delegated.bug-hunter": 1}
TOLD_BUG_HUNTER = {"tools.agents_delegated.bug-hunter": 1}

RUNNING = {"tools.in_progress": 1}
OVER = {"tools.in_progress": 0}


def called(tool, delegations=NO_DELEGATION):
    """The effects of the first call."""
    return {
        **under("tools", {"total_calls": 1, "calls_last_hour": 1, "calls_per_minute": 0.2}),
        **under(f"tools.by_tool.{tool}", {
            "tool_name": tool,
            "call_count": 1,
            "call_count_last_hour": 1,
            "success_count": 0,
            "failure_count": 0,
            "avg_duration_ms": None,
            "last_called": ANY,
            **delegations,
        }),
    }


def called_series(tool):
    return {series("tool_calls_total", tool=tool): 1, series("tool_last_call_timestamp_seconds", tool=tool): ANY}


def in_progress(tool, count):
    return {series("tool_calls_in_progress", tool=tool): count}


def finished(tool, **record):
    """The effects of the first end of a call, which lasted 2.5 s, whichever way it ended."""
    return {
        **durations("tools", 2500),
        f"tools.by_tool.{tool}.avg_duration_ms": 2500,
        **percentiles("tool_execution", 2500),
        **under("tools.recent_calls.0", {
            "call_id": "c1",
            "tool_name": tool,
            "session_id": None,
            "started_at": ANY,
            "duration_ms": 2500,
            "success": True,
            "error": None,
            "outcome": "success",
            "queue_wait_ms": None,
            "agent_name": None,
            "instruction_preview": None,
            **record,
        }),
    }


def succeeded(tool, **record):
    outcome = {
        "tools.success_count": 1, "tools.success_rate": 1, f"tools.by_tool.{tool}.success_count": 1,
        "tools.outcomes_last_hour.success": 1,
    }
    return {**finished(tool, **record), **outcome}


def failed(tool, **record):
    outcome = {
        "tools.failure_count": 1, "tools.success_rate": 0, f"tools.by_tool.{tool}.failure_count": 1,
        "tools.outcomes_last_hour.failed": 1,
    }
    return {**finished(tool, success=False, outcome="failed", **record), **outcome}


def finished_series(tool, outcome="success"):
    return {
        **observed("tool_call_duration_seconds", 2.5, BOUNDS_FROM_2500, tool=tool),
        series("tool_call_outcomes_total", outcome=outcome): 1,
    }


def failed_series(tool):
    return {**finished_series(tool, "failed"), series("tool_call_failures_total", tool=tool): 1}


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param(
            [STARTED], CALL,
            {**called("bash"), **RUNNING}, {**called_series("bash"), **in_progress("bash", 1)},
            id="a call of no session"),
        pytest.param(
            [], CALL_OF_ONE,
            {**NEW_SESSION, **connected("tool_executing"), **called("bash"), **RUNNING},
            {**opened("tool_executing"), **called_series("bash"), **in_progress("bash", 1)},
            id="a call of an unknown session opens it"),
        pytest.param(
            [STARTED], CALL_OF_ONE,
            {"sessions.by_state.active": 0, "sessions.by_state.tool_executing": 1, **called("bash"), **RUNNING},
            {**moved("active", "tool_executing"), **called_series("bash"), **in_progress("bash", 1)},
            id="a call of an active session moves its state"),
        pytest.param(
            [CONNECTING], CALL_OF_ONE,
            {"sessions.connecting_count": 0, **connected("tool_executing"), **called("bash"), **RUNNING},
            {**moved("connecting", "tool_executing"), **called_series("bash"), **in_progress("bash", 1)},
            id="a call of a connecting session connects it"),
        pytest.param(
            [IDLE], CALL_OF_ONE,
            {**called("bash"), **RUNNING}, {**called_series("bash"), **in_progress("bash", 1)},
            id="a call of a session whose state is reported leaves its state"),
        pytest.param(
            [STARTED, CALL_OF_ONE], {**TASK_CALL, "call_id": "c2", "session_id": "one"},
            {
                **called("task"),
                "tools.total_calls": 2,
                "tools.calls_last_hour": 2,
                "tools.calls_per_minute": 0.4,
                "tools.in_progress": 2,
            },
            {**called_series("task"), **in_progress("task", 1)},
            id="a second call of a session"),
        pytest.param(
            [], DELEGATION,
            {**called("task", TO_BUG_HUNTER), **TOLD_BUG_HUNTER, **RUNNING}, {**called_series("task"), **in_progress("task", 1)},
            id="a call that delegates to an agent spawns none"),
        pytest.param(
            [], {**CALL, "tool_name": "weather"},
            {**called("weather"), **RUNNING},
            {
                **called_series("weather"),
                **in_progress("weather", 1),
                series("tool_call_failures_total", tool="weather"): 0,
                **unobserved("tool_call_duration_seconds", BOUNDS, tool="weather"),
            },
            id="a call of a tool that SPEC does not name brings series of its own"),
    ],
)
def test_the_start_of_a_call_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param(
            [CALL], RETURN,
            {**OVER, **succeeded("bash")}, {**in_progress("bash", 0), **finished_series("bash")},
            id="a success"),
        pytest.param(
            [CALL], FAILURE,
            {**OVER, **failed("bash", error="It broke.")}, {**in_progress("bash", 0), **failed_series("bash")},
            id="a failure is no error of the errors section"),
        pytest.param(
            [], RETURN,
            {**called("bash"), **succeeded("bash")}, {**called_series("bash"), **finished_series("bash")},
            id="a success without a start counts the call"),
        pytest.param(
            [], FAILURE,
            {**called("bash"), **failed("bash", error="It broke.")},
            {**called_series("bash"), **failed_series("bash")},
            id="a failure without a start counts the call"),
        pytest.param(
            [], {**RETURN, "session_id": "one"},
            {**NEW_ACTIVE_SESSION, **called("bash"), **succeeded("bash", session_id="one")},
            {**opened("active"), **called_series("bash"), **finished_series("bash")},
            id="a success without a start opens its session"),
        pytest.param(
            [STARTED, CALL_OF_ONE], RETURN,
            {
                "sessions.by_state.tool_executing": 0,
                "sessions.by_state.active": 1,
                **OVER,
                **succeeded("bash", session_id="one"),
            },
            {**moved("tool_executing", "active"), **in_progress("bash", 0), **finished_series("bash")},
            id="the end of a session's only call moves its state"),
        pytest.param(
            [STARTED, CALL_OF_ONE, {**CALL_OF_ONE, "call_id": "c2"}], RETURN,
            {"tools.in_progress": 1, **succeeded("bash", session_id="one")},
            {**in_progress("bash", 1), **finished_series("bash")},
            id="the end of one of a session's two calls leaves its state"),
        pytest.param(
            [IDLE, CALL_OF_ONE], RETURN,
            {**OVER, **succeeded("bash", session_id="one")}, {**in_progress("bash", 0), **finished_series("bash")},
            id="the end of a call of a session whose state is reported leaves its state"),
        pytest.param(
            [DELEGATION], TASK_RETURN,
            {**OVER, **succeeded("task", agent_name="bug-hunter", instruction_preview="Find the bug.")},
            {**in_progress("task", 0), **finished_series("task")},
            id="the start names the agent"),
        pytest.param(
            [DELEGATION], {**TASK_RETURN, "agent_name": "zen-architect"},
            {**OVER, **succeeded("task", agent_name="bug-hunter", instruction_preview="Find the bug.")},
            {**in_progress("task", 0), **finished_series("task")},
            id="the agent that the start names wins"),
        pytest.param(
            [TASK_CALL], {**TASK_RETURN, "agent_name": "bug-hunter"},
            {
                **OVER,
                **under("tools.by_tool.task", {"agents_delegated": GONE, **TO_BUG_HUNTER}),
                **TOLD_BUG_HUNTER,
                **succeeded("task", agent_name="bug-hunter"),
            },
            {**in_progress("task", 0), **finished_series("task")},
            id="the end names the agent where the start did not"),
        pytest.param(
            [], {**TASK_RETURN, "agent_name": "bug-hunter"},
            {**called("task", TO_BUG_HUNTER), **TOLD_BUG_HUNTER, **succeeded("task", agent_name="bug-hunter")},
            {**called_series("task"), **finished_series("task")},
            id="the end names the agent where there was no start"),
        pytest.param(
            [CALL], {**RETURN, "tool_name": "grep"},
            {**OVER, **succeeded("bash")}, {**in_progress("bash", 0), **finished_series("bash")},
            id="the tool that the start names wins"),
    ],
)
def test_the_end_of_a_call_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


@pytest.mark.parametrize(
    "before, event",
    [
        pytest.param([CALL], CALL, id="a start again"),
        pytest.param([STARTED, CALL], CALL_OF_ONE, id="a start again, of a session"),
        pytest.param([CALL, RETURN], CALL, id="a start after the end"),
        pytest.param([RETURN], CALL, id="a start after an end without one"),
        pytest.param([CALL, RETURN], FAILURE, id="an end again"),
        pytest.param([RETURN], FAILURE, id="an end again, without a start"),
    ],
)
def test_a_repeated_start_or_end_of_a_call_is_a_duplicate(exporter, before, event):
    check_duplicate(exporter, before, event)


def test_a_call_that_was_told_to_have_started_is_shown_with_that_start(exporter):
    start = ago(30)
    exporter.record({**CALL, "at": start.isoformat()})
    effects = Effects(exporter, {**RETURN, "at": ago(20).isoformat()})
    assert effects.json["tools.recent_calls.0.started_at"] == shown(start)
    # How long it ran is what its end tells.
    assert effects.json["tools.recent_calls.0.duration_ms"] == 2500


def test_a_call_of_which_only_the_end_was_told_began_its_duration_before(exporter):
    effects = Effects(exporter, {**RETURN, "duration_ms": 4000, "at": ago(20).isoformat()})
    # One second is room for the clock's step between the two looks at it.
    assert effects.json["tools.recent_calls.0.started_at"] in [shown(ago(24)), shown(ago(25))]
