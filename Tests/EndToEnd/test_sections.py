"""The six sections in JSON: every field of SPEC's dataclasses, and the same on every route."""

import json

import pytest

from effects import flattened, stay_within_a_trend_slot
from every_field import EVENTS
from exporter import Exporter
from spec_fields import FIELDS, SECTIONS, fields
from stream import StreamClient

# What SPEC's sections hold before the first event; null where there is no sample.
NO_PERCENTILES = dict.fromkeys(["p50", "p75", "p90", "p95", "p99", "min", "max"]) | {"count": 0}
NO_DURATIONS = dict.fromkeys(["avg_duration_ms", "p50_duration_ms", "p95_duration_ms"])
EMPTY = {
    "sessions": {
        "active_count": 0,
        "connecting_count": 0,
        "total_today": 0,
        "peak_concurrent_24h": 0,
        "avg_duration_ms": None,
        "median_duration_ms": None,
        "min_duration_ms": None,
        "max_duration_ms": None,
        "by_state": {"active": 0, "idle": 0, "tool_executing": 0},
        "last_session_started": None,
        "last_session_ended": None,
    },
    "latency": {
        **{
            metric: NO_PERCENTILES
            for metric in [
                "ttfa", "turn", "webrtc_connect", "session_create", "sdp_exchange", "tool_execution", "amplifier_task"]
        },
        "ttfa_trend": [NO_PERCENTILES] * 12,
        "turn_trend": [NO_PERCENTILES] * 12,
    },
    "tools": {
        "total_calls": 0,
        "calls_last_hour": 0,
        "calls_per_minute": 0,
        "success_count": 0,
        "failure_count": 0,
        "success_rate": None,
        "by_tool": {},
        **NO_DURATIONS,
        "recent_calls": [],
    },
    "errors": {
        "total_errors_per_minute": 0,
        "session_failure_rate": None,
        "by_category": {
            category: {
                "category": category,
                "count_last_hour": 0,
                "rate_per_minute": 0,
                "by_code": {},
                "warning_threshold": warning,
                "critical_threshold": critical,
                "status": "ok",
            }
            for category, warning, critical in [
                ("infrastructure", 1, 5), ("openai_api", 2, 10), ("amplifier", 1, 5), ("audio", 0.5, 2),
                ("session", 0.5, 2),
            ]
        },
        "recent_errors": [],
        "error_trend": [{
            "total": 0,
            "by_category": {"infrastructure": 0, "openai_api": 0, "amplifier": 0, "audio": 0, "session": 0},
        }] * 12,
    },
    "audio": {
        "packet_loss_pct": None,
        "jitter_ms": None,
        "rtt_ms": None,
        "codec": None,
        "bitrate_kbps": None,
        "sample_rate_hz": None,
        "mos_score": None,
        "quality_rating": None,
        "vad_triggered_count": 0,
        "false_positive_interrupts": 0,
        "buffer_underruns": 0,
        "buffer_level_ms": None,
        "avg_by_session": {},
    },
    "amplifier": {
        "bridge_initialized": None,
        "bridge_tools_count": None,
        "active_tasks": [],
        "active_count": 0,
        "queue_depth": None,
        "total_completed": 0,
        "total_failed": 0,
        "success_rate": None,
        **NO_DURATIONS,
        "by_agent": {},
        "session_uptime_seconds": None,
        "last_health_check": None,
        "health_status": None,
    },
}

# Windows move with the clock even where nothing happens.
TIMES_OF_WINDOWS = ("window_start", "window_end", "start", "end")

STREAM = {
    "sessions": ("sessions",),
    "latency": ("latency",),
    "errors_recent": ("errors", "recent_errors"),
    "tools_recent": ("tools", "recent_calls"),
    "tasks_active": ("amplifier", "active_tasks"),
    "audio": ("audio",),
}


@pytest.fixture(scope="module")
def fed():
    """An exporter that knows a value of every field. Its tests only look at it."""
    with Exporter() as exporter:
        exporter.record(*EVENTS)
        yield exporter


@pytest.fixture(params=["empty", "fed"])
def either(request):
    return request.getfixturevalue("exporter" if request.param == "empty" else "fed")


