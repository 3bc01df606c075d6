"""A real Prometheus reads from the exporter what was posted to it."""

import math
import random
import subprocess
from types import SimpleNamespace

import pytest

from exporter import Exporter
from prometheus import Prometheus
from waiting import wait_until

SESSION_EVENTS = (
    [{"type": "session.connecting", "session_id": "s0"}]
    + [{"type": "session.started", "session_id": f"s{number}"} for number in range(1, 6)]
    + [
        {"type": "session.state", "session_id": "s1", "state": "idle"},
        {"type": "session.ended", "session_id": "s3", "duration_ms": 20_000},
        {"type": "session.ended", "session_id": "s4", "duration_ms": 100_000, "failed": True},
        {"type": "session.ended", "session_id": "s5", "duration_ms": 4_000_000},
    ]
)

SAMPLE_COUNTS = {
    "ttfa": 501,
    "turn": 230,
    "webrtc_connect": 12,
    "session_create": 7,
    "sdp_exchange": 3,
}

FAMILIES = {
    "ttfa": "amplifier_voice_time_to_first_audio_seconds",
    "turn": "amplifier_voice_turn_duration_seconds",
    "webrtc_connect": "amplifier_voice_webrtc_connect_duration_seconds",
    "session_create": "amplifier_voice_session_create_duration_seconds",
    "sdp_exchange": "amplifier_voice_sdp_exchange_duration_seconds",
}

TTFA_BOUNDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 10]


def latencies():
    """Milliseconds, spread as real ones are, and under ten seconds: the last finite bucket."""
    spread = random.Random(20260131)
    return {
        metric: [min(round(spread.lognormvariate(6.2, 0.6), 3), 9_999) for _ in range(count)]
        for metric, count in SAMPLE_COUNTS.items()
    }


@pytest.fixture(scope="module")
def scraped(tmp_path_factory):
    """An exporter that was fed, and a Prometheus that scraped it after that."""
    with Exporter() as exporter:
        values = latencies()
        exporter.record(*SESSION_EVENTS)
        for metric, series in values.items():
            exporter.record(*[{"type": "latency.sample", "metric": metric, "value_ms": value} for value in series])
        with Prometheus(tmp_path_factory.mktemp("prometheus"), f"{exporter.host}:{exporter.port}") as prometheus:
            wait_until(lambda: prometheus.query("up"), "the first scrape", timeout=30)
            yield SimpleNamespace(exporter=exporter, prometheus=prometheus, latencies=values)


def test_the_target_is_up(scraped):
    assert scraped.prometheus.value('up{job="amplifier-voice"}') == 1


def test_every_sample_of_the_body_is_stored(scraped):
    stored = scraped.prometheus.value("scrape_samples_scraped")
    assert stored == scraped.prometheus.value("scrape_samples_post_metric_relabeling")
    own = scraped.prometheus.query('{job="amplifier-voice",__name__!~"up|scrape_.*|hb_.*|http_server_.*"}')
    assert len(own) == len(scraped.exporter.samples())
    assert stored >= len(own)


@pytest.mark.parametrize(
    "series, posted",
    {
        "amplifier_voice_sessions_started_total": 6,
        "amplifier_voice_sessions_ended_total": 3,
        "amplifier_voice_sessions_failed_total": 1,
        "amplifier_voice_sessions_lost_total": 0,
        "amplifier_voice_session_duration_seconds_count": 3,
        "amplifier_voice_session_duration_seconds_sum": 4120,
        'amplifier_voice_session_duration_seconds_bucket{le="30.0"}': 1,
        'amplifier_voice_session_duration_seconds_bucket{le="3600.0"}': 2,
        'amplifier_voice_sessions{state="connecting"}': 1,
        'amplifier_voice_sessions{state="active"}': 1,
        'amplifier_voice_sessions{state="idle"}': 1,
        'amplifier_voice_sessions{state="tool_executing"}': 0,
        'amplifier_voice_exporter_ingest_events_total{kind="session.started"}': 5,
        'amplifier_voice_exporter_ingest_events_total{kind="latency.sample"}': sum(SAMPLE_COUNTS.values()),
    }.items(),
)
def test_sessions_equal_what_was_posted(scraped, series, posted):
    assert scraped.prometheus.value(series) == posted


@pytest.mark.parametrize("metric", FAMILIES)
def test_histogram_counts_and_sums_equal_what_was_posted(scraped, metric):
    posted = scraped.latencies[metric]
    assert scraped.prometheus.value(f"{FAMILIES[metric]}_count") == len(posted)
    assert scraped.prometheus.value(f'{FAMILIES[metric]}_bucket{{le="+Inf"}}') == len(posted)
    assert scraped.prometheus.value(f"{FAMILIES[metric]}_sum") == pytest.approx(sum(posted) / 1000, rel=1e-9)


@pytest.mark.parametrize("bound", TTFA_BOUNDS)
def test_a_bucket_holds_what_is_up_to_its_bound(scraped, bound):
    posted = sum(value <= 1000 * bound for value in scraped.latencies["ttfa"])
    assert scraped.prometheus.value(f'{FAMILIES["ttfa"]}_bucket{{le="{float(bound)}"}}') == posted


@pytest.mark.parametrize("percent", [50, 95, 99])
def test_prometheus_and_json_agree_on_a_percentile_within_its_bucket(scraped, percent):
    ordered = sorted(scraped.latencies["ttfa"])
    exact = ordered[math.ceil(percent * len(ordered) / 100) - 1]
    upper = next(bound for bound in TTFA_BOUNDS if exact <= 1000 * bound)
    lower = max((bound for bound in TTFA_BOUNDS if bound < upper), default=0)

    in_json = scraped.exporter.get_json("/metrics/latency")["ttfa"]
    assert in_json["count"] == len(ordered)
    assert in_json[f"p{percent}"] == pytest.approx(exact, rel=0.01)

    in_prometheus = scraped.prometheus.value(f"histogram_quantile({percent / 100}, {FAMILIES['ttfa']}_bucket)")
    assert lower <= in_prometheus <= upper


def test_promtool_finds_nothing_to_complain_of(scraped):
    check = subprocess.run(
        ["promtool", "check", "metrics"], input=scraped.exporter.exposition(), capture_output=True, text=True,
        timeout=30)
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")


def test_promtool_finds_nothing_to_complain_of_before_the_first_event(exporter):
    check = subprocess.run(
        ["promtool", "check", "metrics"], input=exporter.exposition(), capture_output=True, text=True, timeout=30)
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")
