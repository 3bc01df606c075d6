"""`voice_monitoring.py` beside a sideband: what it forwards, what it keeps to itself, and how it reads in time."""

import asyncio
import contextlib
import json

import pytest
import websockets

from exporter import Exporter
from python_client import Between, address, load, run
from realtime_call import CALL

SECRET = "my card is 4111"


@pytest.fixture
def client():
    module = load()
    yield module
    module.configure(None)


def sent(client, *events, session="one"):
    """The raw events that leave the process."""
    with Between().serving() as between:
        client.configure(address(between))
        for event in events:
            client.forward(event, session, received=2.5)
        assert client.flush(10)
        client.configure(None)
    assert all(
        (event["type"], event["session_id"], event["source"], event["received_ms"])
        == ("realtime.event", session, "sideband", 2500) for event in between.events)
    return [event["event"] for event in between.events]


@pytest.mark.parametrize(
    "event, expected",
    [
        (
            {
                "type": "conversation.item.input_audio_transcription.completed", "event_id": "e1", "item_id": "u1",
                "transcript": SECRET, "usage": {"type": "duration", "seconds": 3}, "logprobs": [{"token": SECRET}],
            },
            {
                "type": "conversation.item.input_audio_transcription.completed", "event_id": "e1", "item_id": "u1",
                "transcript": "…", "usage": {"type": "duration", "seconds": 3},
            },
        ),
        (
            {"type": "conversation.item.input_audio_transcription.completed", "item_id": "u1", "transcript": " \n"},
            {"type": "conversation.item.input_audio_transcription.completed", "item_id": "u1", "transcript": ""},
        ),
        (
            {"type": "session.created", "session": {
                "id": "sess_1", "model": "gpt-realtime", "instructions": SECRET, "tools": [{"description": SECRET}]}},
            {"type": "session.created", "session": {"id": "sess_1", "model": "gpt-realtime"}},
        ),
        (
            {"type": "response.function_call_arguments.done", "call_id": "c1", "name": "delegate",
             "arguments": json.dumps({"agent": "foundation:explorer", "instruction": SECRET})},
            {"type": "response.function_call_arguments.done", "call_id": "c1", "name": "delegate",
             "arguments": '{"agent": "foundation:explorer"}'},
        ),
        (
            {"type": "response.function_call_arguments.done", "call_id": "c1", "name": "bash",
             "arguments": '{"command": "' + SECRET},
            {"type": "response.function_call_arguments.done", "call_id": "c1", "name": "bash",
             "arguments": "not JSON"},
        ),
        (
            {"type": "conversation.item.added", "item": {
                "type": "function_call_output", "call_id": "c1", "output": SECRET}},
            {"type": "conversation.item.added", "item": {"type": "function_call_output", "call_id": "c1"}},
        ),
        (
            {"type": "response.done", "response": {
                "id": "r1", "status": "completed", "instructions": SECRET, "metadata": {"topic": SECRET},
                "output": [{"type": "message", "content": [{"transcript": SECRET}]}], "usage": {"total_tokens": 7}}},
            {"type": "response.done", "response": {
                "id": "r1", "status": "completed", "output": [{"type": "message"}], "usage": {"total_tokens": 7}}},
        ),
        (
            {"type": "response.output_audio.delta", "response_id": "r1", "delta": SECRET},
            {"type": "response.output_audio.delta", "response_id": "r1"},
        ),
        (
            {"type": "response.output_text.done", "response_id": "r1", "text": SECRET},
            {"type": "response.output_text.done", "response_id": "r1"},
        ),
    ],
    ids=lambda value: value["type"],
)
def test_no_words_leave_the_process(client, event, expected):
    assert sent(client, event, session="as a mapping") == [expected]
    assert sent(client, json.dumps(event), session="as text") == [expected]
    assert sent(client, json.dumps(event).encode(), session="as bytes") == [expected]


def test_only_the_first_piece_of_an_output_is_sent(client):
    pieces = [
        {"type": kind, "response_id": response, "delta": "x"}
        for response in ("r1", "r2") for kind in ("response.output_audio.delta", "response.output_text.delta")
        for _ in range(100)]
    assert len(sent(client, *pieces)) == 4


# What differs between two exporters that were told the same: their own work, and when they were told.
OWN = ("amplifier_voice_exporter_", "amplifier_voice_build_info", "process_", "hb_", "http_", "swift_metrics_")


