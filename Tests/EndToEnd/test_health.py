"""`GET /metrics/health`: the status of the whole and of each section."""

import pytest

from health import HEALTHY, UNTOUCHED, ended_sessions, errors, health, packets, queued, reports, samples


@pytest.mark.parametrize(
    "events, changed",
    [
        pytest.param([], {}, id="nothing yet"),
        pytest.param([HEALTHY], {"amplifier": ("ok", [])}, id="a healthy bridge"),
        pytest.param([{**HEALTHY, "queue_depth": 10}], {"amplifier": ("ok", [])}, id="ten tasks that wait"),
        pytest.param(queued(10), {"amplifier": ("ok", [])}, id="ten tasks that were told to wait"),
        pytest.param(errors(infrastructure=5), {}, id="infrastructure errors"),
        pytest.param(errors(openai_api=10), {}, id="API errors"),
        pytest.param(errors(amplifier=5), {}, id="Amplifier errors"),
        # Half an error a minute would be 2.5 in five.
        pytest.param(errors(audio=2), {}, id="audio errors"),
        pytest.param(errors(session=2), {}, id="session errors"),
        pytest.param(ended_sessions(10, failed=1), {}, id="one of ten sessions that failed"),
        pytest.param(ended_sessions(9, failed=9), {}, id="too few sessions"),
        pytest.param(samples("ttfa", (10, 600)), {"latency": ("ok", [])}, id="the median of the first audio"),
        pytest.param(samples("ttfa", (9, 9000)), {}, id="too few for a median"),
        pytest.param(
            samples("ttfa", (18, 100), (2, 1200)), {"latency": ("ok", [])},
            id="the 95th percentile of the first audio"),
        pytest.param(
            samples("ttfa", (17, 100), (2, 9000)), {"latency": ("ok", [])}, id="too few for a 95th percentile"),
        pytest.param(
            samples("ttfa", (98, 100), (2, 2500)), {"latency": ("ok", [])},
            id="the 99th percentile of the first audio"),
        pytest.param(
            samples("ttfa", (97, 100), (2, 9000)), {"latency": ("ok", [])}, id="too few for a 99th percentile"),
        pytest.param(samples("turn", (10, 2000)), {"latency": ("ok", [])}, id="the median of the turn"),
        pytest.param(
            samples("turn", (18, 100), (2, 3500)), {"latency": ("ok", [])}, id="the 95th percentile of the turn"),
        pytest.param(
            samples("turn", (98, 100), (2, 7000)), {"latency": ("ok", [])}, id="the 99th percentile of the turn"),
        pytest.param(
            samples("webrtc_connect", (200, 80_000)), {}, id="components have targets and no thresholds"),
        pytest.param(reports(30, jitter_ms=50), {"audio": ("ok", [])}, id="jitter"),
        pytest.param(reports(29, jitter_ms=9000), {}, id="too few reports of jitter"),
        pytest.param(reports(30, rtt_ms=200), {"audio": ("ok", [])}, id="the round-trip time"),
        pytest.param(reports(29, rtt_ms=9000), {}, id="too few reports of the round-trip time"),
        pytest.param(reports(30, packet_loss_pct=3), {"audio": ("ok", [])}, id="loss in percent"),
        pytest.param(reports(29, packet_loss_pct=90), {}, id="too few reports of loss"),
        pytest.param(packets(1, lost=30, received=970), {"audio": ("ok", [])}, id="lost packets"),
        pytest.param(packets(1, lost=500, received=499), {}, id="too few packets"),
        # 24 % of loss is a score of 3.53, 25 % is one of 3.46; there are too few packets to judge their loss.
        pytest.param(
            packets(30, lost=6, received=19, jitter_ms=0, rtt_ms=0), {"audio": ("ok", [])}, id="the score"),
        pytest.param(packets(29, lost=9, received=1, jitter_ms=0, rtt_ms=0), {}, id="too few scores"),
    ],
)
def test_at_its_threshold_or_below_its_guard_a_number_is_no_reason(exporter, events, changed):
    if events:
        exporter.record(*events)
    assert health(exporter) == (200, "healthy", UNTOUCHED | changed)


@pytest.mark.parametrize(
    "reported, status, overall, section",
    [("degraded", 200, "degraded", "warning"), ("unhealthy", 503, "unhealthy", "critical")],
)
def test_a_bridge_that_is_not_healthy_is_a_reason(exporter, reported, status, overall, section):
    exporter.record({**HEALTHY, "health_status": reported})
    reasons = [f"The bridge reports that it is {reported}."]
    assert health(exporter) == (status, overall, {**UNTOUCHED, "amplifier": (section, reasons)})


def test_the_worst_decides_and_every_reason_is_told(exporter):
    exporter.record(
        {**HEALTHY, "health_status": "degraded", "queue_depth": 11}, *errors(audio=11), *reports(30, jitter_ms=51))
    status, overall, sections = health(exporter)
    assert (status, overall) == (503, "unhealthy")
    assert {name: (section, len(reasons)) for name, (section, reasons) in sections.items()} == {
        "sessions": ("ok", 0), "latency": ("unknown", 0), "tools": ("ok", 0), "errors": ("critical", 1),
        "audio": ("warning", 1), "amplifier": ("warning", 2),
    }


def test_a_bridge_that_recovers_is_healthy_again(exporter):
    exporter.record({**HEALTHY, "health_status": "unhealthy"})
    assert health(exporter)[:2] == (503, "unhealthy")
    exporter.record(HEALTHY)
    assert health(exporter) == (200, "healthy", {**UNTOUCHED, "amplifier": ("ok", [])})


@pytest.mark.parametrize("reported, status", [("degraded", 200), ("unhealthy", 503)])
def test_head_tells_the_status_alone(exporter, reported, status):
    exporter.record({**HEALTHY, "health_status": reported})
    answer = exporter.request("HEAD", "/metrics/health")
    assert (answer.status, answer.body) == (status, b"")
