"""The end of the process: within two seconds, whatever its clients do."""

import signal
import socket
import time
from contextlib import ExitStack

import pytest

from exporter import Exporter
from ingest import STARTED, report
from rawhttp import RawConnection
from waiting import wait_until

SIGNALS = pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])

# The requirement itself, and the one bound in these tests that is more than a guard against hanging.
DEADLINE = 2

READING_CLIENTS = 150
SILENT_CLIENTS = 50
# The smallest buffer that Linux gives, so that the first message already does not fit.
SILENT_RECEIVE_BUFFER = 2048

STREAM_REQUEST = ["GET /metrics/stream HTTP/1.1", "Accept: text/event-stream"]
HALF_A_REQUEST = ["POST /api/events HTTP/1.1", "Content-Type: application/json", "Content-Length: 1000"]


def stop_timed(exporter, signal_number):
    """The exit code, and the seconds it took."""
    begin = time.monotonic()
    code = exporter.stop(signal_number)
    return code, time.monotonic() - begin


@SIGNALS
def test_it_ends_in_time_where_nobody_is_connected(signal_number):
    with Exporter() as exporter:
        code, seconds = stop_timed(exporter, signal_number)
    assert code == 0
    assert seconds < DEADLINE
    assert exporter.log[-1]["message"] == "Stopped."


@SIGNALS
def test_streams_silent_clients_and_half_a_request_do_not_hold_it_up(signal_number, record_property):
    with Exporter() as exporter, ExitStack() as connections:
        half = connections.enter_context(RawConnection(exporter))
        half.send(HALF_A_REQUEST, b'[{"type":"session.st')
        idle = connections.enter_context(RawConnection(exporter))
        idle.send(["GET /-/ready HTTP/1.1"])
        assert idle.answer().status == 200
        silent = [
            connections.enter_context(RawConnection(exporter, SILENT_RECEIVE_BUFFER)) for _ in range(SILENT_CLIENTS)]
        reading = [connections.enter_context(RawConnection(exporter)) for _ in range(READING_CLIENTS)]
        for client in [*silent, *reading]:
            client.send(STREAM_REQUEST)
        for client in reading:
            client.read_until(b"\n\n")
        wait_until(
            lambda: exporter.sample("amplifier_voice_exporter_sse_clients") == READING_CLIENTS + SILENT_CLIENTS,
            "all streams")

        code, seconds = stop_timed(exporter, signal_number)
        record_property("seconds", seconds)
        print(f"{signal_number.name}: stopped after {seconds:.3f} s")

        assert code == 0
        assert seconds < DEADLINE
        for client in reading:
            # The last chunk tells a client that the stream ended and did not break.
            assert client.read_to_end().endswith(b"0\r\n\r\n")
    assert exporter.log[-1]["message"] == "Stopped."
    assert [line for line in exporter.log if line["level"] in ("warning", "error", "critical")] == []


def test_a_running_request_is_finished():
    body = b'{"type":"session.started","session_id":"one"}'
    with Exporter() as exporter, RawConnection(exporter) as connection:
        connection.send(
            ["POST /api/events HTTP/1.1", "Content-Type: application/json", f"Content-Length: {len(body)}"], body[:10])
        # An answer on a later connection means that the earlier one was accepted.
        assert exporter.request("GET", "/-/ready").status == 200
        exporter.process.send_signal(signal.SIGTERM)
        wait_until(lambda: refuses_connections(exporter), "the end of listening")
        connection.socket.sendall(body[10:])
        answer = connection.answer()
        assert (answer.status, answer.json) == (202, report(accepted=1))
        assert exporter.process.wait(DEADLINE) == 0


def refuses_connections(exporter):
    try:
        socket.create_connection((exporter.host, exporter.port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


def test_nothing_listens_any_more_and_the_port_is_free_again():
    with Exporter() as exporter:
        assert exporter.post(STARTED).status == 202
        assert exporter.stop() == 0
    assert refuses_connections(exporter)
    with Exporter("--web.listen-address", f"127.0.0.1:{exporter.port}") as successor:
        assert successor.port == exporter.port
