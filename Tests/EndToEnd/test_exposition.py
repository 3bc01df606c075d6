"""The exposition, read by the parser of the official Python client."""

import gzip
import re

import pytest

from exporter import families, samples

CATALOGUE = {
    "amplifier_voice_sessions": ("gauge", {"state"}),
    "amplifier_voice_sessions_limit": ("gauge", set()),
    "amplifier_voice_sessions_started": ("counter", set()),
    "amplifier_voice_sessions_ended": ("counter", set()),
    "amplifier_voice_sessions_failed": ("counter", set()),
    "amplifier_voice_sessions_lost": ("counter", set()),
    "amplifier_voice_session_duration_seconds": ("histogram", {"le"}),
    "amplifier_voice_session_last_started_timestamp_seconds": ("gauge", set()),
    "amplifier_voice_session_last_ended_timestamp_seconds": ("gauge", set()),
    "amplifier_voice_time_to_first_audio_seconds": ("histogram", {"le"}),
    "amplifier_voice_turn_duration_seconds": ("histogram", {"le"}),
    "amplifier_voice_webrtc_connect_duration_seconds": ("histogram", {"le"}),
    "amplifier_voice_session_create_duration_seconds": ("histogram", {"le"}),
    "amplifier_voice_sdp_exchange_duration_seconds": ("histogram", {"le"}),
}

# A time that nobody has told yet is not 1970.
ONLY_ONCE_REPORTED = {
    "amplifier_voice_session_last_started_timestamp_seconds",
    "amplifier_voice_session_last_ended_timestamp_seconds",
}

BOUNDS = {
    "amplifier_voice_session_duration_seconds": (
        "5.0 10.0 30.0 60.0 120.0 180.0 300.0 600.0 900.0 1800.0 3600.0 7200.0 +Inf"),
    "amplifier_voice_time_to_first_audio_seconds": (
        "0.1 0.2 0.3 0.4 0.5 0.6 0.8 1.0 1.2 1.5 2.0 2.5 3.0 4.0 6.0 10.0 +Inf"),
    "amplifier_voice_turn_duration_seconds": (
        "0.5 0.75 1.0 1.5 2.0 2.5 3.0 3.5 4.0 5.0 6.0 7.0 8.5 10.0 15.0 30.0 +Inf"),
    "amplifier_voice_webrtc_connect_duration_seconds": "0.05 0.1 0.2 0.3 0.4 0.5 0.75 1.0 1.5 2.5 5.0 10.0 +Inf",
    "amplifier_voice_session_create_duration_seconds": "0.05 0.1 0.2 0.3 0.4 0.5 0.75 1.0 1.5 2.5 5.0 10.0 +Inf",
    "amplifier_voice_sdp_exchange_duration_seconds": "0.05 0.1 0.2 0.3 0.4 0.5 0.75 1.0 1.5 2.5 5.0 10.0 +Inf",
}


def feed(exporter):
    exporter.record(
        {"type": "session.started", "session_id": "one"},
        {"type": "session.ended", "session_id": "one", "duration_ms": 61_000},
        {"type": "session.state", "session_id": "two", "state": "tool_executing"},
        *[
            {"type": "latency.sample", "metric": metric, "value_ms": 1234.5}
            for metric in ["ttfa", "turn", "webrtc_connect", "session_create", "sdp_exchange"]
        ])


def shape(exposition):
    """The type and the label names of every family."""
    return {
        family.name: (family.type, {name for sample in family.samples for name in sample.labels})
        for family in families(exposition)
    }


