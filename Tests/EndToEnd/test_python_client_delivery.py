"""`voice_monitoring.py` over an exporter that is away, restarts, loses answers or refuses: nothing blocks, nothing is
counted twice, and what is lost is counted."""

import threading
from itertools import pairwise

import pytest

from exporter import Exporter
from python_client import Between, accepted, address, free_port, load, run_program
from waiting import wait_until


@pytest.fixture
def client():
    module = load()
    yield module
    module.configure(None)


def numbers(between):
    """The numbers of the sessions in the order in which they were sent."""
    return [int(event["session_id"]) for event in between.events]


def test_an_exporter_that_is_away_gets_everything_when_it_comes(client):
    port = free_port()
    client.configure(f"http://127.0.0.1:{port}")
    for number in range(1200):
        client.record_session_start(f"{number}")
    assert not client.flush(0.5)
    assert client.counts() == client.Counts(recorded=1200, waiting=1200)
    with Exporter("--web.listen-address", f"127.0.0.1:{port}") as exporter:
        assert client.flush(30)
        assert accepted(exporter) == {"session.started": 1200}
    assert client.counts() == client.Counts(recorded=1200, accepted=1200)


def test_a_restart_of_the_exporter_loses_nothing_that_was_recorded_meanwhile(client):
    with Exporter() as exporter:
        client.configure(address(exporter))
        client.record_session_start("before")
        assert client.flush(10)
        port = exporter.port
    client.record_session_start("meanwhile")
    with Exporter("--web.listen-address", f"127.0.0.1:{port}") as exporter:
        client.record_session_start("after")
        assert client.flush(30)
        assert accepted(exporter) == {"session.started": 2}
    assert client.counts() == client.Counts(recorded=3, accepted=3)


def test_what_is_sent_again_since_an_answer_was_lost_counts_once(client, exporter):
    with Between(exporter, ["lose", "lose"]).serving() as between:
        client.configure(address(between))
        client.record_error("audio", "buffer_underrun", "It stuttered.", "one")
        assert client.flush(20)
    first, second, third = between.requests
    assert first == second == third
    assert exporter.sample('amplifier_voice_errors_total{category="audio",code="buffer_underrun"}') == 1
    assert client.counts() == client.Counts(recorded=1, duplicates=1)


def test_an_exporter_that_is_overloaded_is_asked_again_ever_more_rarely(client, exporter):
    with Between(exporter, [503, 500, 429]).serving() as between:
        client.configure(address(between))
        client.record_session_start("one")
        assert client.flush(20)
    assert len(set(between.requests)) == 1 and len(between.requests) == 4
    pauses = [second - first for first, second in pairwise(between.times)]
    # Each pause is twice the one before, of which chance takes half at most.
    assert [pause >= least for pause, least in zip(pauses, [0.125, 0.25, 0.5])] == [True] * 3
    assert client.counts() == client.Counts(recorded=1, accepted=1)


def test_an_exporter_that_says_when_to_come_again_is_heeded(client, exporter):
    with Between(exporter, [503], {"Retry-After": "1"}).serving() as between:
        client.configure(address(between))
        client.record_session_start("one")
        assert client.flush(20)
    first, second = between.times
    assert second - first >= 1


@pytest.mark.parametrize("status", [400, 403, 404, 413, 415])
def test_what_is_refused_for_good_is_not_sent_again(client, exporter, status):
    with Between(exporter, [status]).serving() as between:
        client.configure(address(between))
        client.record_session_start("refused")
        assert client.flush(20)
        client.record_session_start("one")
        assert client.flush(20)
    assert [event["session_id"] for event in between.events] == ["refused", "one"]
    assert client.counts() == client.Counts(recorded=2, accepted=1, rejected=1)


def test_a_bad_event_does_not_hold_up_its_neighbours(client, exporter):
    client.configure(address(exporter))
    client.record("session.exploded", "one")
    client.record_latency_sample("ttfa", -1, "one")
    client.record_session_start("one")
    assert client.flush(10)
    assert client.counts() == client.Counts(recorded=3, accepted=1, rejected=2)


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[]", b'{"accepted": "x", "duplicates": 0, "rejected": []}'])
def test_an_answer_that_is_none_of_an_exporter_does_not_end_the_sending(client, exporter, body):
    with Between(exporter).serving() as between:
        between.answer_once = body
        original = between.send

        def send(handler, status, sent, headers):
            original(handler, status, body if len(between.requests) == 1 else sent, headers)
        between.send = send
        client.configure(address(between))
        client.record_session_start("one")
        assert client.flush(20)
        client.record_session_start("two")
        assert client.flush(20)
    assert client.counts() == client.Counts(recorded=2, accepted=1, rejected=1)


