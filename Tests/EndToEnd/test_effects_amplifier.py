"""One event about a task moves the numbers it is about, and nothing else."""

from unittest.mock import ANY

import pytest

from effects import GONE, TICKING, Effects
from expectations import (
    NEW_ACTIVE_SESSION, ago, check, check_duplicate, durations, observed, opened, percentiles, series, shown, under,
    unobserved, waiting)
from ingest import STARTED

QUEUED = {"type": "task.queued", "task_id": "t1"}
BEGUN = {"type": "task.started", "task_id": "t1", "agent_name": "bug-hunter"}
SPAWNED = {**BEGUN, "type": "task.agent_spawned"}
PROGRESS = {"type": "task.progress", "task_id": "t1"}
COMPLETED = {"type": "task.completed", "task_id": "t1", "duration_ms": 12_000}
FAILED = {"type": "task.failed", "task_id": "t1", "duration_ms": 12_000}

BOUNDS = "0.5 1.0 2.5 5.0 10.0 15.0 20.0 30.0 45.0 60.0 120.0 300.0 +Inf"
BOUNDS_FROM_12000 = "15.0 20.0 30.0 45.0 60.0 120.0 300.0 +Inf"


def waiting_series(count):
    return {"amplifier_voice_task_queue_depth": count}


FIRST_WAITING = {**waiting(1), "amplifier.status.queue_depth.status": "ok"}


def running(**task):
    """The effects of the only task that runs."""
    return {
        "amplifier.active_count": 1,
        **under("amplifier.active_tasks.0", {
            "task_id": "t1",
            "session_id": None,
            "agent_name": "bug-hunter",
            "instruction_preview": None,
            "started_at": ANY,
            "elapsed_ms": TICKING,
            "status": "executing",
            "progress_pct": None,
            "current_step": None,
            **task,
        }),
    }


OVER = {"amplifier.active_count": 0, **dict.fromkeys(list(running())[1:], GONE)}


def active(status, count=1):
    return {series("tasks_active", status=status): count}


def seen(agent, **stats):
    """The effects of an agent that is heard of for the first time."""
    return under(f"amplifier.by_agent.{agent}", {
        "agent_name": agent,
        "spawn_count": 0,
        "success_count": 0,
        "failure_count": 0,
        "avg_duration_ms": None,
        "last_spawned": None,
        "last_result": None,
        "last_error": None,
        **stats,
    })


def spawned(agent):
    return seen(agent, spawn_count=1, last_spawned=ANY)


def spawned_series(agent):
    return {series("agents_spawned_total", agent=agent): 1}


def new_series(agent):
    """The effects of the name of an agent that is not SPEC's."""
    return {
        series("agents_spawned_total", agent=agent): 0,
        series("tasks_finished_total", agent=agent): 0,
        series("task_failures_total", agent=agent, reason="error"): 0,
        series("task_failures_total", agent=agent, reason="timeout"): 0,
        **unobserved("task_duration_seconds", BOUNDS, agent=agent),
    }


def lasted_12000(agent):
    return {
        **durations("amplifier", 12_000),
        f"amplifier.by_agent.{agent}.avg_duration_ms": 12_000,
        **percentiles("amplifier_task", 12_000),
    }


def lasted_12000_series(agent):
    return observed("task_duration_seconds", 12, BOUNDS_FROM_12000, agent=agent)


def completed(agent):
    """The effects of the first task that ends, without its duration."""
    return {
        **under("amplifier", {"total_completed": 1, "completed_last_hour": 1, "success_rate": 1}),
        **under(f"amplifier.by_agent.{agent}", {"success_count": 1, "last_result": "success"}),
    }


def failed(agent, result, **stats):
    return {
        **under("amplifier", {"total_failed": 1, "failed_last_hour": 1, "success_rate": 0}),
        **under(f"amplifier.by_agent.{agent}", {"failure_count": 1, "last_result": result, **stats}),
    }


def completed_series(agent):
    return {series("tasks_finished_total", agent=agent): 1}


