"""The stream with named events: each topic at its own pace, feeds as what is new, and an end that says so."""

import threading
import time
from collections import Counter

import pytest

from every_field import EVENTS
from stream import StreamClient
from waiting import wait_until

# SPEC section 8, "Real-time Updates"; and a sign of life. Seconds.
INTERVALS = {"sessions": 1, "tasks": 2, "errors": 2, "tools": 2, "buffer": 2, "latency": 5, "network": 5}
PING = 5
ERROR = {"type": "error", "category": "audio", "code": "codec_error", "session_id": "one"}


def opening(client):
    """The first events: hello and every topic."""
    return dict(client.event() for _ in range(1 + len(INTERVALS)))


def test_hello_says_who_speaks_when_and_how_often(exporter):
    with StreamClient(exporter, "all") as client:
        lines, _ = client.message()
        name, retry, _ = lines
        assert name == "event: hello"
        assert 1000 <= int(retry.removeprefix("retry: ")) <= 3000
    with StreamClient(exporter, "all") as client, StreamClient(exporter, "all") as other:
        hello = client.event()[1]
        assert hello["proto"] == 1
        assert hello["intervals"] == INTERVALS
        assert hello["limits"] == {"errors": 50, "tools": 20}
        assert hello["boot_id"] == other.event()[1]["boot_id"]


def test_every_topic_comes_at_once_with_what_the_json_has(exporter):
    exporter.record(*EVENTS)
    with StreamClient(exporter, "all") as client:
        topics = opening(client)
    summary = exporter.get_json("/metrics/summary")
    sections = {
        "sessions": "sessions", "tasks": "amplifier", "errors": "errors", "tools": "tools", "buffer": "audio",
        "latency": "latency", "network": "audio",
    }
    for topic, slug in sections.items():
        own = ("server_time", "full", "omitted")
        shown = {field: value for field, value in topics[topic].items() if field not in own}
        section = summary[slug]
        if topic == "errors":
            section = {**section, "status": {field: section["status"][field] for field in shown["status"]}}
        assert without_times(shown) == without_times({field: section[field] for field in shown})


def without_times(value):
    if isinstance(value, dict):
        moving = ("elapsed_ms", "window_start", "window_end")
        return {key: without_times(inner) for key, inner in value.items() if key not in moving}
    return [without_times(inner) for inner in value] if isinstance(value, list) else value