def without_times(value):
    if isinstance(value, dict):
        return {key: without_times(child) for key, child in value.items() if key not in TIMES_OF_WINDOWS}
    if isinstance(value, list):
        return [without_times(child) for child in value]
    return value


def of_spec(value, like):
    """The parts of a JSON value that another has too."""
    if isinstance(value, dict) and like:
        return {key: of_spec(child, like[key]) for key, child in value.items() if key in like}
    if isinstance(value, list) and like:
        return [of_spec(child, like[0]) for child in value]
    return value


def test_the_copy_of_spec_is_whole():
    assert {name: len(fields) for name, fields in FIELDS.items()} == {
        "SessionMetrics": 11, "LatencyMetrics": 9, "PercentileSet": 10, "ToolCallMetrics": 11, "ToolStats": 7,
        "ToolCallRecord": 9, "ErrorMetrics": 5, "CategoryErrorStats": 7, "ErrorRecord": 8, "ErrorTrendPoint": 4,
        "AudioQualityMetrics": 13, "SessionAudioStats": 8, "AmplifierTaskMetrics": 15, "ActiveTask": 9,
        "AgentStats": 7,
    }


def test_every_field_of_spec_is_there_and_null_or_of_its_type(either):
    list(fields(either.get_json("/metrics/summary")))


@pytest.mark.parametrize("section", EMPTY)
def test_an_empty_section_holds_null_where_there_is_no_sample_and_0_where_there_is_nothing(exporter, section):
    shown = exporter.get_json(f"/metrics/{section}")
    assert of_spec(without_times(shown), EMPTY[section]) == EMPTY[section]


def test_the_table_of_empty_sections_holds_every_field_of_spec():
    for section, dataclass in SECTIONS.items():
        assert EMPTY[section].keys() == FIELDS[dataclass].keys()


def test_a_field_has_a_value_once_there_is_a_sample(fed):
    stay_within_a_trend_slot()
    summary = fed.get_json("/metrics/summary")
    found = list(fields(summary))
    assert {dataclass for _, dataclass, _ in found} == FIELDS.keys()
    empty_slots = tuple(
        f"latency.{trend}.{slot}."
        for trend in ["ttfa_trend", "turn_trend"]
        for slot, percentiles in enumerate(summary["latency"][trend])
        if percentiles["count"] == 0)
    # All samples came within moments, which can be two slots.
    assert len(empty_slots) >= 20
    nulls = [path for path, _, value in found if value is None and not path.startswith(empty_slots)]
    assert nulls == []


def test_trends_are_twelve_slots_of_five_minutes_the_oldest_first(either):
    summary = either.get_json("/metrics/summary")
    for trend, start, end in [
        (summary["latency"]["ttfa_trend"], "window_start", "window_end"),
        (summary["latency"]["turn_trend"], "window_start", "window_end"),
        (summary["errors"]["error_trend"], "start", "end"),
    ]:
        assert len(trend) == 12
        starts, ends = [point[start] for point in trend], [point[end] for point in trend]
        assert starts == sorted(starts)
        assert ends[:-1] == starts[1:]
        assert starts[-1] <= ends[-1]


def test_the_summary_has_the_six_sections_and_no_more(either):
    assert either.get_json("/metrics/summary").keys() == {
        "sessions", "latency", "tools", "errors", "audio", "amplifier"}


def test_each_route_holds_its_part_of_the_summary(either):
    stay_within_a_trend_slot()
    summary = either.get_json("/metrics/summary")
    routes = {section: either.get_json(f"/metrics/{section}") for section in SECTIONS}
    assert {section: part.keys() for section, part in summary.items()} == {
        section: part.keys() for section, part in routes.items()}
    assert flattened(summary) == flattened(routes)


def test_a_message_of_the_stream_agrees_with_the_routes(either):
    stay_within_a_trend_slot()
    with StreamClient(either) as client:
        lines, _ = client.message()
    message = json.loads(lines[0].removeprefix("data: "))
    assert message.keys() == STREAM.keys()
    for key, (section, *field) in STREAM.items():
        shown = either.get_json(f"/metrics/{section}")
        # Under the section's name, so that what follows the clock is known by its path.
        streamed = {section: {field[0]: message[key]} if field else message[key]}
        routed = {section: {field[0]: shown[field[0]]} if field else shown}
        assert flattened(streamed) == flattened(routed)
