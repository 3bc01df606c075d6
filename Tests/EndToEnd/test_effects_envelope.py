"""What every event may carry, `id` and `at`, has the same effects whatever the event is about."""

from effects import Effects
from expectations import ENDED, ago, check_duplicate, shown
from ingest import STARTED


def test_a_repeated_event_moves_only_the_count_of_duplicates(exporter):
    check_duplicate(exporter, [{**STARTED, "id": "e1"}], {**ENDED, "id": "e1"})


def test_times_that_are_told_are_shown_as_they_are(exporter):
    at = ago(30)
    effects = Effects(exporter, {**STARTED, "at": at.isoformat()})
    assert effects.json["sessions.last_session_started"] == shown(at)
    assert effects.series["amplifier_voice_session_last_started_timestamp_seconds"] == at.timestamp()
