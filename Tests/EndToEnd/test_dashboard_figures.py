"""Every figure of the six panels over a fixed log of events: as the JSON has it, and as the reference computes it."""

import re
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from chromium import dashboard
from dashboard_expectation import panels
from dashboard_log import events
from dashboard_reading import read
from exporter import Exporter
from realtime_call import conversation

sys.path.append(str(Path(__file__).resolve().parents[1]))
from Reference.monitor import replay  # noqa: E402
from Reference.render import render  # noqa: E402

PANELS = ["sessions", "latency", "tools", "errors", "audio", "amplifier"]


CONVERSATION = {
    "sessions": ["usage", "next_expiry_at"],
    "latency": ["time_to_answer", "dead_air", "responses_last_hour", "sideband_lag"],
    "errors": ["rate_limits"], "audio": ["interruptions", "uplink_packet_loss_pct", "uplink_jitter_ms"],
}


@pytest.fixture(scope="module")
def shown(chromium):
    """The panels as they are read, the summary before, and the instants around both."""
    with Exporter() as exporter:
        exporter.record(*events())
        earliest = datetime.now(timezone.utc)
        summary = exporter.get_json("/metrics/summary")
        with dashboard(chromium, exporter) as page:
            yield read(page), summary, earliest, datetime.now(timezone.utc)


@pytest.mark.parametrize("slug", PANELS)
def test_a_panel_shows_what_the_json_says(shown, slug):
    page, summary, earliest, latest = shown
    assert page[slug] == panels(summary, earliest, latest)[slug]


@pytest.mark.parametrize("slug", PANELS)
def test_a_panel_shows_what_the_reference_computes(shown, slug):
    page, summary, earliest, latest = shown
    now = {"monotonic_ns": 3_600_000_000_000, "wall_ns": time.time_ns()}
    commands = [{"start": now}, *({"event": event} for event in events()), {"snapshot": True}]
    reference = render(replay(commands)[-1])["summary"]
    # What only the program's own clock decides: when things came, and the ids it made.
    for name in ("last_session_started", "last_session_ended"):
        reference["sessions"][name] = summary["sessions"][name]
    # Percentiles of different values are within 1 % of the exact ones.
    median = summary["sessions"]["median_duration_ms"]
    assert reference["sessions"]["median_duration_ms"] == pytest.approx(median, rel=0.01)
    reference["sessions"]["median_duration_ms"] = median
    for records, own, field in [
        ("recent_calls", summary["tools"], "started_at"), ("recent_errors", summary["errors"], "timestamp"),
    ]:
        for expected, actual in zip(reference["tools" if field == "started_at" else "errors"][records], own[records]):
            expected[field] = actual[field]
    for expected, actual in zip(reference["amplifier"]["active_tasks"], summary["amplifier"]["active_tasks"]):
        expected["elapsed_ms"] = actual["elapsed_ms"]
    reference["amplifier"]["session_uptime_seconds"] = summary["amplifier"]["session_uptime_seconds"]
    for part in ("ttfa_trend", "turn_trend"):
        assert sum(point["count"] for point in reference["latency"][part]) == sum(
            point["count"] for point in summary["latency"][part])
        reference["latency"][part] = summary["latency"][part]
    reference["errors"]["error_trend"] = summary["errors"]["error_trend"]
    # The reference computes what SPEC has; a test of its own is below.
    for section, fields in CONVERSATION.items():
        for field in fields:
            reference[section][field] = summary[section][field]
    assert page[slug] == panels(reference, earliest, latest)[slug]


def test_the_fixed_log_reaches_what_can_be_shown(shown):
    page = shown[0]
    words = {number[1][1] for panel in page.values() for number in panel["figures"].values() if len(number) > 1}
    assert words >= {"OK", "Warning"}
    assert page["latency"]["figures"]["P99"][3] == ["○", "Insufficient data", "30/100"]
    assert all(isinstance(rows, list) and rows for panel in page.values() for rows in panel["lists"].values())


def test_a_conversation_is_shown_as_it_was_told(chromium, exporter):
    """Raw events of the Realtime API: what SPEC has no figure for, and what an operator asks first."""
    exporter.record(*conversation("one"))
    with dashboard(chromium, exporter) as page:
        panels = read(page)
    figures = panels["sessions"]["figures"]
    assert re.fullmatch(r"in 59m \d\ds", figures["Next Expiry"][0])
    assert figures["Tokens (1h)"] == ["200 in, 120 out"]
    usage = exporter.get_json("/metrics/sessions")["usage"]
    assert [float(figures[name][0].lstrip("<$")) for name in ("Cost", "Cost / min")] == pytest.approx(
        [max(usage[name], 0.01) for name in ("cost_total_usd", "cost_per_minute_usd")], abs=0.005)
    assert re.fullmatch(r"P50 \d.* P95 \d.* n \d", panels["latency"]["other"]["Time to Answer"])
    assert panels["latency"]["other"]["Dead Air (1h)"] == "0"
    assert panels["errors"]["other"]["Rate Limits Left"] == "requests 75.0%, tokens 75.0%"
    assert panels["audio"]["figures"]["Interruptions (1h)"] == ["1 confirmed"]
    assert panels["audio"]["figures"]["False (1h)"] == ["0 (0.0%), 0 orphaned"]


@pytest.mark.parametrize(
    "told, shown",
    [
        ({"uplink_packet_loss_pct": 0.5, "uplink_jitter_ms": 12}, "0.5% loss, 12ms jitter"),
        ({"uplink_packet_loss_pct": 0}, "0.0% loss"), ({"uplink_jitter_ms": 7}, "7ms jitter"),
        ({"rtt_ms": 80}, "no data"),
    ],
)
def test_the_way_to_the_model_is_shown_where_somebody_tells_of_it(chromium, exporter, told, shown):
    exporter.record({"type": "audio.stats", "session_id": "one", **told})
    exporter.record(*[{"type": "sideband.lag", "session_id": "one", "lag_ms": 20} for _ in range(3)])
    with dashboard(chromium, exporter) as page:
        panels = read(page)
    assert panels["audio"]["figures"]["Uplink"] == [shown]
    assert ["Sideband lag", "20ms", "P95 20ms", "n 3"] in panels["latency"]["lists"]["Component Breakdown P50, 1h"]
