"""`POST /api/metrics/audio`: what the snippet of SPEC section 5 sends moves its numbers, and nothing else."""

from urllib.parse import quote

import pytest

from effects import Effects
from expectations import (
    HEARTBEAT, NEW_ACTIVE_SESSION, accepted, observed, opened, packet_loss, reading, session_audio, under)
from ingest import STARTED, report

# `JSON.stringify` of the snippet's object: the fields it begins with, then those it adds; `packetLoss` and the bytes it
# never fills.
SNIPPET = (
    '{"packetLoss":0,"jitter":22,"rtt":65,"bytesReceived":0,"bytesSent":0,'
    '"packetsLost":%d,"packetsReceived":%d}')
# What a browser's fetch() adds to a body that is a string.
FETCH = "text/plain;charset=UTF-8"

MOS = 4.1001835084452845

READINGS = {**reading("jitter_ms", 22), **reading("rtt_ms", 65)}
# The means stay what they were.
MORE_READINGS = {"audio.status.jitter_ms.samples": 2, "audio.status.rtt_ms.samples": 2}


def readings_series(times):
    return {
        **observed("audio_jitter_seconds", 0.022, "0.03 0.04 0.05 0.075 0.1 0.2 0.5 +Inf", times),
        **observed("audio_round_trip_time_seconds", 0.065, "0.075 0.1 0.15 0.2 0.3 0.5 1.0 2.0 +Inf", times),
    }


READINGS_SERIES = readings_series(times=1)
TAKEN = accepted("audio.stats")
TAKEN_TWICE = accepted("audio.stats", {"type": "audio.stats"})

# 2 lost of 250, which is 0.8 %.
LOSS = {
    **packet_loss(0.8, packets=250),
    **reading("mos_score", MOS),
    "audio.quality_rating": "good",
}
LOSS_SERIES = {
    "amplifier_voice_audio_packets_lost_total": 2,
    "amplifier_voice_audio_packets_received_total": 248,
    **observed("audio_packet_loss_ratio", 0.008, "0.01 0.02 0.03 0.05 0.1 0.2 0.5 1.0 +Inf"),
    **observed("audio_mos_score", MOS, "4.25 4.5 +Inf", model="spec"),
}


def post(exporter, body, session=None, content_type=FETCH):
    path = "/api/metrics/audio" if session is None else f"/api/metrics/audio?session_id={quote(session, safe='')}"
    return exporter.request("POST", path, body.encode(), {"Content-Type": content_type})


def effects_of_post(exporter, *arguments, **named):
    return Effects(exporter, lambda: post(exporter, *arguments, **named))


def test_the_snippet_without_a_session_moves_jitter_and_round_trip_time_alone(exporter):
    effects = effects_of_post(exporter, SNIPPET % (3, 250))
    assert effects.json == READINGS
    assert effects.series == {**TAKEN, **READINGS_SERIES}


def test_a_second_snippet_without_a_session_has_nobody_to_be_compared_with(exporter):
    post(exporter, SNIPPET % (3, 250))
    effects = effects_of_post(exporter, SNIPPET % (5, 498))
    assert effects.json == MORE_READINGS
    assert effects.series == {**TAKEN_TWICE, **readings_series(times=2)}


@pytest.mark.parametrize("session", ["one", "a b", "a/b?c&d=e+f%20", "é🎙", '"\\'])
def test_the_first_snippet_of_a_session_opens_it_and_is_its_baseline(exporter, session):
    effects = effects_of_post(exporter, SNIPPET % (3, 250), session=session)
    assert effects.json == {
        **NEW_ACTIVE_SESSION,
        **READINGS,
        **session_audio(session, avg_jitter_ms=22, avg_rtt_ms=65),
    }
    assert effects.series == {**TAKEN, **opened("active"), **READINGS_SERIES}


def test_the_second_snippet_of_a_session_moves_loss_as_well(exporter):
    post(exporter, SNIPPET % (3, 250), session="one")
    effects = effects_of_post(exporter, SNIPPET % (5, 498), session="one")
    # The bitrate has a test of its own below.
    assert {path: value for path, value in effects.json.items() if path != "audio.bitrate_kbps"} == {
        **LOSS,
        **MORE_READINGS,
        **under("audio.avg_by_session.one", {"avg_packet_loss_pct": 0.8, "avg_mos": MOS}),
    }
    assert effects.series == {**TAKEN_TWICE, **readings_series(times=2), **LOSS_SERIES}


def test_bytes_that_the_snippet_never_fills_are_no_bitrate_of_0(exporter):
    for packets in [(3, 250), (5, 498)]:
        post(exporter, SNIPPET % packets, session="one")
    assert exporter.get_json("/metrics/audio")["bitrate_kbps"] is None


def test_the_first_snippet_of_a_session_that_was_seen_to_start_moves_loss(exporter):
    exporter.record(STARTED)
    effects = effects_of_post(exporter, SNIPPET % (2, 248), session="one")
    assert effects.json == {
        **READINGS, **LOSS,
        **session_audio(avg_packet_loss_pct=0.8, avg_jitter_ms=22, avg_rtt_ms=65, avg_mos=MOS),
    }
    assert effects.series == {**TAKEN, **READINGS_SERIES, **LOSS_SERIES}


def test_the_session_that_the_body_names_wins(exporter):
    exporter.record(HEARTBEAT)
    body = (SNIPPET % (3, 250)).replace("{", '{"session_id":"one",', 1)
    effects = effects_of_post(exporter, body, session="two", content_type="application/json")
    assert effects.json == {**READINGS, **session_audio(avg_jitter_ms=22, avg_rtt_ms=65)}
    assert effects.series == {**TAKEN, **READINGS_SERIES}


def test_a_round_trip_time_that_is_not_known_is_no_sample(exporter):
    # What JSON.stringify makes of undefined * 1000.
    effects = effects_of_post(exporter, '{"packetLoss":0,"jitter":22,"rtt":null,"bytesReceived":0,"bytesSent":0}')
    assert effects.json == reading("jitter_ms", 22)


@pytest.mark.parametrize(
    "body, field, error",
    [
        ('{"packetLoss":0}', "jitter", "or another reading is required."),
        ('{"jitter":-1}', "jitter", "must be between 0 and 10000."),
        ('{"rtt":60001}', "rtt", "must be between 0 and 60000."),
        ('{"jitter":"22"}', "jitter", "must be a number."),
        ('{"jitter":NaN}', None, "This is not valid JSON."),
        ("[]", None, "An event must be a JSON object."),
    ],
)
def test_a_post_that_says_nothing_or_nonsense_is_refused(exporter, body, field, error):
    answer = post(exporter, body, session="one")
    assert (answer.status, answer.json) == (400, report(rejected=[{"index": 0, "field": field, "error": error}]))
    assert exporter.get_json("/metrics/sessions")["active_count"] == 0
