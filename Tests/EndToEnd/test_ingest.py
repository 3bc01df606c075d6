"""`POST /api/events`: what is taken in and how it is answered."""

import json

import pytest

from exporter import MAXIMUM_EVENT_COUNT
from ingest import NDJSON, NOT_JSON, STARTED, counted, report


def test_one_object_is_one_event(exporter):
    answer = exporter.post(STARTED)
    assert (answer.status, answer.json) == (202, report(accepted=1))
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert counted(exporter) == {'events{kind="session.started"}': 1}


def test_an_array_is_as_many_events_as_it_has_elements(exporter):
    answer = exporter.post([STARTED, {"type": "session.heartbeat", "session_id": "two"}, STARTED])
    assert (answer.status, answer.json) == (202, report(accepted=3))
    assert counted(exporter) == {'events{kind="session.started"}': 2, 'events{kind="session.heartbeat"}': 1}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n  \n"])
def test_lines_are_one_event_each(exporter, line_end):
    answer = exporter.post(line_end.join([json.dumps(STARTED)] * 3), NDJSON)
    assert (answer.status, answer.json) == (202, report(accepted=3))
    assert counted(exporter) == {'events{kind="session.started"}': 3}


def test_a_last_line_may_end_or_not(exporter):
    for body in [json.dumps(STARTED), json.dumps(STARTED) + "\n"]:
        assert exporter.post(body, NDJSON).json == report(accepted=1)


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8", None])
def test_json_is_told_by_its_media_type_or_assumed(exporter, content_type):
    headers = {"Content-Type": content_type} if content_type else {}
    answer = exporter.request("POST", "/api/events", json.dumps(STARTED).encode(), headers)
    assert (answer.status, answer.json) == (202, report(accepted=1))


def test_bad_elements_of_an_array_do_not_spoil_their_neighbours(exporter):
    answer = exporter.post([
        {"type": "session.started"},
        STARTED,
        3,
        {"type": "session.exploded", "session_id": "one"},
        {"type": "latency.sample", "metric": "ttfa", "value_ms": -1},
        {"type": "session.heartbeat", "session_id": "one"},
        None,
        [STARTED],
    ])
    assert (answer.status, answer.json) == (202, report(accepted=2, rejected=[
        {"index": 0, "field": "session_id", "error": "is required."},
        {"index": 2, "field": None, "error": "An event must be a JSON object."},
        {"index": 3, "field": "type", "error": "is not a known event type."},
        {"index": 4, "field": "value_ms", "error": "must be between 0 and 86400000."},
        {"index": 6, "field": None, "error": "An event must be a JSON object."},
        {"index": 7, "field": None, "error": "An event must be a JSON object."},
    ]))
    assert counted(exporter) == {
        'events{kind="session.started"}': 1,
        'events{kind="session.heartbeat"}': 1,
        'rejected_events{reason="missing_field"}': 1,
        'rejected_events{reason="wrong_type"}': 3,
        'rejected_events{reason="unknown_type"}': 1,
        'rejected_events{reason="out_of_range"}': 1,
    }
    assert exporter.get_json("/metrics/sessions")["active_count"] == 1


def test_bad_lines_do_not_spoil_their_neighbours(exporter):
    lines = [
        json.dumps(STARTED),
        '{"type":"session.started","session_id":',
        "",
        '{"type":"latency.sample","metric":"ttfa","value_ms":NaN}',
        '{"type":"session.state","session_id":"one","state":"asleep"}',
        '{"type":"session.heartbeat","session_id":"one"} {}',
        '{"type":"session.heartbeat","session_id":"one"}',
    ]
    answer = exporter.post("\n".join(lines), NDJSON)
    assert (answer.status, answer.json) == (202, report(accepted=2, rejected=[
        {**NOT_JSON, "index": 1},
        # Blank lines are no events.
        {**NOT_JSON, "index": 2},
        {"index": 3, "field": "state", "error": "must be one of: active, idle, tool_executing."},
        {**NOT_JSON, "index": 4},
    ]))
    assert counted(exporter) == {
        'events{kind="session.started"}': 1,
        'events{kind="session.heartbeat"}': 1,
        'rejected_events{reason="invalid_json"}': 3,
        'rejected_events{reason="unknown_value"}': 1,
    }


def test_a_repeated_id_counts_once(exporter):
    first = {**STARTED, "id": "e1"}
    answer = exporter.post([first, first, {**first, "id": "e2"}])
    assert (answer.status, answer.json) == (202, report(accepted=2, duplicates=1))
    # What an event says does not matter where its id is known.
    answer = exporter.post({"type": "session.started", "session_id": "two", "id": "e2"})
    assert (answer.status, answer.json) == (202, report(duplicates=1))
    assert counted(exporter) == {'events{kind="session.started"}': 2, "duplicate_events": 2}
    assert exporter.get_json("/metrics/sessions")["active_count"] == 1


def test_a_refused_event_does_not_use_up_its_id(exporter):
    assert exporter.post({"type": "session.started", "id": "e1"}).status == 400
    assert exporter.post({**STARTED, "id": "e1"}).json == report(accepted=1)


def test_a_second_latency_of_a_turn_is_a_duplicate(exporter):
    sample = {"type": "latency.sample", "metric": "ttfa", "value_ms": 350, "session_id": "one", "turn_id": "t1"}
    answer = exporter.post([sample, {**sample, "value_ms": 900}, {**sample, "metric": "turn"}])
    assert (answer.status, answer.json) == (202, report(accepted=2, duplicates=1))
    latency = exporter.get_json("/metrics/latency")
    assert (latency["ttfa"]["count"], latency["ttfa"]["max"]) == (1, 350)


def test_unknown_keys_and_nulls_are_ignored(exporter):
    answer = exporter.post({
        **STARTED, "id": None, "at": None, "weather": {"wind": [1, 2, {"gusts": None}]}, "session": "two"})
    assert (answer.status, answer.json) == (202, report(accepted=1))


@pytest.mark.parametrize(
    "identifier", ["x" * 128, "é" * 128, "🎙" * 128, "\u0000", "\u202e"],
    ids=lambda identifier: ascii(identifier[0]))
def test_an_id_may_hold_any_character(exporter, identifier):
    answer = exporter.post({"type": "session.started", "session_id": identifier, "id": identifier[:64]})
    assert (answer.status, answer.json) == (202, report(accepted=1))


@pytest.mark.parametrize("value", [0, 86_400_000, 0.1, 1e-300])
def test_a_duration_within_its_bounds_is_taken(exporter, value):
    answer = exporter.post({"type": "latency.sample", "metric": "ttfa", "value_ms": value})
    assert (answer.status, answer.json) == (202, report(accepted=1))


def test_as_many_events_as_allowed_are_taken(exporter):
    answer = exporter.post([STARTED] * MAXIMUM_EVENT_COUNT)
    assert (answer.status, answer.json) == (202, report(accepted=MAXIMUM_EVENT_COUNT))


@pytest.mark.parametrize(
    "at", ["2001-01-01T00:00:00Z", "2999-12-31T23:59:59.999+14:00", 0, -1e300, 1e300, 9_223_372_036.854775807])
def test_a_time_that_is_far_off_is_replaced_and_counted(exporter, at):
    assert exporter.post({**STARTED, "at": at}).json == report(accepted=1)
    assert exporter.sample("amplifier_voice_exporter_replaced_event_times_total") == 1