def failed_series(agent, reason):
    return {**completed_series(agent), series("task_failures_total", agent=agent, reason=reason): 1}


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param([STARTED], QUEUED, FIRST_WAITING, waiting_series(1), id="a task waits"),
        pytest.param(
            [], {**QUEUED, "agent_name": "bug-hunter", "instruction_preview": "Find the bug."},
            FIRST_WAITING, waiting_series(1),
            id="a waiting task spawns no agent"),
        pytest.param(
            [], {**QUEUED, "session_id": "one"},
            {**NEW_ACTIVE_SESSION, **FIRST_WAITING}, {**opened("active"), **waiting_series(1)},
            id="a waiting task opens its session"),
        pytest.param(
            [QUEUED], {**QUEUED, "task_id": "t2"}, waiting(2), waiting_series(2), id="a second task waits"),
        pytest.param(
            [QUEUED], BEGUN,
            {**waiting(0), **running(), **spawned("bug-hunter")},
            {**waiting_series(0), **active("executing"), **spawned_series("bug-hunter")},
            id="a waiting task begins"),
        pytest.param(
            [{**QUEUED, "agent_name": "zen-architect", "session_id": "one", "instruction_preview": "Draw."}],
            {**BEGUN, "instruction_preview": "Find the bug."},
            {
                **waiting(0),
                **running(agent_name="zen-architect", session_id="one", instruction_preview="Draw."),
                **spawned("zen-architect"),
            },
            {**waiting_series(0), **active("executing"), **spawned_series("zen-architect")},
            id="what was told of a waiting task stays"),
        pytest.param(
            [QUEUED], {**COMPLETED, "agent_name": "bug-hunter"},
            {**waiting(0), **spawned("bug-hunter"), **completed("bug-hunter"), **lasted_12000("bug-hunter")},
            {
                **waiting_series(0),
                **spawned_series("bug-hunter"),
                **completed_series("bug-hunter"),
                **lasted_12000_series("bug-hunter"),
            },
            id="a waiting task ends without having begun"),
    ],
)
def test_a_waiting_task_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


@pytest.mark.parametrize("kind", ["task.started", "task.agent_spawned"])
@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param(
            [STARTED], BEGUN,
            {**running(), **spawned("bug-hunter")}, {**active("executing"), **spawned_series("bug-hunter")},
            id="of no session"),
        pytest.param(
            [], {**BEGUN, "session_id": "one", "instruction_preview": "Find the bug."},
            {
                **NEW_ACTIVE_SESSION,
                **running(session_id="one", instruction_preview="Find the bug."),
                **spawned("bug-hunter"),
            },
            {**opened("active"), **active("executing"), **spawned_series("bug-hunter")},
            id="of an unknown session, which it opens"),
        pytest.param(
            [], {**BEGUN, "agent_name": "painter"},
            {**running(agent_name="painter"), **spawned("painter")},
            {**active("executing"), **new_series("painter"), **spawned_series("painter")},
            id="of an agent that SPEC does not name, which brings series of its own"),
        pytest.param([BEGUN], BEGUN, {}, {}, id="of a task that runs, whose agent was spawned"),
        pytest.param([SPAWNED], BEGUN, {}, {}, id="of a task that runs, whose agent was spawned the other way"),
        pytest.param(
            [PROGRESS], BEGUN,
            {"amplifier.active_tasks.0.agent_name": "bug-hunter", **spawned("bug-hunter")},
            spawned_series("bug-hunter"),
            id="of a task that runs, whose agent was not told"),
    ],
)
def test_the_start_of_a_task_moves_only_its_numbers(exporter, kind, before, event, expected_json, expected_series):
    check(exporter, before, {**event, "type": kind}, expected_json, expected_series)


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param(
            [], PROGRESS, running(agent_name=None), active("executing"), id="of an unknown task, which it begins"),
        pytest.param(
            [], {**PROGRESS, "status": "initializing", "progress_pct": 5, "current_step": "reading"},
            running(agent_name=None, status="initializing", progress_pct=5, current_step="reading"),
            active("initializing"),
            id="of an unknown task, with all that may be told of it"),
        pytest.param([BEGUN], PROGRESS, {}, {}, id="that says nothing"),
        pytest.param(
            [BEGUN], {**PROGRESS, "progress_pct": 40.5, "current_step": "testing"},
            under("amplifier.active_tasks.0", {"progress_pct": 40.5, "current_step": "testing"}), {},
            id="within a status"),
        pytest.param(
            [BEGUN], {**PROGRESS, "status": "completing"},
            {"amplifier.active_tasks.0.status": "completing"}, {**active("executing", 0), **active("completing")},
            id="to another status"),
        pytest.param(
            [BEGUN, {**PROGRESS, "progress_pct": 40, "current_step": "testing"}], {**PROGRESS, "progress_pct": 30},
            {"amplifier.active_tasks.0.progress_pct": 30}, {},
            id="that keeps the step and may go back"),
        pytest.param(
            [BEGUN], {**PROGRESS, "session_id": "one"},
            {**NEW_ACTIVE_SESSION, "amplifier.active_tasks.0.session_id": "one"}, opened("active"),
            id="that names the session first"),
    ],
)
def test_progress_moves_only_its_task(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param(
            [BEGUN], COMPLETED,
            {**OVER, **completed("bug-hunter"), **lasted_12000("bug-hunter")},
            {**active("executing", 0), **completed_series("bug-hunter"), **lasted_12000_series("bug-hunter")},
            id="a success"),
        pytest.param(
            [BEGUN], FAILED,
            {**OVER, **failed("bug-hunter", "failure"), **lasted_12000("bug-hunter")},
            {
                **active("executing", 0),
                **failed_series("bug-hunter", "error"),
                **lasted_12000_series("bug-hunter"),
            },
            id="a failure without a reason"),
        pytest.param(
            [BEGUN], {**FAILED, "reason": "error", "error": "It broke."},
            {**OVER, **failed("bug-hunter", "failure", last_error="It broke."), **lasted_12000("bug-hunter")},
            {
                **active("executing", 0),
                **failed_series("bug-hunter", "error"),
                **lasted_12000_series("bug-hunter"),
            },
            id="a failure is no error of the errors section"),
        pytest.param(
            [BEGUN], {**FAILED, "reason": "timeout"},
            {**OVER, **failed("bug-hunter", "timeout"), **lasted_12000("bug-hunter")},
            {
                **active("executing", 0),
                **failed_series("bug-hunter", "timeout"),
                **lasted_12000_series("bug-hunter"),
            },
            id="a timeout"),
        pytest.param(
            [], {**COMPLETED, "agent_name": "bug-hunter"},
            {**spawned("bug-hunter"), **completed("bug-hunter"), **lasted_12000("bug-hunter")},
            {
                **spawned_series("bug-hunter"),
                **completed_series("bug-hunter"),
                **lasted_12000_series("bug-hunter"),
            },
            id="a success without a start counts the spawn"),
        pytest.param(
            [], {"type": "task.completed", "task_id": "t1", "agent_name": "bug-hunter"},
            {**spawned("bug-hunter"), **completed("bug-hunter")},
            {**spawned_series("bug-hunter"), **completed_series("bug-hunter")},
            id="a success without a start or a duration is no sample"),
        pytest.param(
            [], COMPLETED,
            {**seen("other"), **completed("other"), **lasted_12000("other")},
            {**new_series("other"), **completed_series("other"), **lasted_12000_series("other")},
            id="a success of nobody in particular spawned nobody"),
        pytest.param(
            [BEGUN], {**COMPLETED, "agent_name": "zen-architect"},
            {**OVER, **completed("bug-hunter"), **lasted_12000("bug-hunter")},
            {**active("executing", 0), **completed_series("bug-hunter"), **lasted_12000_series("bug-hunter")},
            id="the agent that the start names wins"),
        pytest.param(
            [PROGRESS], {**COMPLETED, "agent_name": "bug-hunter"},
            {**OVER, **spawned("bug-hunter"), **completed("bug-hunter"), **lasted_12000("bug-hunter")},
            {
                **active("executing", 0),
                **spawned_series("bug-hunter"),
                **completed_series("bug-hunter"),
                **lasted_12000_series("bug-hunter"),
            },
            id="the end names the agent where nobody did before"),
        pytest.param(
            [BEGUN], {**COMPLETED, "session_id": "one"},
            {**NEW_ACTIVE_SESSION, **OVER, **completed("bug-hunter"), **lasted_12000("bug-hunter")},
            {
                **opened("active"),
                **active("executing", 0),
                **completed_series("bug-hunter"),
                **lasted_12000_series("bug-hunter"),
            },
            id="the end opens its session"),
    ],
)
def test_the_end_of_a_task_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


