"""Many scrapes at once: each is answered, or told to come again, and counted."""

import resource
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from everything import feed_everything

SCRAPES = "amplifier_voice_exporter_scrapes_total"


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
    assert exporter.sample("amplifier_voice_exporter_scrapes_in_flight") == 1


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
