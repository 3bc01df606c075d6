"""`GET /metrics/health`: each number that can be a reason, just beyond its thresholds."""

import re

import pytest

from health import HEALTHY, UNTOUCHED, ended_sessions, errors, health, packets, queued, reports, samples


@pytest.mark.parametrize(
    "events, section, reasons",
    [
        pytest.param(
            [{**HEALTHY, "queue_depth": 11}], "amplifier", ["queue_depth 11 > warning 10"],
            id="eleven tasks that wait"),
        pytest.param(
            queued(11), "amplifier", ["queue_depth 11 > warning 10"], id="eleven tasks that were told to wait"),
        pytest.param(
            errors(infrastructure=6), "errors", ["infrastructure_per_minute 1.2 > warning 1"],
            id="infrastructure errors"),
        pytest.param(
            errors(infrastructure=25), "errors", ["infrastructure_per_minute 5 > warning 1"],
            id="infrastructure errors at the critical threshold"),
        pytest.param(
            errors(infrastructure=26), "errors",
            ["total_errors_per_minute 5.2 > warning 5", "infrastructure_per_minute 5.2 > critical 5"],
            id="critical infrastructure errors"),
        pytest.param(errors(openai_api=11), "errors", ["openai_api_per_minute 2.2 > warning 2"], id="API errors"),
        pytest.param(
            errors(openai_api=51), "errors",
            ["total_errors_per_minute 10.2 > warning 5", "openai_api_per_minute 10.2 > critical 10"],
            id="critical API errors"),
        pytest.param(errors(amplifier=6), "errors", ["amplifier_per_minute 1.2 > warning 1"], id="Amplifier errors"),
        pytest.param(
            errors(amplifier=26), "errors",
            ["total_errors_per_minute 5.2 > warning 5", "amplifier_per_minute 5.2 > critical 5"],
            id="critical Amplifier errors"),
        pytest.param(errors(audio=3), "errors", ["audio_per_minute 0.6 > warning 0.5"], id="audio errors"),
        pytest.param(errors(audio=11), "errors", ["audio_per_minute 2.2 > critical 2"], id="critical audio errors"),
        pytest.param(errors(session=3), "errors", ["session_per_minute 0.6 > warning 0.5"], id="session errors"),
        pytest.param(
            errors(session=11), "errors", ["session_per_minute 2.2 > critical 2"], id="critical session errors"),
        # No number of errors reaches a threshold of the total before it reaches one of a category.
        pytest.param(
            errors(infrastructure=5, openai_api=11, amplifier=5, audio=2, session=2), "errors",
            ["openai_api_per_minute 2.2 > warning 2"],
            id="all errors at the threshold"),
        pytest.param(
            errors(infrastructure=5, openai_api=12, amplifier=5, audio=2, session=2), "errors",
            ["total_errors_per_minute 5.2 > warning 5", "openai_api_per_minute 2.4 > warning 2"],
            id="all errors"),
        pytest.param(
            errors(infrastructure=25, openai_api=50, amplifier=25), "errors",
            [
                "total_errors_per_minute 20 > warning 5", "infrastructure_per_minute 5 > warning 1",
                "openai_api_per_minute 10 > warning 2", "amplifier_per_minute 5 > warning 1",
            ],
            id="all errors at the critical threshold"),
        pytest.param(
            errors(infrastructure=25, openai_api=50, amplifier=25, audio=1), "errors",
            [
                "total_errors_per_minute 20.2 > critical 20", "infrastructure_per_minute 5 > warning 1",
                "openai_api_per_minute 10 > warning 2", "amplifier_per_minute 5 > warning 1",
            ],
            id="critical errors in all"),
        pytest.param(
            ended_sessions(10, failed=2), "errors", ["session_failure_rate 20 > warning 10"], id="failed sessions"),
        pytest.param(
            ended_sessions(12, failed=3), "errors", ["session_failure_rate 25 > warning 10"],
            id="failed sessions at the critical threshold"),
        pytest.param(
            ended_sessions(10, failed=3), "errors", ["session_failure_rate 30 > critical 25"],
            id="critically many failed sessions"),
        pytest.param(
            samples("ttfa", (10, 601)), "latency", ["ttfa_p50 601 > warning 600"], id="the median of the first audio"),
        pytest.param(
            samples("ttfa", (10, 1000)), "latency", ["ttfa_p50 1000 > warning 600"],
            id="the median of the first audio at the critical threshold"),
        pytest.param(
            samples("ttfa", (10, 1001)), "latency", ["ttfa_p50 1001 > critical 1000"],
            id="the critical median of the first audio"),
        # Percentiles are within 1 %, so that these values lie 2 % beyond.
        pytest.param(
            samples("ttfa", (18, 100), (2, 1224)), "latency", ["ttfa_p95 1224 > warning 1200"],
            id="the 95th percentile of the first audio"),
        pytest.param(
            samples("ttfa", (18, 100), (2, 2040)), "latency", ["ttfa_p95 2040 > critical 2000"],
            id="the critical 95th percentile of the first audio"),
        pytest.param(
            samples("ttfa", (98, 100), (2, 2550)), "latency", ["ttfa_p99 2550 > warning 2500"],
            id="the 99th percentile of the first audio"),
        pytest.param(
            samples("ttfa", (98, 100), (2, 4080)), "latency", ["ttfa_p99 4080 > critical 4000"],
            id="the critical 99th percentile of the first audio"),
        pytest.param(
            samples("turn", (10, 2001)), "latency", ["turn_p50 2001 > warning 2000"], id="the median of the turn"),
        pytest.param(
            samples("turn", (10, 3001)), "latency", ["turn_p50 3001 > critical 3000"],
            id="the critical median of the turn"),
        pytest.param(
            samples("turn", (18, 100), (2, 3570)), "latency", ["turn_p95 3570 > warning 3500"],
            id="the 95th percentile of the turn"),
        pytest.param(
            samples("turn", (18, 100), (2, 5100)), "latency", ["turn_p95 5100 > critical 5000"],
            id="the critical 95th percentile of the turn"),
        pytest.param(
            samples("turn", (98, 100), (2, 7140)), "latency", ["turn_p99 7140 > warning 7000"],
            id="the 99th percentile of the turn"),
        pytest.param(
            samples("turn", (98, 100), (2, 10_200)), "latency", ["turn_p99 10200 > critical 10000"],
            id="the critical 99th percentile of the turn"),
        pytest.param(reports(30, jitter_ms=51), "audio", ["jitter_ms 51 > warning 50"], id="jitter"),
        pytest.param(
            reports(30, rtt_ms=201), "audio", ["rtt_ms 201 > warning 200"], id="the round-trip time"),
        pytest.param(
            reports(30, packet_loss_pct=3.5), "audio", ["packet_loss_pct 3.5 > warning 3"], id="loss in percent"),
        pytest.param(
            reports(30, packet_loss_pct=100), "audio", ["packet_loss_pct 100 > warning 3"],
            id="nothing of the audio is critical"),
        pytest.param(
            packets(1, lost=31, received=969), "audio", ["packet_loss_pct 3.1 > warning 3"], id="lost packets"),
        pytest.param(
            packets(30, lost=6, received=18, jitter_ms=0, rtt_ms=0), "audio", ["mos_score 3.46 < warning 3.5"],
            id="the score"),
    ],
)
def test_a_number_beyond_its_threshold_is_a_reason(exporter, events, section, reasons):
    exporter.record(*events)
    status, overall, sections = health(exporter)
    worst = "critical" if any("critical" in reason for reason in reasons) else "warning"
    assert (status, overall) == ((503, "unhealthy") if worst == "critical" else (200, "degraded"))
    found, sentences = sections.pop(section)
    assert found == worst
    assert [numbers(sentence) for sentence in sentences] == [expected(reason) for reason in reasons]
    assert sections == {name: untouched for name, untouched in UNTOUCHED.items() if name != section}


def numbers(sentence):
    """The name, the value and the threshold that a reason tells."""
    told = re.fullmatch(r"(\w+) is ([\d.]+), (above|below) the (warning|critical) threshold of ([\d.]+)\.", sentence)
    assert told, sentence
    name, value, side, level, bound = told.groups()
    return name, float(value), {"above": ">", "below": "<"}[side], level, float(bound)


def expected(reason):
    name, value, side, level, bound = reason.split()
    return name, pytest.approx(float(value), rel=0.01), side, level, float(bound)
