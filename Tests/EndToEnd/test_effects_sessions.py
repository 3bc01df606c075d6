"""One event about a session moves the numbers it is about, and nothing else."""

from unittest.mock import ANY

import pytest

from expectations import (
    CONNECTING, ENDED, HEARTBEAT, IDLE, NEW_ACTIVE_SESSION, NEW_SESSION, check, connected, ended_for, ended_sessions,
    moved, observed, opened)
from ingest import STARTED

TOOL_EXECUTING = {"type": "session.state", "session_id": "one", "state": "tool_executing"}

END_OF_SESSION = {
    "sessions.active_count": 0,
    "sessions.by_state.active": 0,
    "sessions.duration_count": 1,
    "sessions.avg_duration_ms": 61_000,
    "sessions.median_duration_ms": 61_000,
    "sessions.min_duration_ms": 61_000,
    "sessions.max_duration_ms": 61_000,
    "sessions.last_session_ended": ANY,
}
END_OF_SESSION_SERIES = {
    'amplifier_voice_sessions{state="active"}': 0,
    "amplifier_voice_session_last_ended_timestamp_seconds": ANY,
    **observed("session_duration_seconds", 61, "120.0 180.0 300.0 600.0 900.0 1800.0 3600.0 7200.0 +Inf"),
}


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param(
            [], CONNECTING, {**NEW_SESSION, "sessions.connecting_count": 1}, opened("connecting"),
            id="connecting opens a session"),
        pytest.param([CONNECTING], CONNECTING, {}, {}, id="connecting again renews alone"),
        pytest.param([STARTED], CONNECTING, {}, {}, id="connecting late renews alone"),
        pytest.param([], STARTED, NEW_ACTIVE_SESSION, opened("active"), id="started opens a session"),
        pytest.param(
            [CONNECTING], STARTED,
            {"sessions.connecting_count": 0, **connected("active")}, moved("connecting", "active"),
            id="started connects a session"),
        pytest.param([STARTED], STARTED, {}, {}, id="started again renews alone"),
        pytest.param([IDLE], STARTED, {}, {}, id="started late leaves the state"),
        pytest.param([], HEARTBEAT, NEW_ACTIVE_SESSION, opened("active"), id="heartbeat opens a session"),
        pytest.param([STARTED], HEARTBEAT, {}, {}, id="heartbeat renews alone"),
        pytest.param([CONNECTING], HEARTBEAT, {}, {}, id="heartbeat does not connect"),
        pytest.param([], IDLE, {**NEW_SESSION, **connected("idle")}, opened("idle"), id="state opens a session"),
        pytest.param(
            [STARTED], IDLE,
            {"sessions.by_state.active": 0, "sessions.by_state.idle": 1}, moved("active", "idle"),
            id="state moves a session"),
        pytest.param(
            [CONNECTING], TOOL_EXECUTING,
            {"sessions.connecting_count": 0, **connected("tool_executing")}, moved("connecting", "tool_executing"),
            id="state connects a session"),
        pytest.param([IDLE], IDLE, {}, {}, id="state that is the same moves nothing"),
        pytest.param(
            [STARTED], ENDED,
            {**END_OF_SESSION, **ended_sessions(1, failure_rate=0)}, {**END_OF_SESSION_SERIES, **ended_for()},
            id="ended ends a session"),
        pytest.param(
            [STARTED], {**ENDED, "failed": True, "reason": "error"},
            {**END_OF_SESSION, **ended_sessions(1, failure_rate=100, reason="error")},
            {**END_OF_SESSION_SERIES, **ended_for("error"), "amplifier_voice_sessions_failed_total": 1},
            id="ended in failure counts a failure and no error"),
        pytest.param(
            [CONNECTING], {"type": "session.ended", "session_id": "one"},
            {
                "sessions.connecting_count": 0,
                "sessions.last_session_ended": ANY,
                **ended_sessions(1, failure_rate=0),
            },
            {
                'amplifier_voice_sessions{state="connecting"}': 0,
                **ended_for(),
                "amplifier_voice_session_last_ended_timestamp_seconds": ANY,
            },
            id="ended before it connected has no duration"),
        pytest.param(
            [], ENDED, {}, {"amplifier_voice_exporter_repeated_session_ends_total": 1},
            id="ended of an unknown session is ignored"),
        pytest.param(
            [STARTED, ENDED], {**ENDED, "duration_ms": 1, "failed": True},
            {}, {"amplifier_voice_exporter_repeated_session_ends_total": 1},
            id="ended again is ignored"),
        pytest.param(
            [STARTED, ENDED], HEARTBEAT, {}, {"amplifier_voice_exporter_late_session_events_total": 1},
            id="heartbeat after the end is late"),
        pytest.param(
            [STARTED, ENDED], STARTED,
            {
                "sessions.active_count": 1,
                "sessions.by_state.active": 1,
                "sessions.total_today": 2,
                "sessions.last_session_started": ANY,
            },
            {
                'amplifier_voice_sessions{state="active"}': 1,
                "amplifier_voice_sessions_started_total": 2,
                "amplifier_voice_session_last_started_timestamp_seconds": ANY,
            },
            id="started after the end opens a session anew"),
    ],
)
def test_a_session_event_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)
