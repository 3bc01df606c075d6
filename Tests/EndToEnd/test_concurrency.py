"""Many scrapes at once: each is answered, or told to come again, and counted."""

import http.client
import resource
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from everything import feed_everything, feed_many_names
from exchange import RawExchange, request
from rawhttp import RawConnection
from waiting import wait_until

LIMIT = 40
SCRAPES = "amplifier_voice_exporter_scrapes_total"
IN_FLIGHT = "amplifier_voice_exporter_scrapes_in_flight"
CUT_OFF = "amplifier_voice_exporter_scrapes_cut_off_total"


@pytest.mark.parametrize("clients, rounds", [(41, 5), (120, 5)])
def test_every_scrape_is_answered_and_counted(exporter, clients, rounds):
    feed_everything(exporter)
    start = threading.Barrier(clients)

    def scrape(_):
        connection = exporter.connect()
        connection.connect()
        answers = []
        for _ in range(rounds):
            start.wait(timeout=30)
            connection.request("GET", "/metrics", headers={"Accept": "application/openmetrics-text"})
            response = connection.getresponse()
            answers.append((response.status, response.headers, response.read()))
        connection.close()
        return answers

    with ThreadPoolExecutor(clients) as pool:
        answers = [answer for client in pool.map(scrape, range(clients)) for answer in client]

    statuses = Counter(status for status, _, _ in answers)
    assert statuses.total() == clients * rounds
    assert statuses.keys() <= {200, 503}
    assert statuses[200] >= 40
    for status, headers, body in answers:
        if status == 200:
            assert body.endswith(b"# EOF\n")
        else:
            assert headers["Retry-After"] == "10"
    for status in [200, 503]:
        assert exporter.sample(f'{SCRAPES}{{code="{status}",format="openmetrics"}}') == statuses[status]
    refused = exporter.sample('amplifier_voice_exporter_refused_requests_total{reason="too_many_scrapes"}')
    assert refused == statuses[503]
    # The scrape that asks is the one in flight.
    wait_until(lambda: exporter.sample(IN_FLIGHT) == 1, "the end of the scrapes")
    assert exporter.sample(CUT_OFF) == 0


def read_nothing(exporter, stack, count):
    """As many scrapes, one after the other, whose clients do not read the answers that go out to them."""
    clients = []
    while len(clients) < count:
        client = stack.enter_context(RawConnection(exporter, receive_buffer=2048))
        client.socket.sendall(request("/metrics"))
        status = client.socket.recv(12, socket.MSG_PEEK)
        if status == b"HTTP/1.1 200":
            clients.append(client)
        else:
            # The one before has got its first bytes, and the exporter does not know yet that it takes no more.
            assert status == b"HTTP/1.1 503"
            client.close()
    return clients


def test_clients_that_never_read_take_no_place_from_those_that_do(exporter):
    feed_many_names(exporter)
    size = len(exporter.exposition())
    assert size > 500_000
    idle = exporter.memory()
    with ExitStack() as stack:
        for _ in range(5):
            read_nothing(exporter, stack, LIMIT)
            for _ in range(10):
                assert exporter.request("GET", "/metrics").status == 200
        # Each took the place of one that did not read, but for those of the last round.
        assert exporter.sample(CUT_OFF) >= 4 * LIMIT
        assert exporter.sample(IN_FLIGHT) <= LIMIT
        # The answers in flight are in memory, and no others.
        assert exporter.memory() - idle < 2 * LIMIT * size
    wait_until(lambda: exporter.sample(IN_FLIGHT) == 1, "the end of the scrapes")
    before = exporter.sample(CUT_OFF)
    for _ in range(2 * LIMIT):
        assert exporter.request("GET", "/metrics").status == 200
    assert exporter.sample(CUT_OFF) == before


def test_the_oldest_scrape_that_nobody_reads_is_cut_off(exporter):
    feed_many_names(exporter)
    with ExitStack() as stack:
        first, second, *_ = read_nothing(exporter, stack, LIMIT + 1)
        for client in [first, second]:
            # A small one would make it slow.
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
            first.answer()
        answer = second.answer()
        assert len(answer.body) == int(answer.headers["Content-Length"]) > 500_000
        assert exporter.sample(CUT_OFF) == 1


def test_the_head_of_a_scrape_takes_no_place(exporter):
    with RawExchange(exporter) as connection:
        for _ in range(2 * LIMIT):
            connection.deliver(request("/metrics", method="HEAD"))
            assert connection.next_answer(method="HEAD").status == 200
        assert exporter.sample(IN_FLIGHT) == 1


@pytest.fixture
def many_files():
    """Lets this process open more files than many systems allow at first."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits[1], limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_streams_over_the_limit_are_told_to_come_again(many_files, exporter):
    answers = []
    connections = [exporter.connect() for _ in range(1_001)]
    try:
        for connection in connections:
            connection.request("GET", "/metrics/stream")
            answers.append(connection.getresponse())
        assert Counter(answer.status for answer in answers) == {200: 1_000, 503: 1}
        refused = next(answer for answer in answers if answer.status == 503)
        assert refused.headers["Retry-After"] == "10"
        assert exporter.sample('amplifier_voice_exporter_refused_requests_total{reason="too_many_streams"}') == 1
    finally:
        for answer in answers:
            answer.close()
        for connection in connections:
            connection.close()
