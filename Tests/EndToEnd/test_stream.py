"""The stream without parameters, in the shape of SPEC section 8."""

import json

from rawhttp import RawConnection
from stream import StreamClient
from waiting import wait_until

KEYS = {"sessions", "latency", "errors_recent", "tools_recent", "tasks_active", "audio"}


def decoded(lines):
    """The object of a message that consists of one unnamed data line."""
    assert len(lines) == 1
    assert lines[0].startswith("data: ")
    return json.loads(lines[0].removeprefix("data: "))


def test_the_headers_keep_proxies_from_holding_messages_back(exporter):
    with StreamClient(exporter) as client:
        assert client.response.status == 200
        assert client.response.headers["Content-Type"] == "text/event-stream"
        assert client.response.headers["Cache-Control"] == "no-cache, no-transform"
        assert client.response.headers["X-Accel-Buffering"] == "no"
        assert client.response.headers["Content-Encoding"] is None


def test_a_message_is_one_line_of_json_with_the_six_keys(exporter):
    exporter.record({"type": "session.started", "session_id": "one"})
    with StreamClient(exporter) as client:
        for _ in range(2):
            lines, _ = client.message()
            assert decoded(lines).keys() == KEYS


def test_the_first_message_comes_at_once(exporter):
    with StreamClient(exporter) as first:
        first.message()
        # The tick is the same for all, so right after one the next is two seconds away.
        _, tick = first.message()
        with StreamClient(exporter) as second:
            _, arrival = second.message()
            assert arrival - tick < 1


def test_messages_follow_every_two_seconds(exporter):
    with StreamClient(exporter) as client:
        _, opening = client.message()
        arrivals = [client.message()[1] for _ in range(3)]
        assert arrivals[0] - opening < 2.5
        gaps = [later - earlier for earlier, later in zip(arrivals, arrivals[1:])]
        assert all(1.5 < gap < 2.5 for gap in gaps), gaps


def test_a_message_holds_what_the_json_routes_hold(exporter):
    exporter.record(
        {"type": "session.started", "session_id": "one"},
        {"type": "latency.sample", "metric": "ttfa", "value_ms": 350})
    with StreamClient(exporter) as client:
        message = decoded(client.message()[0])
    assert message["sessions"] == exporter.get_json("/metrics/sessions")
    latency = exporter.get_json("/metrics/latency")
    assert message["latency"].keys() == latency.keys()
    assert message["latency"]["status"] == latency["status"]
    assert message["latency"]["ttfa"]["p50"] == 350


def test_an_event_is_in_the_next_message(exporter):
    with StreamClient(exporter) as client:
        assert decoded(client.message()[0])["sessions"]["active_count"] == 0
        exporter.record({"type": "session.started", "session_id": "one"})
        assert decoded(client.message()[0])["sessions"]["active_count"] == 1


def test_clients_are_counted_while_they_are_there(exporter):
    series = "amplifier_voice_exporter_sse_clients"
    assert exporter.sample(series) == 0
    with StreamClient(exporter) as first, StreamClient(exporter) as second:
        first.message()
        second.message()
        assert exporter.sample(series) == 2
    wait_until(lambda: exporter.sample(series) == 0, "the end of both streams")


def test_clients_that_reset_their_connection_at_once_leave_nothing_behind(exporter):
    for _ in range(50):
        with RawConnection(exporter) as connection:
            connection.send(["GET /metrics/stream HTTP/1.1"])
            connection.reset()
    wait_until(lambda: exporter.sample("amplifier_voice_exporter_sse_clients") == 0, "the end of all streams")


def test_head_gives_the_headers_alone(exporter):
    answer = exporter.request("HEAD", "/metrics/stream")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Type"] == "text/event-stream"
