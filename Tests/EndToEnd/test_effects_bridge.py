"""One report of the bridge moves the numbers it is about, and nothing else."""

from unittest.mock import ANY

import pytest

from effects import TICKING
from expectations import ago, check, series, under, waiting
from ingest import STARTED

STATUS = {"type": "bridge.status", "initialized": True, "tools_count": 13, "health_status": "healthy"}
QUEUED = {"type": "task.queued", "task_id": "t1"}

REPORTED = under("amplifier", {
    "bridge_initialized": True, "bridge_tools_count": 13, "health_status": "healthy", "last_health_check": ANY})
CHECKED_SERIES = {"amplifier_voice_bridge_last_health_check_timestamp_seconds": ANY}


def health(reported):
    states = ["healthy", "degraded", "unhealthy"]
    return {series("bridge_health", state=state): float(state == reported) for state in states}


REPORTED_SERIES = {
    "amplifier_voice_bridge_initialized": 1,
    "amplifier_voice_bridge_tools": 13,
    **health("healthy"),
    **CHECKED_SERIES,
}


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param([STARTED], STATUS, REPORTED, REPORTED_SERIES, id="the first report"),
        pytest.param(
            [], {**STATUS, "health_status": "degraded"},
            {**REPORTED, "amplifier.health_status": "degraded"}, {**REPORTED_SERIES, **health("degraded")},
            id="a degraded bridge"),
        pytest.param(
            [], {**STATUS, "initialized": False, "tools_count": 0, "health_status": "unhealthy"},
            {
                **REPORTED,
                "amplifier.bridge_initialized": False,
                "amplifier.bridge_tools_count": 0,
                "amplifier.health_status": "unhealthy",
            },
            {
                **REPORTED_SERIES,
                "amplifier_voice_bridge_initialized": 0,
                "amplifier_voice_bridge_tools": 0,
                **health("unhealthy"),
            },
            id="a bridge that is not set up is no 'no sample'"),
        pytest.param(
            [STATUS], STATUS,
            {"amplifier.last_health_check": ANY}, CHECKED_SERIES, id="the same report again"),
        pytest.param(
            [STATUS], {**STATUS, "tools_count": 14, "health_status": "degraded"},
            under("amplifier", {
                "bridge_tools_count": 14, "health_status": "degraded", "last_health_check": ANY}),
            {
                "amplifier_voice_bridge_tools": 14,
                series("bridge_health", state="healthy"): 0,
                series("bridge_health", state="degraded"): 1,
                **CHECKED_SERIES,
            },
            id="another report"),
        pytest.param(
            [], {**STATUS, "queue_depth": 3},
            {**REPORTED, **waiting(3), "amplifier.status.queue_depth.status": "ok"},
            {**REPORTED_SERIES, "amplifier_voice_task_queue_depth": 3},
            id="a report of the queue"),
        pytest.param(
            [{**STATUS, "queue_depth": 3}], STATUS,
            {"amplifier.last_health_check": ANY}, CHECKED_SERIES,
            id="a report without the queue leaves the one that was reported"),
        pytest.param(
            [QUEUED], {**STATUS, "queue_depth": 3},
            {**REPORTED, **waiting(3)}, {**REPORTED_SERIES, "amplifier_voice_task_queue_depth": 3},
            id="a report of the queue wins over waiting tasks"),
        pytest.param(
            [{**STATUS, "queue_depth": 3}], QUEUED, {}, {},
            id="a waiting task beside a report of the queue moves nothing"),
    ],
)
def test_a_report_of_the_bridge_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


def test_the_start_of_the_bridge_tells_how_long_it_is_up(exporter):
    start = ago(7200)
    check(
        exporter, [], {**STATUS, "started_at": start.isoformat()},
        {**REPORTED, "amplifier.session_uptime_seconds": TICKING},
        {**REPORTED_SERIES, "amplifier_voice_bridge_start_time_seconds": start.timestamp()})
    assert 7200 <= exporter.get_json("/metrics/amplifier")["session_uptime_seconds"] < 7260
