"""One report of a client's audio moves the numbers it is about, and nothing else."""

from unittest.mock import ANY

import pytest

from effects import GONE
from expectations import CONNECTING, ENDED, check, ended_for, ended_sessions, observed, reading, session_audio
from ingest import STARTED

REPORT = {"type": "audio.stats", "session_id": "one"}

# What SPEC's formula and that of G.107 give for 2 % of loss and 100 ms of round trip, the one with 20 ms of jitter, the
# other with 60 ms of buffer.
MOS = 4.066645783083456
MOS_G107 = 3.78251636310987

LOSS = reading("packet_loss_pct", 2)
LOSS_SERIES = observed("audio_packet_loss_ratio", 0.02, "0.02 0.03 0.05 0.1 0.2 0.5 1.0 +Inf")
JITTER = reading("jitter_ms", 20)
JITTER_SERIES = observed("audio_jitter_seconds", 0.02, "0.02 0.03 0.04 0.05 0.075 0.1 0.2 0.5 +Inf")
ROUND_TRIP = reading("rtt_ms", 100)
ROUND_TRIP_SERIES = observed("audio_round_trip_time_seconds", 0.1, "0.1 0.15 0.2 0.3 0.5 1.0 2.0 +Inf")
SCORE = {**reading("mos_score", MOS), "audio.quality_rating": "good"}
SCORE_SERIES = observed("audio_mos_score", MOS, "4.25 4.5 +Inf", model="spec")
SCORE_G107_SERIES = observed("audio_mos_score", MOS_G107, "4.0 4.25 4.5 +Inf", model="g107")
EMPTY_BUFFER_SERIES = observed(
    "audio_buffer_level_seconds", 0, "0.01 0.02 0.04 0.06 0.08 0.1 0.12 0.15 0.2 0.3 0.5 1.0 +Inf")
# The sum was 0 before.
del EMPTY_BUFFER_SERIES["amplifier_voice_audio_buffer_level_seconds_sum"]
BUFFER_SERIES = observed("audio_buffer_level_seconds", 0.06, "0.06 0.08 0.1 0.12 0.15 0.2 0.3 0.5 1.0 +Inf")


@pytest.mark.parametrize(
    "readings, expected_json, expected_series",
    [
        pytest.param(
            {"packet_loss_pct": 2}, {**LOSS, **session_audio(avg_packet_loss_pct=2)}, LOSS_SERIES, id="loss"),
        pytest.param({"jitter_ms": 20}, {**JITTER, **session_audio(avg_jitter_ms=20)}, JITTER_SERIES, id="jitter"),
        pytest.param(
            {"rtt_ms": 100}, {**ROUND_TRIP, **session_audio(avg_rtt_ms=100)}, ROUND_TRIP_SERIES, id="round-trip time"),
        pytest.param({"codec": "opus"}, {"audio.codec": "opus", **session_audio()}, {}, id="codec"),
        pytest.param({"bitrate_kbps": 48}, {"audio.bitrate_kbps": 48, **session_audio()}, {}, id="bitrate"),
        pytest.param(
            {"sample_rate_hz": 24000}, {"audio.sample_rate_hz": 24000, **session_audio()}, {}, id="sample rate"),
        pytest.param(
            {"buffer_level_ms": 60}, {"audio.buffer_level_ms": 60, "audio.buffer_health": "healthy", **session_audio()}, BUFFER_SERIES,
            id="buffer level"),
        pytest.param(
            {"dropout_ms": 250}, session_audio(total_dropouts_ms=250),
            {"amplifier_voice_audio_dropout_seconds_total": 0.25}, id="dropout"),
        pytest.param(
            {"packet_loss_pct": 2, "jitter_ms": 20},
            {**LOSS, **JITTER, **session_audio(avg_packet_loss_pct=2, avg_jitter_ms=20)},
            {**LOSS_SERIES, **JITTER_SERIES},
            id="no score without the round-trip time"),
        pytest.param(
            {"jitter_ms": 20, "rtt_ms": 100, "buffer_level_ms": 60},
            {
                **JITTER, **ROUND_TRIP, "audio.buffer_level_ms": 60, "audio.buffer_health": "healthy",
                **session_audio(avg_jitter_ms=20, avg_rtt_ms=100),
            },
            {**JITTER_SERIES, **ROUND_TRIP_SERIES, **BUFFER_SERIES},
            id="no score without loss"),
        pytest.param(
            {"packet_loss_pct": 2, "jitter_ms": 20, "rtt_ms": 100},
            {
                **LOSS, **JITTER, **ROUND_TRIP, **SCORE,
                **session_audio(avg_packet_loss_pct=2, avg_jitter_ms=20, avg_rtt_ms=100, avg_mos=MOS),
            },
            {**LOSS_SERIES, **JITTER_SERIES, **ROUND_TRIP_SERIES, **SCORE_SERIES},
            id="SPEC's score"),
        pytest.param(
            {"packet_loss_pct": 2, "rtt_ms": 100, "buffer_level_ms": 60},
            {
                **LOSS, **ROUND_TRIP, "audio.buffer_level_ms": 60, "audio.buffer_health": "healthy", "audio.mos_g107": MOS_G107,
                **session_audio(avg_packet_loss_pct=2, avg_rtt_ms=100),
            },
            {**LOSS_SERIES, **ROUND_TRIP_SERIES, **BUFFER_SERIES, **SCORE_G107_SERIES},
            id="the score of G.107 alone"),
        pytest.param(
            {"packet_loss_pct": 2, "jitter_ms": 20, "rtt_ms": 100, "buffer_level_ms": 60},
            {
                **LOSS, **JITTER, **ROUND_TRIP, **SCORE,
                "audio.buffer_level_ms": 60, "audio.buffer_health": "healthy", "audio.mos_g107": MOS_G107,
                **session_audio(avg_packet_loss_pct=2, avg_jitter_ms=20, avg_rtt_ms=100, avg_mos=MOS),
            },
            {
                **LOSS_SERIES, **JITTER_SERIES, **ROUND_TRIP_SERIES, **BUFFER_SERIES,
                **SCORE_SERIES, **SCORE_G107_SERIES,
            },
            id="both scores"),
        pytest.param(
            {"buffer_level_ms": 0}, {"audio.buffer_level_ms": 0, "audio.buffer_health": "low", **session_audio()}, EMPTY_BUFFER_SERIES,
            id="a reading of 0 is a sample"),
    ],
)
def test_a_reading_moves_only_its_numbers(exporter, readings, expected_json, expected_series):
    check(exporter, [STARTED], {**REPORT, **readings}, expected_json, expected_series)


def test_the_end_of_a_session_takes_its_audio_away_and_leaves_the_totals(exporter):
    check(
        exporter, [CONNECTING, {**REPORT, "jitter_ms": 20}], {"type": "session.ended", "session_id": "one"},
        {
            "sessions.connecting_count": 0,
            "sessions.last_session_ended": ANY,
            **ended_sessions(1, failure_rate=0),
            **dict.fromkeys(session_audio(), GONE),
        },
        {
            'amplifier_voice_sessions{state="connecting"}': 0,
            **ended_for(),
            "amplifier_voice_session_last_ended_timestamp_seconds": ANY,
        })


def test_a_report_that_comes_after_the_end_counts_and_does_not_bring_its_session_back(exporter):
    check(
        exporter, [STARTED, ENDED], {**REPORT, "jitter_ms": 20},
        JITTER, {**JITTER_SERIES, "amplifier_voice_exporter_late_session_events_total": 1})
