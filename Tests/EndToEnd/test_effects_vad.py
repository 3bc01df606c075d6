"""One activation of the voice activity detection moves the numbers it is about, and nothing else."""

import pytest

from expectations import ENDED, NEW_ACTIVE_SESSION, check, opened
from ingest import STARTED

SPEECH = {"type": "vad", "session_id": "one", "outcome": "speech"}
FALSE_POSITIVE = {**SPEECH, "outcome": "false_positive"}
COUNTED = {"type": "audio.stats", "session_id": "one", "vad_triggered_count": 4, "false_positive_interrupts": 1}

ONE_ACTIVATION = {"audio.vad_triggered_count": 1}
ONE_ACTIVATION_SERIES = {"amplifier_voice_vad_activations_total": 1}
ONE_FALSE_POSITIVE = {**ONE_ACTIVATION, "audio.false_positive_interrupts": 1}
ONE_FALSE_POSITIVE_SERIES = {**ONE_ACTIVATION_SERIES, "amplifier_voice_vad_false_positives_total": 1}


@pytest.mark.parametrize(
    "before, event, expected_json, expected_series",
    [
        pytest.param([STARTED], SPEECH, ONE_ACTIVATION, ONE_ACTIVATION_SERIES, id="speech"),
        pytest.param(
            [STARTED], FALSE_POSITIVE, ONE_FALSE_POSITIVE, ONE_FALSE_POSITIVE_SERIES,
            id="a false positive is an activation too"),
        pytest.param(
            [], SPEECH,
            {**NEW_ACTIVE_SESSION, **ONE_ACTIVATION}, {**opened("active"), **ONE_ACTIVATION_SERIES},
            id="speech in an unknown session opens it"),
        pytest.param(
            [STARTED, ENDED], SPEECH,
            ONE_ACTIVATION, {**ONE_ACTIVATION_SERIES, "amplifier_voice_exporter_late_session_events_total": 1},
            id="speech after the end"),
        pytest.param(
            [STARTED, COUNTED], FALSE_POSITIVE, {}, {}, id="speech in a session that counts them itself is ignored"),
        pytest.param(
            [STARTED, {**COUNTED, "session_id": "two"}], SPEECH,
            {"audio.vad_triggered_count": 1}, {"amplifier_voice_vad_activations_total": 1},
            id="speech in a session beside one that counts them itself"),
    ],
)
def test_an_activation_moves_only_its_numbers(exporter, before, event, expected_json, expected_series):
    check(exporter, before, event, expected_json, expected_series)


def test_counts_of_a_session_that_tells_of_each_activation_are_ignored(exporter):
    exporter.record(STARTED, SPEECH, COUNTED, {**COUNTED, "vad_triggered_count": 9})
    audio = exporter.get_json("/metrics/audio")
    assert (audio["vad_triggered_count"], audio["false_positive_interrupts"]) == (1, 0)
