"""One latency, told or derived from marks, moves the numbers it is about, and nothing else."""

import pytest

from expectations import NEW_ACTIVE_SESSION, check, judged, observed, opened, percentiles
from ingest import STARTED


def mark(name, offset):
    return {"type": "turn.mark", "session_id": "one", "turn_id": "t", "mark": name, "offset_ms": offset}


def judged_percentiles(metric, milliseconds):
    return {
        path: value
        for percentile in ["p50", "p95", "p99"]
        for path, value in judged(f"latency.{metric}_{percentile}", milliseconds, samples=1).items()
    }


TTFA_OF_350 = {
    **percentiles("ttfa", 350),
    **percentiles("ttfa_trend.11", 350),
    **judged_percentiles("ttfa", 350),
}
TTFA_OF_350_SERIES = observed(
    "time_to_first_audio_seconds", 0.35, "0.4 0.5 0.6 0.8 1.0 1.2 1.5 2.0 2.5 3.0 4.0 6.0 10.0 +Inf")
TURN_OF_1500 = {
    **percentiles("turn", 1500),
    **percentiles("turn_trend.11", 1500),
    **judged_percentiles("turn", 1500),
}
TURN_OF_1500_SERIES = observed(
    "turn_duration_seconds", 1.5, "1.5 2.0 2.5 3.0 3.5 4.0 5.0 6.0 7.0 8.5 10.0 15.0 30.0 +Inf")
CONNECTION_BOUNDS_FROM_300 = "0.3 0.4 0.5 0.75 1.0 1.5 2.5 5.0 10.0 +Inf"


@pytest.mark.parametrize(
    "metric, milliseconds, expected_json, expected_series",
    [
        ("ttfa", 350, TTFA_OF_350, TTFA_OF_350_SERIES),
        ("turn", 1500, TURN_OF_1500, TURN_OF_1500_SERIES),
        (
            "webrtc_connect", 300, percentiles("webrtc_connect", 300),
            observed("webrtc_connect_duration_seconds", 0.3, CONNECTION_BOUNDS_FROM_300)),
        (
            "session_create", 300, percentiles("session_create", 300),
            observed("session_create_duration_seconds", 0.3, CONNECTION_BOUNDS_FROM_300)),
        (
            "sdp_exchange", 300, percentiles("sdp_exchange", 300),
            observed("sdp_exchange_duration_seconds", 0.3, CONNECTION_BOUNDS_FROM_300)),
    ],
)
def test_a_latency_sample_moves_only_its_metric(exporter, metric, milliseconds, expected_json, expected_series):
    event = {"type": "latency.sample", "metric": metric, "value_ms": milliseconds}
    check(exporter, [], event, expected_json, expected_series)


def test_a_latency_sample_opens_the_session_it_names(exporter):
    event = {"type": "latency.sample", "metric": "ttfa", "value_ms": 350, "session_id": "one", "turn_id": "t"}
    check(
        exporter, [], event,
        {**NEW_ACTIVE_SESSION, **TTFA_OF_350}, {**opened("active"), **TTFA_OF_350_SERIES})


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param([STARTED], mark("speech_end_detected", 1000), {}, {}, id="one mark is no latency"),
        pytest.param(
            [STARTED, mark("speech_end_detected", 1000)], mark("audio_playback_start", 1350),
            TTFA_OF_350, TTFA_OF_350_SERIES, id="playback after speech is a time to first audio"),
        pytest.param(
            [STARTED, mark("speech_end_detected", 1000)], mark("response_complete", 2500),
            TURN_OF_1500, TURN_OF_1500_SERIES, id="response after speech is a turn"),
        pytest.param(
            [STARTED, mark("audio_playback_start", 1350)], mark("speech_end_detected", 1000),
            TTFA_OF_350, TTFA_OF_350_SERIES, id="marks may come in any order"),
        pytest.param(
            [STARTED, mark("audio_playback_start", 1350), mark("response_complete", 2500)],
            mark("speech_end_detected", 1000),
            {**TTFA_OF_350, **TURN_OF_1500}, {**TTFA_OF_350_SERIES, **TURN_OF_1500_SERIES},
            id="one mark may complete both latencies"),
        pytest.param(
            [STARTED, mark("speech_end_detected", 1000)], mark("llm_first_token", 1200), {}, {},
            id="another mark is no latency"),
        pytest.param(
            [STARTED, mark("speech_end_detected", 1000), mark("audio_playback_start", 1350)],
            mark("audio_playback_start", 9000), {}, {}, id="the first mark of a name counts"),
        pytest.param(
            [STARTED, mark("speech_end_detected", 1000)], mark("audio_playback_start", 999), {}, {},
            id="a negative latency is none"),
        pytest.param(
            [
                STARTED, mark("speech_end_detected", 1000),
                {"type": "latency.sample", "metric": "ttfa", "value_ms": 5, "session_id": "one", "turn_id": "t"},
            ],
            mark("audio_playback_start", 1350), {}, {}, id="what was told is not derived again"),
        pytest.param(
            [STARTED, {**mark("speech_end_detected", 1000), "turn_id": "another"}],
            mark("audio_playback_start", 1350), {}, {}, id="marks of two turns do not meet"),
    ],
)
def test_a_mark_moves_only_the_latency_it_completes(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


def test_a_mark_opens_the_session_it_names(exporter):
    check(exporter, [], mark("speech_end_detected", 1000), NEW_ACTIVE_SESSION, opened("active"))
