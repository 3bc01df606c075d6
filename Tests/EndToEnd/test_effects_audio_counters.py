"""One report of a client's cumulative counters moves the numbers by what they grew, and nothing else."""

import pytest

from expectations import (
    CONNECTING, HEARTBEAT, NEW_ACTIVE_SESSION, ago, check, judged, observed, opened, packet_loss, session_audio, under)
from ingest import STARTED

REPORT = {"type": "audio.stats", "session_id": "one"}

# 2 % of loss.
LOSS_SERIES = observed("audio_packet_loss_ratio", 0.02, "0.02 0.03 0.05 0.1 0.2 0.5 1.0 +Inf")

# A client's counters after its first five seconds and after its second.
FIRST = {
    "packetsLost": 5, "packetsReceived": 245, "bytesReceived": 30_000, "bytesSent": 29_000, "buffer_underruns": 2,
    "vad_triggered_count": 4, "false_positive_interrupts": 1,
}
SECOND = {
    "packetsLost": 6, "packetsReceived": 344, "bytesReceived": 65_000, "bytesSent": 58_500, "buffer_underruns": 5,
    "vad_triggered_count": 7, "false_positive_interrupts": 1,
}

FIRST_FROM_ZERO = {
    **packet_loss(2, packets=250),
    **under("audio", {
        "vad_triggered_count": 4, "false_positive_interrupts": 1, "buffer_underruns": 2,
        "buffer_underruns_last_hour": 2,
    }),
    **session_audio(avg_packet_loss_pct=2, total_underruns=2),
}
FIRST_FROM_ZERO_SERIES = {
    "amplifier_voice_audio_packets_lost_total": 5,
    "amplifier_voice_audio_packets_received_total": 245,
    "amplifier_voice_audio_received_bytes_total": 30_000,
    "amplifier_voice_audio_sent_bytes_total": 29_000,
    "amplifier_voice_audio_buffer_underruns_total": 2,
    "amplifier_voice_vad_activations_total": 4,
    "amplifier_voice_vad_false_positives_total": 1,
    **LOSS_SERIES,
}


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param(
            [STARTED], {**REPORT, **FIRST}, FIRST_FROM_ZERO, FIRST_FROM_ZERO_SERIES,
            id="first of a session that was seen to start"),
        pytest.param(
            [CONNECTING, STARTED], {**REPORT, **FIRST}, FIRST_FROM_ZERO, FIRST_FROM_ZERO_SERIES,
            id="first of a session that was seen to connect"),
        pytest.param(
            [CONNECTING], {**REPORT, **FIRST},
            {**FIRST_FROM_ZERO, "audio.avg_by_session.one.duration_ms": None}, FIRST_FROM_ZERO_SERIES,
            id="first of a session that has not connected"),
        pytest.param(
            [HEARTBEAT], {**REPORT, **FIRST}, session_audio(), {}, id="first of a session that was not seen to start"),
        pytest.param(
            [], {**REPORT, **FIRST}, {**NEW_ACTIVE_SESSION, **session_audio()}, opened("active"),
            id="first of an unknown session, which it opens"),
        pytest.param(
            [{**REPORT, **FIRST}], {**REPORT, "packetsLost": 7, "packetsReceived": 343},
            {**packet_loss(2, packets=100), "audio.avg_by_session.one.avg_packet_loss_pct": 2},
            {
                "amplifier_voice_audio_packets_lost_total": 2,
                "amplifier_voice_audio_packets_received_total": 98,
                **LOSS_SERIES,
            },
            id="packets alone"),
        pytest.param(
            [STARTED, {**REPORT, **FIRST}], {**REPORT, "packetsLost": 3, "packetsReceived": 345},
            {
                "audio.packet_loss_pct": pytest.approx(500 / 350),
                **judged("audio.packet_loss_pct", pytest.approx(500 / 350), samples=350),
                "audio.avg_by_session.one.avg_packet_loss_pct": pytest.approx(500 / 350),
            },
            {
                "amplifier_voice_audio_packets_received_total": 345,
                "amplifier_voice_audio_packet_loss_ratio_count": 2,
                **{
                    f'amplifier_voice_audio_packet_loss_ratio_bucket{{le="{bound}"}}': 1
                    for bound in ["0.0", "0.001", "0.0025", "0.005", "0.01"]
                },
                **{
                    f'amplifier_voice_audio_packet_loss_ratio_bucket{{le="{bound}"}}': 2
                    for bound in ["0.02", "0.03", "0.05", "0.1", "0.2", "0.5", "1.0", "+Inf"]
                },
            },
            id="lost packets that turn up again are no loss"),
        pytest.param(
            [STARTED, {**REPORT, **FIRST}], {**REPORT, "packetsLost": 0, "packetsReceived": 10}, {}, {},
            id="received packets that go back begin a new stream"),
        pytest.param(
            [STARTED, {**REPORT, **FIRST}], {**REPORT, "packetsLost": 5, "packetsReceived": 245}, {}, {},
            id="no packet at all is no sample"),
        pytest.param(
            [STARTED], {**REPORT, "packetsLost": 5}, session_audio(), {}, id="lost packets alone are no sample"),
        pytest.param(
            [STARTED, {**REPORT, **FIRST}],
            {**REPORT, "buffer_underruns": 1, "vad_triggered_count": 1, "bytesSent": 1}, {}, {},
            id="other counters that go back begin anew"),
        pytest.param(
            [STARTED], {**REPORT, "packetsLost": 5, "packetsReceived": 245, "packet_loss_pct": 90},
            {**packet_loss(2, packets=250), **session_audio(avg_packet_loss_pct=2)},
            {
                "amplifier_voice_audio_packets_lost_total": 5,
                "amplifier_voice_audio_packets_received_total": 245,
                **LOSS_SERIES,
            },
            id="packets win over a percentage"),
    ],
)
def test_a_report_of_counters_moves_only_what_they_add(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


def test_a_second_report_of_counters_adds_what_they_grew_by_and_the_bitrate_between_them(exporter):
    # 1 lost of 100, and 35,000 bytes in 5 s; before there was only the baseline.
    at = ago(30).timestamp()
    check(
        exporter, [HEARTBEAT, {**REPORT, **FIRST, "at": at}], {**REPORT, **SECOND, "at": at + 5},
        {
            **packet_loss(1, packets=100),
            **under("audio", {
                "bitrate_kbps": 56, "vad_triggered_count": 3, "buffer_underruns": 3, "buffer_underruns_last_hour": 3}),
            **under("audio.avg_by_session.one", {"avg_packet_loss_pct": 1, "total_underruns": 3}),
        },
        {
            "amplifier_voice_audio_packets_lost_total": 1,
            "amplifier_voice_audio_packets_received_total": 99,
            "amplifier_voice_audio_received_bytes_total": 35_000,
            "amplifier_voice_audio_sent_bytes_total": 29_500,
            "amplifier_voice_audio_buffer_underruns_total": 3,
            "amplifier_voice_vad_activations_total": 3,
            **observed("audio_packet_loss_ratio", 0.01, "0.01 0.02 0.03 0.05 0.1 0.2 0.5 1.0 +Inf"),
        })


def test_a_bitrate_that_is_told_wins_over_the_bytes(exporter):
    check(
        exporter, [HEARTBEAT, {**REPORT, "bytesReceived": 0}],
        {**REPORT, "bytesReceived": 35_000, "bitrate_kbps": 48},
        {"audio.bitrate_kbps": 48}, {"amplifier_voice_audio_received_bytes_total": 35_000})