def test_a_duration_that_is_not_told_is_that_from_start_to_end(exporter):
    start = ago(30)
    exporter.record({**BEGUN, "at": start.isoformat()})
    assert exporter.get_json("/metrics/amplifier")["active_tasks"][0]["started_at"] == shown(start)
    at = start.timestamp() + 12
    effects = Effects(exporter, {"type": "task.completed", "task_id": "t1", "at": at})
    assert effects.json == {**OVER, **completed("bug-hunter"), **lasted_12000("bug-hunter")}


@pytest.mark.parametrize(
    "before, event",
    [
        pytest.param([QUEUED], QUEUED, id="waiting again"),
        pytest.param([BEGUN], QUEUED, id="waiting after the start"),
        pytest.param([COMPLETED], QUEUED, id="waiting after the end"),
        pytest.param([BEGUN, COMPLETED], BEGUN, id="a start after the end"),
        pytest.param([BEGUN, COMPLETED], SPAWNED, id="a spawn after the end"),
        pytest.param([BEGUN, COMPLETED], PROGRESS, id="progress after the end"),
        pytest.param([BEGUN, COMPLETED], COMPLETED, id="a success again"),
        pytest.param([BEGUN, COMPLETED], FAILED, id="a failure after a success"),
        pytest.param([FAILED], COMPLETED, id="a success after a failure without a start"),
    ],
)
def test_what_is_known_of_a_task_already_is_a_duplicate(exporter, before, event):
    check_duplicate(exporter, before, event)
