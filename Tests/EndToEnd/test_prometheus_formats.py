"""A real Prometheus takes both formats, stores the same of both, and keeps the exemplars of OpenMetrics."""

import time
from contextlib import ExitStack
from types import SimpleNamespace

import pytest

from everything import LATENCIES, feed_everything
from exporter import Exporter
from formats import MOVES
from prometheus import Prometheus
from textproxy import text_proxy
from waiting import wait_until

# The labels that Prometheus adds, and the address, in which the two scrapes differ.
SCRAPERS_OWN = {"job", "instance"}


@pytest.fixture(scope="module")
def scraped(tmp_path_factory):
    """One exporter that was fed before two Prometheus scrape it, the one in OpenMetrics and the other in text."""
    with ExitStack() as stack:
        exporter = stack.enter_context(Exporter())
        feed_everything(exporter)
        targets = {"openmetrics": f"{exporter.host}:{exporter.port}", "text": stack.enter_context(text_proxy(exporter))}
        both = {
            format: stack.enter_context(
                Prometheus(tmp_path_factory.mktemp(format), target, "--enable-feature=exemplar-storage"))
            for format, target in targets.items()
        }
        for prometheus in both.values():
            wait_until(lambda: prometheus.query("up"), "the first scrape", timeout=30)
        yield SimpleNamespace(exporter=exporter, **both)


def stored(prometheus):
    """Every series of the exporter that does not move by itself, with its value."""
    vector = prometheus.query('{job="amplifier-voice",__name__!="up",__name__!~"scrape_.*"}')
    return {
        tuple(sorted((name, value) for name, value in labels.items() if name not in SCRAPERS_OWN)): value
        for labels, value in vector
        if not MOVES.match(labels["__name__"])
    }


@pytest.mark.parametrize("format", ["openmetrics", "text"])
def test_the_target_is_up_and_scraped_in_the_format(scraped, format):
    assert getattr(scraped, format).value('up{job="amplifier-voice"}') == 1
    assert scraped.exporter.sample(
        f'amplifier_voice_exporter_scrapes_total{{code="200",format="{format}"}}') > 0


@pytest.mark.parametrize("format", ["openmetrics", "text"])
def test_every_sample_is_stored(scraped, format):
    prometheus = getattr(scraped, format)
    samples = prometheus.value("scrape_samples_scraped")
    assert prometheus.value("scrape_samples_post_metric_relabeling") == samples
    own = prometheus.query('{job="amplifier-voice",__name__!~"up|scrape_.*|hb_.*|http_server_.*"}')
    assert len(own) == len(scraped.exporter.samples())
    assert samples >= len(own)


def test_both_formats_leave_the_same_series(scraped):
    assert stored(scraped.openmetrics) == stored(scraped.text)
    assert len(stored(scraped.text)) > 400


def test_the_units_of_openmetrics_are_known(scraped):
    metadata = wait_until(scraped.openmetrics.metadata, "the metadata")
    assert metadata["amplifier_voice_turn_duration_seconds"] == [{
        "type": "histogram", "unit": "seconds",
        "help": "Time from the end of the user's speech to the complete response.",
    }]


def exemplars(prometheus, family):
    now = time.time()
    found = prometheus.exemplars(f"{family}_bucket", now - 3600, now + 3600)
    return {
        (labels["le"], exemplar["labels"]["turn_id"]): float(exemplar["value"])
        for labels, exemplars in found
        for exemplar in exemplars
    }


@pytest.mark.parametrize("metric, family", LATENCIES.items())
def test_a_bucket_leads_to_its_turn(scraped, metric, family):
    found = exemplars(scraped.openmetrics, family)
    assert found.items() >= {("+Inf", f"{metric}-99999"): 99.999}.items()
    assert {turn for _, turn in found} >= {f"{metric}-90", f"{metric}-1234.5", f"{metric}-99999"}


def test_a_turn_of_marks_is_found_in_its_bucket(scraped):
    found = exemplars(scraped.openmetrics, "amplifier_voice_time_to_first_audio_seconds")
    assert found["0.6", "marked"] == 0.55


@pytest.mark.parametrize("family", LATENCIES.values())
def test_text_has_no_exemplars(scraped, family):
    assert exemplars(scraped.text, family) == {}
