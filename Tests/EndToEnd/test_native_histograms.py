"""A real Prometheus with native histograms takes them in protobuf, and its quantiles agree with the exporter's JSON."""

import random
import sys
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

from exporter import Exporter
from prometheus import Prometheus
from waiting import wait_until

sys.path.append(str(Path(__file__).parent.parent / "Library"))
import client_model  # noqa: E402

ACCEPT = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
CONTENT_TYPE = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

# Milliseconds, many in each bucket around the percentiles that are compared.
RANDOM = random.Random(11)
LATENCIES = {
    "ttfa": ("amplifier_voice_time_to_first_audio_seconds", [RANDOM.uniform(200, 900) for _ in range(20_000)]),
    "turn": ("amplifier_voice_turn_duration_seconds", [RANDOM.lognormvariate(7.3, 0.5) for _ in range(20_000)]),
}
PERCENTILES = [50, 75, 90, 95]
# Windowed percentiles are within 0.55 % of the exact ones, and a bucket is 1.09 % wide.
BOUND = 0.01


def feed(exporter):
    for metric, (_, values) in LATENCIES.items():
        for start in range(0, len(values), 5_000):
            exporter.record(*[
                {"type": "latency.sample", "metric": metric, "value_ms": value}
                for value in values[start:start + 5_000]])


@pytest.fixture(scope="module")
def scraped(tmp_path_factory):
    with ExitStack() as stack:
        exporter = stack.enter_context(Exporter())
        feed(exporter)
        prometheus = stack.enter_context(
            Prometheus(
                tmp_path_factory.mktemp("native"), f"{exporter.host}:{exporter.port}",
                "--enable-feature=native-histograms"))
        wait_until(lambda: prometheus.query("up"), "the first scrape", timeout=30)
        yield SimpleNamespace(exporter=exporter, prometheus=prometheus, latency=exporter.get_json("/metrics/latency"))


def test_the_target_is_up_and_scraped_in_protobuf(scraped):
    assert scraped.prometheus.value('up{job="amplifier-voice"}') == 1
    assert scraped.exporter.sample('amplifier_voice_exporter_scrapes_total{code="200",format="protobuf"}') > 0


@pytest.mark.parametrize("metric", LATENCIES)
def test_a_native_histogram_counts_every_observation(scraped, metric):
    family, values = LATENCIES[metric]
    assert scraped.prometheus.value(f"histogram_count({family})") == len(values)
    assert scraped.prometheus.value(f"histogram_sum({family})") == pytest.approx(sum(values) / 1000)


@pytest.mark.parametrize("percentile", PERCENTILES)
@pytest.mark.parametrize("metric", LATENCIES)
def test_a_quantile_is_that_of_the_json(scraped, metric, percentile):
    family, values = LATENCIES[metric]
    quantile = 1000 * scraped.prometheus.value(f"histogram_quantile({percentile / 100}, {family})")
    assert quantile == pytest.approx(scraped.latency[metric][f"p{percentile}"], rel=BOUND)
    assert quantile == pytest.approx(sorted(values)[percentile * len(values) // 100 - 1], rel=BOUND)


def test_other_families_are_stored_as_from_text(scraped):
    assert scraped.prometheus.value('amplifier_voice_sessions{state="active"}') == 0
    assert scraped.prometheus.value("amplifier_voice_sessions_limit") == 50
    buckets = scraped.prometheus.query("amplifier_voice_audio_jitter_seconds_bucket")
    assert {labels["le"] for labels, _ in buckets} >= {"0.005", "0.5", "+Inf"}


def test_this_prometheus_takes_native_buckets_instead_of_classic_ones(scraped):
    assert scraped.prometheus.query("amplifier_voice_time_to_first_audio_seconds_bucket") == []


def test_the_body_holds_classic_and_native_buckets(exporter):
    exporter.record({"type": "latency.sample", "metric": "ttfa", "value_ms": 500, "turn_id": "turn"})
    answer = exporter.request("GET", "/metrics", headers={"Accept": ACCEPT})
    assert (answer.status, answer.headers["Content-Type"]) == (200, CONTENT_TYPE)
    parsed = {family.name: family for family in client_model.families(answer.body)}
    histogram = parsed["amplifier_voice_time_to_first_audio_seconds"].metric[0].histogram
    assert (histogram.sample_count, histogram.sample_sum, histogram.schema) == (1, 0.5, 6)
    assert client_model.buckets(histogram.positive_span, histogram.positive_delta) == {-64: 1}
    bucket = next(bucket for bucket in histogram.bucket if bucket.upper_bound == 0.5)
    assert (bucket.cumulative_count, bucket.exemplar.label[0].value) == (1, "turn")


def test_protobuf_tells_the_families_of_text(exporter):
    exporter.record({"type": "session.started", "session_id": "one"})
    body = exporter.request("GET", "/metrics", headers={"Accept": ACCEPT}).body
    names = [line.split(" ")[2] for line in exporter.exposition().split("\n") if line.startswith("# HELP ")]
    told = [family.name for family in client_model.families(body)]
    assert told == sorted(told)
    # The HTTP server's own families appear with the first answer.
    assert {name for name in names if not name.startswith(("hb_", "http_"))} == set(told) - {
        name for name in told if name.startswith(("hb_", "http_"))}


def test_protobuf_is_compressed_where_asked_for(exporter):
    import gzip

    answer = exporter.request("GET", "/metrics", headers={"Accept": ACCEPT, "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(list(client_model.families(gzip.decompress(answer.body)))) > 50