def test_the_headers_name_the_format(exporter):
    answer = exporter.request("GET", "/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"
    assert answer.headers["Content-Encoding"] is None
    assert int(answer.headers["Content-Length"]) == len(answer.body)


def test_head_gives_the_headers_alone(exporter):
    get = exporter.request("GET", "/metrics")
    head = exporter.request("HEAD", "/metrics")
    assert (head.status, head.body) == (200, b"")
    for name in ["Content-Type", "Vary"]:
        assert head.headers[name] == get.headers[name]
    # The exporter's own numbers differ by a few digits from one scrape to the next, and the first answer of each kind
    # brings series of the HTTP server.
    assert abs(int(head.headers["Content-Length"]) - int(get.headers["Content-Length"])) < 4_000


def test_head_gives_the_headers_of_the_compressed_form(exporter):
    head = exporter.request("HEAD", "/metrics", headers={"Accept-Encoding": "gzip"})
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Encoding"] == "gzip"


def test_gzip_holds_the_same_exposition(exporter):
    feed(exporter)
    plain = exporter.request("GET", "/metrics")
    packed = exporter.request("GET", "/metrics", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert packed.headers["Vary"] == plain.headers["Vary"]
    assert len(packed.body) < len(plain.body) / 4
    unpacked = gzip.decompress(packed.body).decode()
    assert shape(unpacked) == shape(plain.body.decode())
    assert samples(unpacked).keys() == samples(plain.body.decode()).keys()


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br, deflate", "*;q=0", "identity, gzip;q=0.5"])
def test_gzip_is_left_out_where_it_is_not_wanted(exporter, accepted):
    answer = exporter.request("GET", "/metrics", headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"
    assert answer.body.startswith(b"# HELP ")


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "*", "br, gzip;q=0.5", "gzip, deflate, br"])
def test_gzip_is_given_where_it_is_wanted(exporter, accepted):
    answer = exporter.request("GET", "/metrics", headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body).startswith(b"# HELP ")


def test_the_families_of_the_catalogue_are_there(exporter):
    feed(exporter)
    found = shape(exporter.exposition())
    assert {name: found.get(name) for name in CATALOGUE} == CATALOGUE


def test_families_and_labels_stay_the_same_once_events_come(exporter):
    empty = shape(exporter.exposition())
    feed(exporter)
    fed = shape(exporter.exposition())
    assert fed.keys() - empty.keys() == ONLY_ONCE_REPORTED
    assert empty == {name: fed[name] for name in empty}


def test_series_other_than_times_never_appear_later(exporter):
    empty = exporter.samples().keys()
    feed(exporter)
    assert exporter.samples().keys() - empty == ONLY_ONCE_REPORTED


def test_an_empty_exporter_has_counted_nothing(exporter):
    values = exporter.samples()
    counted = {
        series: value for series, value in values.items()
        if series.startswith("amplifier_voice_") and "_exporter_" not in series and "_build_info" not in series
    }
    assert {series: value for series, value in counted.items() if value} == {"amplifier_voice_sessions_limit": 50}


@pytest.mark.parametrize("family", BOUNDS)
def test_bucket_bounds_are_written_with_a_point(exporter, family):
    bounds = re.findall(rf'^{family}_bucket{{le="([^"]*)"}}', exporter.exposition(), re.MULTILINE)
    assert " ".join(bounds) == BOUNDS[family]


def test_every_bound_has_a_point_or_an_exponent(exporter):
    bounds = set(re.findall(r'[{,]le="([^"]*)"', exporter.exposition()))
    assert {bound for bound in bounds if not re.search(r"[.e]", bound)} == {"+Inf"}


def test_families_stand_in_order_each_with_help_and_type(exporter):
    feed(exporter)
    body = exporter.exposition()
    helped = re.findall(r"^# HELP (\S+) \S", body, re.MULTILINE)
    typed = re.findall(r"^# TYPE (\S+) (?:counter|gauge|histogram)$", body, re.MULTILINE)
    assert helped == typed == sorted(set(helped))
    assert body.endswith("\n") and "\r" not in body and "\n\n" not in body


def test_buckets_rise_to_the_count(exporter):
    feed(exporter)
    for family in families(exporter.exposition()):
        if family.type == "histogram":
            buckets = [sample.value for sample in family.samples if sample.name.endswith("_bucket")]
            count = next(sample.value for sample in family.samples if sample.name.endswith("_count"))
            assert buckets == sorted(buckets)
            assert buckets[-1] == count


def test_ids_from_outside_never_reach_the_exposition(exporter):
    hostile = 'x"} 1\namplifier_voice_forged 1\n# \\'
    before = exporter.samples().keys()
    exporter.record(
        {"type": "session.started", "session_id": hostile, "id": hostile},
        {"type": "session.ended", "session_id": hostile, "reason": hostile},
        {"type": "latency.sample", "metric": "ttfa", "value_ms": 1, "session_id": hostile, "turn_id": hostile})
    assert exporter.samples().keys() - before == ONLY_ONCE_REPORTED
    assert "forged" not in exporter.exposition()
