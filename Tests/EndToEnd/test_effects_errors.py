"""One error moves the numbers it is about, and nothing else."""

from unittest.mock import ANY

import pytest

from expectations import (
    CONNECTING, ENDED, NEW_ACTIVE_SESSION, check, ended_for, ended_sessions, judged, observed, opened, series, under)
from ingest import STARTED

ERROR = {"type": "error", "category": "openai_api", "code": "rate_limit_exceeded", "message": "Too many requests."}
ERROR_OF_ONE = {**ERROR, "session_id": "one"}

# SPEC section 4, and what it misses.
CODES = {
    "infrastructure": "webrtc_connect_failed webrtc_ice_timeout websocket_closed network_timeout",
    "openai_api": (
        "rate_limit_exceeded auth_error model_unavailable session_expired invalid_response content_filtered "
        "output_truncated"),
    "amplifier": (
        "tool_not_found tool_execution_failed agent_spawn_failed session_not_initialized capability_missing"),
    "audio": (
        "codec_error buffer_underrun invalid_format vad_failure transcription_failed capture_failed playback_blocked"),
    "session": "invalid_state cleanup_failed duplicate_session session_not_found",
}
# SPEC section 4, "Alert Thresholds", per minute.
THRESHOLDS = {
    "infrastructure": (1, 5), "openai_api": (2, 10), "amplifier": (1, 5), "audio": (0.5, 2), "session": (0.5, 2)}


def happened(category, counted_as, **record):
    """The effects of the first error."""
    return {
        **under("errors", {"total_errors": 1, "total_errors_per_minute": 0.2}),
        **under(f"errors.by_category.{category}", {
            "count_last_hour": 1, "rate_per_minute": 0.2, f"by_code.{counted_as}": 1}),
        **under("errors.error_trend.11", {"total": 1, f"by_category.{category}": 1}),
        **judged("errors.total_errors_per_minute", 0.2, samples=1),
        **judged(f"errors.{category}_per_minute", 0.2, samples=1),
        **under("errors.recent_errors.0", {
            "error_id": ANY,
            "timestamp": ANY,
            "category": category,
            "code": counted_as,
            "message": "Too many requests.",
            "session_id": None,
            "stack_trace": None,
            "request_context": None,
            **record,
        }),
    }


def counted(category, code):
    return {series("errors_total", category=category, code=code): 1}


RATE_LIMIT = happened("openai_api", "rate_limit_exceeded")
RATE_LIMIT_SERIES = counted("openai_api", "rate_limit_exceeded")
RATE_LIMIT_OF_ONE = happened("openai_api", "rate_limit_exceeded", session_id="one")


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param([STARTED], ERROR, RATE_LIMIT, RATE_LIMIT_SERIES, id="an error of no session"),
        pytest.param(
            [], ERROR_OF_ONE,
            {**NEW_ACTIVE_SESSION, **RATE_LIMIT_OF_ONE}, {**opened("active"), **RATE_LIMIT_SERIES},
            id="an error of an unknown session opens it"),
        pytest.param(
            [STARTED], ERROR_OF_ONE, RATE_LIMIT_OF_ONE, RATE_LIMIT_SERIES,
            id="an error of a live session is no failure yet"),
        pytest.param(
            [CONNECTING], ERROR_OF_ONE, RATE_LIMIT_OF_ONE, RATE_LIMIT_SERIES,
            id="an error of a connecting session does not connect it"),
        pytest.param(
            [STARTED, ENDED], ERROR_OF_ONE,
            RATE_LIMIT_OF_ONE, {**RATE_LIMIT_SERIES, "amplifier_voice_exporter_late_session_events_total": 1},
            id="an error of an ended session counts, and its session did not fail"),
        pytest.param(
            [], {**ERROR, "code": "teapot"},
            happened("openai_api", "other", code="teapot"), counted("openai_api", "other"),
            id="an unknown code"),
        pytest.param(
            [], {**ERROR, "category": "audio"},
            happened("audio", "other", code="rate_limit_exceeded"), counted("audio", "other"),
            id="a code of another category"),
        pytest.param(
            [], {**ERROR, "category": "audio", "code": "Codec_Error"},
            happened("audio", "other", code="Codec_Error"), counted("audio", "other"),
            id="a code in other letters"),
        pytest.param(
            [],
            {
                **ERROR, "id": "e1", "stack_trace": "here\nand there",
                "request_context": {"attempt": 2, "tags": ["a", None], "nested": {"ok": True}},
            },
            {
                **{path: value for path, value in RATE_LIMIT.items() if not path.endswith("request_context")},
                **under("errors.recent_errors.0", {
                    "error_id": "e1",
                    "stack_trace": "here\nand there",
                    "request_context.attempt": 2,
                    "request_context.tags.0": "a",
                    "request_context.tags.1": None,
                    "request_context.nested.ok": True,
                }),
            },
            RATE_LIMIT_SERIES,
            id="an error with all that may be told of it"),
    ],
)
def test_an_error_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


