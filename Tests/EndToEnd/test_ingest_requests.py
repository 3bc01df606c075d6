"""`POST /api/events`: requests that are refused as a whole, whatever their events say."""

import json

import pytest

from exporter import MAXIMUM_EVENT_COUNT
from ingest import NDJSON, STARTED, counted, report


@pytest.mark.parametrize("body, content_type", [("[]", "application/json"), ("", NDJSON), ("\n \r\n", NDJSON)])
def test_no_event_at_all_is_a_bad_request(exporter, body, content_type):
    answer = exporter.post(body, content_type)
    assert (answer.status, answer.json) == (400, report())
    assert counted(exporter) == {}


def test_an_array_is_not_a_line(exporter):
    answer = exporter.post(json.dumps([STARTED]), NDJSON)
    assert (answer.status, answer.json) == (
        400, report(rejected=[{"index": 0, "field": None, "error": "An event must be a JSON object."}]))


@pytest.mark.parametrize(
    "content_type", ["text/html", "application/x-www-form-urlencoded", "application/jsonx", "json", "text/json"])
def test_another_media_type_is_refused(exporter, content_type):
    answer = exporter.post(STARTED, content_type)
    assert (answer.status, answer.json) == (415, {"error": {
        "code": "unsupported_media_type",
        "field": "Content-Type",
        "message": "Send application/json, text/plain or application/x-ndjson.",
    }})
    assert counted(exporter) == {'rejected_events{reason="unsupported_media_type"}': 1}


@pytest.mark.parametrize(
    "body, content_type",
    [
        (json.dumps([STARTED] * (MAXIMUM_EVENT_COUNT + 1)), "application/json"),
        ((json.dumps(STARTED) + "\n") * (MAXIMUM_EVENT_COUNT + 1), NDJSON),
        (json.dumps([0] * (MAXIMUM_EVENT_COUNT + 1)), "application/json"),
    ],
    ids=["array", "lines", "numbers"],
)
def test_too_many_events_are_refused_as_a_whole(exporter, body, content_type):
    answer = exporter.post(body, content_type)
    assert (answer.status, answer.json) == (413, {"error": {
        "code": "too_many_events",
        "field": None,
        "message": "One request takes 10000 events at most.",
    }})
    assert counted(exporter) == {'rejected_events{reason="too_many_events"}': 1}
    assert exporter.sample("amplifier_voice_sessions_started_total") == 0
