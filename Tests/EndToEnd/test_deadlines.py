"""Clients that take their time: each is closed by its deadline, and nobody else notices."""

import selectors
import time
from contextlib import ExitStack

import pytest

from everything import feed_many_names
from exchange import JSON, assert_healthy, request
from exporter import Exporter
from rawhttp import RawConnection
from scraping import Scraper
from waiting import wait_until

EACH = 20
DEADLINE = 10
MARGIN = 2
WRITE_DEADLINE = 5
STREAM_INTERVAL = 2
# The smallest buffer that Linux gives.
SMALL_BUFFER = 2048
# A stream shows the last fifty of them.
LONG_ERROR = {"type": "error", "category": "audio", "code": "codec_error", "message": "x" * 8192}
DRIP_INTERVAL = 1

# What a client sends at once, and what it goes on to send byte by byte.
CLIENTS = {
    "silent": (b"", b""),
    "slow request line": (b"", b"GET /metrics HTTP/1.1"),
    "slow head": (b"GET /metrics HTTP/1.1\r\nHost: exporter\r\n", b"X-Slow: 12345678901234567890"),
    "slow body": (
        request("/api/events", JSON, "Content-Length: 1000", method="POST"), b'{"type":"session.started"'),
    "slow chunks": (
        request("/api/events", JSON, "Transfer-Encoding: chunked", method="POST"), b"1\r\n{\r\n1\r\n}\r\n1\r\n \r\n"),
    "body that never begins": (request("/api/events", JSON, "Content-Length: 1000", method="POST"), b""),
}


def lifetimes(exporter, clients, bound):
    """The seconds after which each client's connection was closed, by the client's name."""
    closed = {name: [] for name in clients}
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        begin = time.monotonic()
        for name, (opening, drip) in clients.items():
            for _ in range(EACH):
                connection = stack.enter_context(RawConnection(exporter))
                connection.socket.sendall(opening)
                selector.register(connection.socket, selectors.EVENT_READ, (name, iter(drip)))
        next_drip = begin + DRIP_INTERVAL
        while selector.get_map() and time.monotonic() - begin < bound:
            for key, _ in selector.select(max(0, next_drip - time.monotonic())):
                if ends(key.fileobj):
                    closed[key.data[0]].append(time.monotonic() - begin)
                    selector.unregister(key.fileobj)
            if time.monotonic() >= next_drip:
                next_drip += DRIP_INTERVAL
                for key in selector.get_map().values():
                    send_one(key.fileobj, key.data[1])
    return closed


def ends(socket):
    try:
        return socket.recv(65536) == b""
    except ConnectionResetError:
        return True


def send_one(socket, drip):
    byte = next(drip, None)
    if byte is not None:
        try:
            socket.sendall(bytes([byte]))
        except OSError:
            # That it is closed shows when it is read.
            pass


def test_slow_clients_are_closed_by_their_deadline_while_scrapes_are_answered(exporter):
    with Scraper(exporter) as scraper:
        closed = lifetimes(exporter, CLIENTS, bound=DEADLINE + MARGIN)
    assert {name: len(times) for name, times in closed.items()} == dict.fromkeys(CLIENTS, EACH)
    assert {name: times for name, times in closed.items() if min(times) < DEADLINE - MARGIN} == {}
    assert len(scraper.statuses) > 30
    assert exporter.sample("amplifier_voice_sessions_started_total") == 0


def test_a_slow_client_that_gets_ready_in_time_is_answered(exporter):
    with RawConnection(exporter) as connection:
        for byte in request():
            connection.socket.sendall(bytes([byte]))
        assert connection.answer().status == 200


def test_streams_that_nobody_reads_are_closed_while_others_go_on(exporter):
    readers = "amplifier_voice_exporter_sse_clients"
    with ExitStack() as stack, Scraper(exporter):
        exporter.record(*[LONG_ERROR] * 50)
        for _ in range(EACH):
            stack.enter_context(RawConnection(exporter, SMALL_BUFFER)).send(["GET /metrics/stream HTTP/1.1"])
        wait_until(lambda: exporter.sample(readers) == EACH, "the streams")
        begin = time.monotonic()
        # No message fits the kernel's buffers, so the deadline of the first or of the second is the one that passes.
        wait_until(
            lambda: exporter.sample(readers) == 0, "the end of the streams",
            timeout=STREAM_INTERVAL + WRITE_DEADLINE + MARGIN)
        assert time.monotonic() - begin > WRITE_DEADLINE - MARGIN


def test_an_answer_that_nobody_reads_is_given_up(exporter):
    feed_many_names(exporter)
    with ExitStack() as stack, Scraper(exporter):
        begin = time.monotonic()
        for _ in range(EACH):
            stack.enter_context(RawConnection(exporter, SMALL_BUFFER)).socket.sendall(request("/metrics"))
        wait_until(lambda: in_flight(exporter) > EACH, "the scrapes")
        wait_until(lambda: in_flight(exporter) == 1, "the end of the scrapes", timeout=DEADLINE + MARGIN)
        assert time.monotonic() - begin > DEADLINE - MARGIN
        assert exporter.sample("amplifier_voice_exporter_scrapes_cut_off_total") == 0


def in_flight(exporter):
    return exporter.sample("amplifier_voice_exporter_scrapes_in_flight")


@pytest.mark.parametrize("path", ["/metrics", "/-/ready"])
def test_answers_that_nobody_reads_do_not_pile_up(path):
    with Exporter() as exporter, ExitStack() as stack, Scraper(exporter):
        before = exporter.memory()
        for _ in range(EACH):
            connection = stack.enter_context(RawConnection(exporter, SMALL_BUFFER))
            connection.socket.setblocking(False)
            try:
                while True:
                    connection.socket.send(request(path) * 100)
            except BlockingIOError:
                # The exporter stopped reading before it answered everything.
                pass
        # Each holds an answer or two, of some 50 kB each, and the requests of a few reads.
        assert exporter.memory() - before < EACH * 1_000_000
        assert_healthy(exporter)
