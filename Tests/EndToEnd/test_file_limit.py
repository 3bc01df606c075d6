"""A process that may open few files: it takes as many connections as that leaves, and outlives a flood of them."""

import shlex
from contextlib import ExitStack

import pytest

from exchange import assert_healthy, request
from exporter import Exporter, binary
from rawhttp import RawConnection
from waiting import wait_until

FLOOD = 200
# What the process keeps for itself of the files that it may open.
OWN_FILES = 32


@pytest.fixture
def start_limited(tmp_path, monkeypatch):
    """Starts an exporter that may open so many files."""
    program = binary()

    def start(files):
        wrapper = tmp_path / f"with-{files}-files"
        wrapper.write_text(f'#!/bin/sh\nexec prlimit --nofile={files} {shlex.quote(program)} "$@"\n')
        wrapper.chmod(0o755)
        monkeypatch.setenv("EXPORTER", str(wrapper))
        return Exporter()

    return start


@pytest.mark.parametrize("files, connections, streams", [(64, 32, 16), (128, 96, 48), (4096, 4064, 1000)])
def test_the_log_tells_how_much_the_limit_leaves(start_limited, files, connections, streams):
    with start_limited(files) as exporter:
        assert exporter.log[-1].items() >= {
            "message": "Listening.", "connections": str(connections), "streams": str(streams)}.items()
        assert exporter.sample("process_max_fds") == files


def test_a_flood_of_connections_waits_and_the_exporter_recovers(start_limited):
    with start_limited(128) as exporter:
        with ExitStack() as stack:
            flood = [stack.enter_context(RawConnection(exporter)) for _ in range(FLOOD)]
            for connection in flood:
                connection.socket.sendall(request("/-/ready"))
            # Those that have a place are answered; the others wait for it.
            for connection in flood[:96]:
                assert connection.answer().status == 200
            before = processor_ticks(exporter)
            flood[-1].socket.settimeout(1)
            with pytest.raises(TimeoutError):
                flood[-1].socket.recv(1)
            # It waits, and does not spin: a second has a hundred ticks.
            assert processor_ticks(exporter) - before < 20
            # A place that becomes free is given to the next.
            flood[0].close()
            assert flood[96].answer().status == 200
        wait_until(lambda: exporter.sample("process_open_fds") < OWN_FILES, "the end of the connections")
        assert_healthy(exporter)
        assert exporter.process.poll() is None


def processor_ticks(exporter):
    with open(f"/proc/{exporter.process.pid}/stat") as stat:
        return sum(int(field) for field in stat.read().rpartition(") ")[2].split()[11:13])


def test_streams_never_take_the_last_connection_from_a_scrape(start_limited):
    with start_limited(64) as exporter, ExitStack() as stack:
        connections = [stack.enter_context(RawConnection(exporter)) for _ in range(20)]
        for connection in connections:
            connection.send(["GET /metrics/stream HTTP/1.1"])
        statuses = [connection.read_until(b"\r\n").split(b" ")[1] for connection in connections]
        assert statuses.count(b"200") == 16
        assert statuses.count(b"503") == 4
        assert exporter.request("GET", "/metrics").status == 200
