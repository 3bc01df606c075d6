"""Who comes back to the stream with the id of the last event gets what came meanwhile, each record once.

A long run: `RECONNECTS=1000 Tests/run -k forced_reconnects`.
"""

import os
import random

import pytest

from stream import StreamClient

RECONNECTS = int(os.environ.get("RECONNECTS", "100"))


class Feeder:
    """Tells of errors and of tool calls, and counts them."""

    def __init__(self, exporter):
        self.count = 0
        self._exporter = exporter

    def feed(self, count):
        numbers = range(self.count, self.count + count)
        self._exporter.record(
            *[{"type": "error", "id": f"e{number}", "category": "audio", "code": "codec_error", "message": "m"}
              for number in numbers],
            *[{"type": "tool.finished", "call_id": f"c{number}", "tool_name": "bash", "success": True, "duration_ms": 1}
              for number in numbers])
        self.count += count


class Told:
    """What a client was told of the feeds, oldest first."""

    def __init__(self):
        self.errors, self.calls, self.fulls = [], [], 0

    def take(self, name, message):
        if name in ("errors", "tools"):
            self.fulls += message["full"]
            self.errors += [error["error_id"] for error in reversed(message.get("recent_errors", []))]
            self.calls += [call["call_id"] for call in reversed(message.get("recent_calls", []))]


@pytest.mark.parametrize("way", ["header", "query"])
def test_forced_reconnects_lose_and_repeat_nothing(exporter, way):
    told, last_id, feeder = Told(), None, Feeder(exporter)
    chance = random.Random(1)
    for _ in range(RECONNECTS // 2):
        feeder.feed(1)
        given = {"last_id": last_id} if way == "header" else {"query": f"&last_event_id={last_id}"}
        with StreamClient(exporter, "all", **given) as client:
            feeder.feed(1)
            # Most are cut off within the first eight events, some after news has come.
            for _ in range(chance.randrange(3, 11)):
                told.take(*client.event())
            last_id = client.id or last_id
    with StreamClient(exporter, "all", last_id=last_id) as client:
        while (event := client.event())[0] != "ping":
            told.take(*event)
    assert told.errors == [f"e{number}" for number in range(feeder.count)]
    assert told.calls == [f"c{number}" for number in range(feeder.count)]
    # Only before the first id it could be all that is kept.
    assert told.fulls <= 2


@pytest.mark.parametrize("last_id", ["other.1.1.1", "1", "x" * 1000, "..."])
def test_an_id_of_another_process_gives_everything(exporter, last_id):
    exporter.record({"type": "error", "category": "audio", "code": "codec_error", "message": "m"})
    with StreamClient(exporter, "errors", last_id=last_id) as client:
        message = client.wait_for("errors")
        assert message["full"] is True
        assert len(message["recent_errors"]) == 1


def test_who_was_away_for_more_than_is_kept_gets_all_that_is_kept(exporter):
    error = {"type": "error", "category": "audio", "code": "codec_error"}
    with StreamClient(exporter, "errors") as client:
        client.wait_for("errors")
        last_id = client.id
    exporter.record(*[{**error, "message": f"{number}"} for number in range(60)])
    with StreamClient(exporter, "errors", last_id=last_id) as client:
        message = client.wait_for("errors")
    assert message["full"] is True
    assert [error["message"] for error in message["recent_errors"]] == [f"{number}" for number in range(59, 9, -1)]