def test_the_end_of_a_session_that_had_an_error_is_a_failure(exporter):
    check(
        exporter, [CONNECTING, ERROR_OF_ONE], ENDED,
        {
            "sessions.connecting_count": 0,
            "sessions.duration_count": 1,
            "sessions.avg_duration_ms": 61_000,
            "sessions.median_duration_ms": 61_000,
            "sessions.min_duration_ms": 61_000,
            "sessions.max_duration_ms": 61_000,
            "sessions.last_session_ended": ANY,
            **ended_sessions(1, failure_rate=100),
        },
        {
            'amplifier_voice_sessions{state="connecting"}': 0,
            **ended_for(),
            "amplifier_voice_sessions_failed_total": 1,
            "amplifier_voice_session_last_ended_timestamp_seconds": ANY,
            **observed("session_duration_seconds", 61, "120.0 180.0 300.0 600.0 900.0 1800.0 3600.0 7200.0 +Inf"),
        })


def test_an_error_of_one_session_does_not_fail_another(exporter):
    exporter.record(STARTED, {**STARTED, "session_id": "two"}, ERROR_OF_ONE, {**ENDED, "session_id": "two"})
    assert exporter.get_json("/metrics/errors")["session_failure_rate"] == 0
    assert exporter.sample("amplifier_voice_sessions_failed_total") == 0


@pytest.mark.parametrize("category", CODES)
def test_every_code_counts_under_its_own_name(exporter, category):
    codes = CODES[category].split()
    for count, code in enumerate(codes, start=1):
        exporter.record(*[{"type": "error", "category": category, "code": code, "message": "x"}] * count)
    expected = {code: count for count, code in enumerate(codes, start=1)}
    assert exporter.get_json("/metrics/errors")["by_category"][category]["by_code"] == expected
    samples = exporter.samples()
    for code, count in {**expected, "other": 0}.items():
        assert samples[series("errors_total", category=category, code=code)] == count


def test_each_category_and_code_has_a_series_from_the_start_and_there_are_no_others(exporter):
    expected = {
        series("errors_total", category=category, code=code)
        for category, codes in CODES.items() for code in [*codes.split(), "other"]
    }
    found = {name: value for name, value in exporter.samples().items() if name.startswith("amplifier_voice_errors_")}
    assert found == dict.fromkeys(expected, 0)


@pytest.mark.parametrize("category", THRESHOLDS)
def test_a_category_is_judged_by_thresholds_of_its_own(exporter, category):
    warning, critical = THRESHOLDS[category]
    # Rates are those of five minutes.
    at_warning, at_critical = int(5 * warning), int(5 * critical)
    recorded = 0
    for count, status in [
        (0, "ok"), (at_warning, "ok"), (at_warning + 1, "warning"), (at_critical, "warning"),
        (at_critical + 1, "critical"),
    ]:
        for _ in range(recorded, count):
            exporter.record({"type": "error", "category": category, "code": "x", "message": "x"})
        recorded = count
        stats = exporter.get_json("/metrics/errors")["by_category"][category]
        assert (stats["rate_per_minute"], stats["status"]) == (count / 5, status)
        assert (stats["warning_threshold"], stats["critical_threshold"]) == (warning, critical)