def test_topics_follow_at_the_pace_of_the_specification(exporter):
    stop = threading.Event()

    def send():
        number = 0
        while not stop.wait(0.2):
            number += 1
            exporter.record(
                {"type": "audio.stats", "session_id": "one", "jitter_ms": number, "buffer_level_ms": number},
                {"type": "latency.sample", "metric": "ttfa", "value_ms": number})

    sender = threading.Thread(target=send)
    sender.start()
    try:
        with StreamClient(exporter, "all") as client:
            opening(client)
            counts = Counter()
            # Ten seconds of the server's own clock, from one sign of life to the second next.
            while counts["ping"] < 3:
                name, _ = client.event()
                if counts["ping"] or name == "ping":
                    counts[name] += 1
    finally:
        stop.set()
        sender.join()
    found = {topic: counts[topic] for topic in ("buffer", "latency", "network")}
    expected = {topic: 10 // INTERVALS[topic] for topic in found}
    assert {topic: count for topic, count in found.items() if abs(count - expected[topic]) > 1} == {}


def test_what_says_the_same_as_before_is_not_sent_again(exporter):
    exporter.record(*EVENTS[:1])
    with StreamClient(exporter, "all") as client:
        opening(client)
        client.wait_for("ping"), client.wait_for("ping")
        assert client.event()[0] == "ping"


def test_news_does_not_wait_for_its_turn(exporter):
    kinds = [
        ("errors", lambda number: {**ERROR, "message": f"{number}"}),
        ("tools", lambda number: {
            "type": "tool.finished", "call_id": f"c{number}", "tool_name": "bash", "success": True, "duration_ms": 1}),
        ("tasks", lambda number: {"type": "task.started", "task_id": f"t{number}", "agent_name": "bug-hunter"}),
        ("sessions", lambda number: {"type": "session.started", "session_id": f"s{number}"}),
        ("sessions", lambda number: {"type": "session.state", "session_id": f"s{number}", "state": "idle"}),
        ("sessions", lambda number: {"type": "session.ended", "session_id": f"s{number}"}),
    ]
    with StreamClient(exporter, "all") as client:
        opening(client)
        client.wait_for("ping")
        begin = time.monotonic()
        rounds = 10
        for number in range(rounds):
            for topic, make in kinds:
                exporter.record(make(number))
                client.wait_for(topic)
        # At their turns they would take 4.5 s in each round.
        assert time.monotonic() - begin < rounds * INTERVALS["errors"]


def test_of_a_burst_twenty_come_at_once_and_the_rest_soon(exporter):
    exporter.record({**ERROR, "message": "before"})
    with StreamClient(exporter, "errors") as client:
        client.wait_for("ping")
        exporter.record(*[{**ERROR, "message": f"{number}"} for number in range(45)])
        messages = []
        while not messages or not messages[-1]["full"]:
            messages.append(client.wait_for("errors"))
    told = [[error["message"] for error in message["recent_errors"]] for message in messages]
    newest = [f"{number}" for number in reversed(range(45))]
    # The burst may meet the tick; then it comes as a whole.
    assert (told[0], messages[0]["omitted"]) in ((newest[:20], 25), (newest, 0))
    assert told[-1] == [*newest, "before"]


def test_a_crossed_threshold_is_told(exporter):
    with StreamClient(exporter, "buffer") as client:
        client.wait_for("ping")
        exporter.record(*[{**ERROR, "message": "m"} for _ in range(4)])
        alerts = client.wait_for("alert")["alerts"]
        told_id = client.id
    fields = ("number", "from", "status", "value", "threshold")
    assert [tuple(alert[field] for field in fields) for alert in alerts] == [
        ("errors.audio_per_minute", "ok", "warning", 0.8, 0.5)]
    assert exporter.get_json("/metrics/alerts") == {"alerts": alerts}
    # Who was away hears of what came meanwhile, and of nothing twice.
    exporter.record({"type": "bridge.status", "initialized": True, "tools_count": 1, "health_status": "unhealthy"})
    wait_until(lambda: len(exporter.get_json("/metrics/alerts")["alerts"]) == 2, "the second alert")
    with StreamClient(exporter, "buffer", last_id=told_id) as client:
        assert [alert["number"] for alert in client.wait_for("alert")["alerts"]] == ["amplifier.health_status"]


@pytest.mark.parametrize("topics, names", [("errors", ["errors"]), ("tools,buffer", ["buffer", "tools"])])
def test_a_client_gets_the_topics_it_names(exporter, topics, names):
    with StreamClient(exporter, topics) as client:
        assert client.event()[0] == "hello"
        assert sorted(client.event()[0] for _ in names) == names
        assert client.event()[0] in [*names, "ping"]


@pytest.mark.parametrize("topics", ["nothing", "errors,nothing", "All", "errors%20"])
def test_an_unknown_topic_is_refused(exporter, topics):
    answer = exporter.request("GET", f"/metrics/stream?topics={topics}")
    assert (answer.status, answer.json["error"]["field"]) == (400, "topics")


def test_a_feed_tells_each_error_once(exporter):
    exporter.record({**ERROR, "message": "before"})
    texts = [str(number) for number in range(30)]
    stop = threading.Event()

    def send():
        for text in texts:
            exporter.record({**ERROR, "message": text})
            if stop.wait(0.15):
                return

    with StreamClient(exporter, "errors") as client:
        told, fulls = [], []
        sender = threading.Thread(target=send)
        sender.start()
        try:
            while texts[-1] not in told:
                name, message = client.event()
                if name == "errors":
                    fresh = [error["message"] for error in reversed(message["recent_errors"])]
                    told = fresh if message["full"] else told + fresh
                    fulls.append(message["full"])
        finally:
            stop.set()
            sender.join()
    assert told == ["before", *texts]
    assert fulls[0] and fulls[1:] and not any(fulls[1:])


def test_a_client_that_comes_later_gets_what_was_told_before(exporter):
    with StreamClient(exporter, "errors") as first:
        first.event(), first.event()
        exporter.record({**ERROR, "message": "one"})
        wait_until(lambda: first.event()[1].get("recent_errors"), "the error")
        with StreamClient(exporter, "errors") as second:
            second.event()
            message = second.event()[1]
            assert message["full"] is True
            assert [error["message"] for error in message["recent_errors"]] == ["one"]


def test_the_end_of_the_process_is_told(exporter):
    with StreamClient(exporter, "all") as client, StreamClient(exporter) as whole:
        opening(client)
        whole.message()
        assert exporter.stop() == 0
        names = []
        while event := client.event():
            names.append(event)
        name, farewell = names[-1]
        assert (name, farewell["reason"]) == ("bye", "shutdown")
        assert 500 <= farewell["retry_ms"] <= 2000
        # The stream in SPEC's shape has no events with names.
        while lines := whole.message()[0]:
            assert len(lines) == 1 and lines[0].startswith("data: ")
