"""`GET /metrics` in its two formats: which one is given to whom, and that both say the same."""

import gzip

import pytest

from everything import LATENCIES, LATENCIES_OF_RAW_EVENTS, feed_everything
from exporter import Exporter
from formats import OPENMETRICS_TYPE, PROTOBUF_TYPE, TEXT_TYPE, in_openmetrics, in_text, openmetrics, told
from rawhttp import RawConnection

PROMETHEUS_2_42 = (
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
    "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
PROMETHEUS_3 = (
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
    "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
    "text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
PROTOBUF = (
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")
VMAGENT = "text/plain;version=0.0.4;q=1,*/*;q=0.1"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.fixture(scope="module")
def fed():
    """An exporter that has seen every kind of event."""
    with Exporter() as exporter:
        feed_everything(exporter)
        yield exporter


@pytest.mark.parametrize(
    "accept, expected",
    [
        (PROMETHEUS_2_42, OPENMETRICS_TYPE),
        (PROMETHEUS_3, f"{OPENMETRICS_TYPE}; escaping=allow-utf-8"),
        (f"{PROTOBUF};q=0.7,{PROMETHEUS_3}", PROTOBUF_TYPE),
        (f"{PROTOBUF};escaping=allow-utf-8;q=0.7,{PROMETHEUS_3}", f"{PROTOBUF_TYPE}; escaping=allow-utf-8"),
        (f"{PROTOBUF};q=0.5,{PROMETHEUS_3}", f"{OPENMETRICS_TYPE}; escaping=allow-utf-8"),
        (f"{PROTOBUF},text/plain;version=0.0.4;q=0.3", PROTOBUF_TYPE),
        (PROTOBUF, PROTOBUF_TYPE),
        (PROTOBUF.replace("delimited", "text"), TEXT_TYPE),
        (VMAGENT, TEXT_TYPE),
        (BROWSER, TEXT_TYPE),
        (None, TEXT_TYPE),
        ("", TEXT_TYPE),
        ("*/*", TEXT_TYPE),
        ("text/*", TEXT_TYPE),
        ("text/plain", TEXT_TYPE),
        ("text/html", TEXT_TYPE),
        ("application/json", TEXT_TYPE),
        (";;;,,=,q", TEXT_TYPE),
        ("application/openmetrics-text", OPENMETRICS_TYPE),
        ("APPLICATION/OpenMetrics-Text; VERSION=1.0.0", OPENMETRICS_TYPE),
        ('application/openmetrics-text; version="1.0.0"', OPENMETRICS_TYPE),
        ("application/openmetrics-text;version=0.0.1", TEXT_TYPE),
        ("application/openmetrics-text;version=2.0.0,text/plain;q=0.1", TEXT_TYPE),
        # Weights.
        ("text/plain;q=0.5,application/openmetrics-text;q=0.6", OPENMETRICS_TYPE),
        ("application/openmetrics-text;q=0.5,text/plain;q=0.6", TEXT_TYPE),
        ("application/openmetrics-text;q=0.5,*/*;q=0.6", TEXT_TYPE),
        ("application/openmetrics-text;q=0", TEXT_TYPE),
        ("application/openmetrics-text;q=0,*/*", TEXT_TYPE),
        ("application/openmetrics-text;q=0.000,text/plain;q=0.001", TEXT_TYPE),
        ("text/plain;q=0,application/openmetrics-text;q=0.1", OPENMETRICS_TYPE),
        # What is named counts for more than what a wildcard covers (RFC 9110, section 12.5.1).
        ("text/plain;q=0,*/*", OPENMETRICS_TYPE),
        ("*/*,text/plain;q=0", OPENMETRICS_TYPE),
        ("text/*;q=0.2,*/*;q=0.8", OPENMETRICS_TYPE),
        ("text/plain;q=0.9,text/*;q=0.2,*/*;q=0.8", TEXT_TYPE),
        ("text/plain;version=0.0.4;q=0.1,text/plain,application/openmetrics-text;q=0.5", OPENMETRICS_TYPE),
        ("application/*,text/plain;q=0.9", OPENMETRICS_TYPE),
        # What cannot be read weighs nothing.
        ("application/openmetrics-text;q=much,text/plain;q=0.1", TEXT_TYPE),
        ("application/openmetrics-text;q=2,text/plain;q=0.1", TEXT_TYPE),
        ("application/openmetrics-text;q=nan,text/plain;q=0.1", TEXT_TYPE),
        # An escaping that exists comes back; another one is as none.
        ("application/openmetrics-text;escaping=underscores", f"{OPENMETRICS_TYPE}; escaping=underscores"),
        ("application/openmetrics-text;version=1.0.0;escaping=dots", f"{OPENMETRICS_TYPE}; escaping=dots"),
        ("text/plain;version=0.0.4;escaping=values", f"{TEXT_TYPE}; escaping=values"),
        ("text/plain;escaping=allow-utf-8", f"{TEXT_TYPE}; escaping=allow-utf-8"),
        ("text/plain;escaping=unheard-of", TEXT_TYPE),
        ("application/openmetrics-text;escaping=", OPENMETRICS_TYPE),
        ('application/openmetrics-text;escaping="dots"', f"{OPENMETRICS_TYPE}; escaping=dots"),
    ],
)
def test_the_scraper_gets_the_format_that_it_weighs_highest(fed, accept, expected):
    answer = fed.request("GET", "/metrics", headers={} if accept is None else {"Accept": accept})
    assert (answer.status, answer.headers["Content-Type"]) == (200, expected)
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"
    assert answer.body.endswith(b"# EOF\n") == expected.startswith("application/openmetrics-text")


def test_several_accept_headers_count_as_one(fed):
    with RawConnection(fed) as connection:
        connection.send(["GET /metrics HTTP/1.1", "Accept: text/plain;q=0.1", "Accept: application/openmetrics-text"])
        assert connection.answer().headers["Content-Type"] == OPENMETRICS_TYPE


def test_head_has_the_type_of_the_format(fed):
    answer = fed.request("HEAD", "/metrics", headers={"Accept": PROMETHEUS_3})
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Type"] == f"{OPENMETRICS_TYPE}; escaping=allow-utf-8"


def test_both_formats_tell_the_same_families_and_samples(fed):
    text, openmetrics = told(in_text(fed)), told(in_openmetrics(fed))
    assert text == openmetrics
    assert len(text) > 40


def test_both_formats_hold_the_same_series_of_what_moves(fed):
    def series(parsed):
        return [(sample.name, sample.labels) for family in parsed for sample in family.samples]
    assert series(in_text(fed)) == series(in_openmetrics(fed))


def test_families_are_told_once_and_no_series_twice(fed):
    parsed = in_openmetrics(fed)
    names = [family.name for family in parsed]
    assert len(names) == len(set(names))
    series = [(sample.name, *sorted(sample.labels.items())) for family in parsed for sample in family.samples]
    assert len(series) == len(set(series))


def test_openmetrics_ends_with_its_mark_and_text_has_none(fed):
    body = openmetrics(fed)
    assert body.endswith(b"\n# EOF\n")
    assert body.count(b"# EOF") == 1
    assert b"# EOF" not in fed.exposition().encode()


def test_units_are_told_in_openmetrics_alone_and_end_the_name(fed):
    with_units = {family.name: family.unit for family in in_openmetrics(fed) if family.unit}
    assert set(with_units.values()) == {"seconds", "bytes", "ratio"}
    assert {name for name, unit in with_units.items() if not name.endswith(f"_{unit}")} == set()
    assert b"# UNIT" not in fed.exposition().encode()


def exemplars(parsed):
    return {
        (sample.name, sample.labels.get("le")): (sample.exemplar.labels, sample.exemplar.value)
        for family in parsed
        for sample in family.samples
        if sample.exemplar
    }


def test_the_buckets_of_the_latencies_name_a_turn(fed):
    found = exemplars(in_openmetrics(fed))
    families = [*LATENCIES.values(), *LATENCIES_OF_RAW_EVENTS]
    assert {name for name, _ in found} == {f"{family}_bucket" for family in families}
    for metric, family in LATENCIES.items():
        turn = {"turn_id": f"{metric}-99999"}
        assert found[f"{family}_bucket", "+Inf"] == (turn, 99.999)
        assert (({"turn_id": f"{metric}-1234.5"}, 1.2345)
                in [told for (name, _), told in found.items() if name == f"{family}_bucket"])


def test_a_turn_of_marks_is_named_too(fed):
    assert (({"turn_id": "marked"}, 0.55)) in exemplars(in_openmetrics(fed)).values()


def test_an_exemplar_lies_within_its_bucket_and_fits_the_format(fed):
    for family in in_openmetrics(fed):
        lower = float("-inf")
        for sample in family.samples:
            if not sample.name.endswith("_bucket"):
                continue
            upper = float(sample.labels["le"])
            if sample.exemplar:
                assert lower < sample.exemplar.value <= upper
                assert sample.exemplar.timestamp is not None
                assert sum(len(part) for pair in sample.exemplar.labels.items() for part in pair) <= 128
            lower = float("-inf") if upper == float("inf") else upper


def test_text_never_names_a_turn(fed):
    body = fed.exposition()
    assert "turn_id" not in body
    assert [line for line in body.splitlines() if "#" in line and not line.startswith("# ")] == []


@pytest.mark.parametrize("length", [121, 122, 128])
def test_a_turn_whose_name_does_not_fit_is_counted_without_it(exporter, length):
    exporter.record({"type": "latency.sample", "metric": "ttfa", "value_ms": 350, "turn_id": "t" * length})
    # The name of the label counts too.
    expected = [{"turn_id": "t" * length}] if length + len("turn_id") <= 128 else []
    assert [labels for labels, _ in exemplars(in_openmetrics(exporter)).values()] == expected
    assert exporter.sample("amplifier_voice_time_to_first_audio_seconds_count") == 1


@pytest.mark.parametrize("accept", ["text/plain", "application/openmetrics-text"])
def test_gzip_is_given_in_both_formats(fed, accept):
    plain = fed.request("GET", "/metrics", headers={"Accept": accept})
    packed = fed.request("GET", "/metrics", headers={"Accept": accept, "Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert int(packed.headers["Content-Length"]) == len(packed.body) < len(plain.body) / 4
    unpacked = gzip.decompress(packed.body)
    assert unpacked.endswith(b"# EOF\n") == (accept == "application/openmetrics-text")
    assert len(unpacked.splitlines()) == len(plain.body.splitlines())


def test_scrapes_are_counted_by_format(exporter):
    for _ in range(3):
        openmetrics(exporter)
    assert exporter.sample('amplifier_voice_exporter_scrapes_total{code="200",format="openmetrics"}') == 3
    assert exporter.sample('amplifier_voice_exporter_scrapes_total{code="200",format="text"}') == 1