def test_the_exporter_knows_from_the_forwarded_events_what_it_knows_from_the_whole_ones(client):
    with Exporter() as whole, Exporter() as forwarded:
        whole.record(*({**event, "source": "sideband"} for event in CALL))
        client.configure(address(forwarded))
        for event in CALL:
            client.forward(event["event"], event["session_id"], received=event["received_ms"] / 1000)
        assert client.flush(10)
        # Sums of fractions may differ in their last digit.
        first, second = ({
            series: round(value, 9) for series, value in exporter.samples().items()
            if not series.startswith(OWN) and "timestamp" not in series}
            for exporter in (whole, forwarded))
        assert second == first
        assert first["amplifier_voice_time_to_first_audio_seconds_count"] == 1


class Sideband:
    """A scripted connection; what was read of it is seen."""

    def __init__(self, messages, failure=None):
        self.messages = list(messages)
        self.failure = failure
        self.is_read = asyncio.Event()

    async def __aiter__(self):
        for message in self.messages:
            await asyncio.sleep(0)
            yield json.dumps(message)
        self.is_read.set()
        if self.failure:
            raise self.failure


MESSAGES = [event["event"] for event in CALL]


def test_a_handler_that_awaits_a_tool_does_not_keep_the_reader(client, exporter):
    handled = []

    async def serve():
        sideband = Sideband(MESSAGES)
        async for message in client.reading(sideband, "call"):
            if not handled:
                # The tool ends when everything has been read: a reader that waited for it would wait for ever.
                await asyncio.wait_for(sideband.is_read.wait(), 10)
                assert client.counts().recorded >= len(MESSAGES)
                # Time goes by, which the messages wait for their handler.
                await asyncio.sleep(0.3)
            handled.append(json.loads(message))

    client.configure(address(exporter))
    run(serve())
    assert handled == MESSAGES
    assert client.flush(10)
    samples = exporter.samples()
    assert samples['amplifier_voice_exporter_ingest_events_total{kind="realtime.event"}'] == len(MESSAGES)
    count = samples["amplifier_voice_sideband_lag_seconds_count"]
    # One at the first message, which waited for nothing, and one for the rest, which waited for the tool.
    assert count == 2
    assert 0.3 <= samples["amplifier_voice_sideband_lag_seconds_sum"] < 10


def test_a_connection_that_breaks_is_heard_after_what_came_before(client):
    handled = []

    async def serve():
        async for message in client.reading(Sideband(MESSAGES, ConnectionResetError("gone")), "call"):
            handled.append(json.loads(message))

    with pytest.raises(ConnectionResetError, match="gone"):
        run(serve())
    assert handled == MESSAGES


def test_whoever_stops_reading_leaves_no_task_behind(client):
    async def serve():
        messages = client.reading(Sideband(MESSAGES), "call")
        async for _ in messages:
            break
        await messages.aclose()
        return [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert run(serve()) == []


def test_messages_wait_in_a_bounded_queue(client):
    async def serve():
        sideband = Sideband(MESSAGES * 100)
        most = 0
        async for _ in client.reading(sideband, "call", limit=5):
            await asyncio.sleep(0)
            most += 1
            if most == 1:
                # Enough turns of the loop to read everything several times.
                for _ in range(500 * len(MESSAGES)):
                    await asyncio.sleep(0)
                assert not sideband.is_read.is_set()
        return most

    assert run(serve()) == 100 * len(MESSAGES)


def run_sideband(read):
    """What becomes of a connection whose handler awaits a tool while frames and pings come: the failure, and the frames
    that were handled. `read` wraps the connection."""
    # The tool takes many times as long as a ping may stay unanswered.
    ping, tool, frames = 0.3, 3, 200

    async def speak(connection):
        with contextlib.suppress(websockets.ConnectionClosed):
            for number in range(frames):
                await connection.send(json.dumps({"type": "response.created", "response": {"id": f"r{number}"}}))
                await asyncio.sleep(0.005)
        await connection.wait_closed()

    async def handle():
        handled = []
        async with websockets.serve(speak, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            async with websockets.connect(
                    f"ws://127.0.0.1:{port}", ping_interval=ping, ping_timeout=ping, close_timeout=1) as connection:
                try:
                    async for message in read(connection):
                        if not handled:
                            await asyncio.sleep(tool)
                        handled.append(message)
                        if len(handled) == frames:
                            return None, handled
                except websockets.ConnectionClosedError as error:
                    return error, handled

    return run(handle())


def test_a_long_tool_breaks_a_connection_whose_handler_reads_it():
    failure, handled = run_sideband(lambda connection: connection)
    assert "keepalive ping timeout" in str(failure) and len(handled) < 200


def test_a_long_tool_does_not_break_a_connection_that_is_read_in_time(client):
    failure, handled = run_sideband(lambda connection: client.reading(connection, "call"))
    assert (failure, len(handled)) == (None, 200)