def test_a_queue_that_is_full_drops_the_oldest_and_nobody_waits(client):
    with Between(script=["hold"]).serving() as between:
        client.configure(address(between), queue_size=100)
        client.record_session_start(0)
        wait_until(lambda: between.requests, "the first event is under way")
        # The exporter answers nothing while all of these are recorded: whoever waited for it would wait for ever.
        for number in range(1, 20_001):
            client.record_session_start(number)
        assert client.counts() == client.Counts(recorded=20_001, dropped=19_901, waiting=100)
        between.release.set()
        assert client.flush(20)
    assert numbers(between) == [0, *range(19_902, 20_001)]
    assert client.counts() == client.Counts(recorded=20_001, accepted=100, dropped=19_901)


def test_batches_have_a_bound_in_events_and_in_bytes(client):
    with Between(script=["hold"]).serving() as between:
        client.configure(address(between))
        client.record_session_start(0)
        wait_until(lambda: between.requests, "the first event is under way")
        for number in range(2_000):
            client.record_error("audio", "x", 1_000 * "x", str(number))
        between.release.set()
        assert client.flush(30)
    assert all(len(request) < 300_000 for request in between.requests)
    assert 8 <= len(between.requests) < 30


def test_a_batch_holds_500_events(client):
    with Between(script=["hold"]).serving() as between:
        client.configure(address(between))
        client.record_session_start(0)
        wait_until(lambda: between.requests, "the first event is under way")
        for number in range(1, 1_201):
            client.record_session_start(number)
        between.release.set()
        assert client.flush(30)
    assert [request.count(b'"type"') for request in between.requests] == [1, 500, 500, 200]
    assert numbers(between) == list(range(1_201))


def test_what_is_too_old_when_the_exporter_comes_is_dropped(client):
    assert client._Client._oldest == 300
    client._Client._oldest = 1
    port = free_port()
    client.configure(f"http://127.0.0.1:{port}")
    client.record_session_start("old")
    wait_until(lambda: client.counts().dropped == 1, "the event is dropped")
    client.record_session_start("young")
    with Exporter("--web.listen-address", f"127.0.0.1:{port}") as exporter:
        # It may have become too old as well before the sender came again.
        wait_until(lambda: client.counts().waiting == 0, "nothing waits")
        client.record_session_start("younger")
        assert client.flush(20)
        counts = client.counts()
        assert accepted(exporter) == {"session.started": counts.accepted}
        assert counts.accepted + counts.dropped == counts.recorded == 3 and counts.accepted >= 1


def test_another_address_takes_over(client, exporter):
    with Exporter() as first:
        client.configure(address(first))
        client.record_session_start("one")
        assert client.flush(10)
        client.configure(address(exporter))
        client.record_session_start("two")
        assert client.flush(10)
        assert (accepted(first), accepted(exporter)) == ({"session.started": 1}, {"session.started": 1})


def test_sending_ends_with_the_client(client, exporter):
    client.configure(address(exporter))
    client.record_session_start("one")
    assert client.flush(10)

    def threads():
        return [thread for thread in threading.enumerate() if thread.name == "voice_monitoring"]

    assert len(threads()) == 1
    client.configure(None)
    wait_until(lambda: not threads(), "the thread ends")


def test_a_process_that_ends_sends_what_waits(exporter):
    program = """
import voice_monitoring
for number in range(1200):
    voice_monitoring.record_session_start(f"session-{number}")
"""
    ended = run_program(program, address(exporter))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert accepted(exporter) == {"session.started": 1200}


def test_a_process_ends_soon_without_an_exporter():
    ended = run_program("import voice_monitoring\nvoice_monitoring.record_session_start('one')",
                        f"http://127.0.0.1:{free_port()}", timeout=15)
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr


def test_an_exception_of_the_program_is_not_hidden(exporter):
    ended = run_program(
        "import voice_monitoring\nvoice_monitoring.record_session_start('one')\n1 / 0", address(exporter))
    assert ended.returncode == 1 and "ZeroDivisionError" in ended.stderr
    assert accepted(exporter) == {"session.started": 1}


def test_a_forked_process_sends_its_own_events_only(exporter):
    program = """
import os
import sys
import voice_monitoring
voice_monitoring.record_session_start("of both")
voice_monitoring.forward({"type": "response.output_audio.delta", "response_id": "r1"}, "of both")
children = []
for number in range(3):
    child = os.fork()
    if child == 0:
        voice_monitoring.record_session_start(f"child-{number}")
        voice_monitoring.forward({"type": "response.output_audio.delta", "response_id": "r1"}, f"child-{number}")
        assert voice_monitoring.flush(10)
        assert voice_monitoring.counts() == voice_monitoring.Counts(recorded=2, accepted=2)
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
assert voice_monitoring.flush(10)
assert voice_monitoring.counts() == voice_monitoring.Counts(recorded=2, accepted=2)
"""
    ended = run_program(program, address(exporter))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert accepted(exporter) == {"session.started": 4, "realtime.event": 4}
