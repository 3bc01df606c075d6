"""`POST /api/events`: a body that is too large is cut off, not read to its end."""

import json

import pytest

from exporter import MAXIMUM_BODY_SIZE
from ingest import STARTED, counted, report
from rawhttp import RawConnection

TOO_LARGE = {"error": {"code": "body_too_large", "field": None, "message": "The body is larger than 1048576 bytes."}}
HEAD = ["POST /api/events HTTP/1.1", "Content-Type: application/json"]


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


def padded(size):
    """A good event in a body of a given size."""
    return json.dumps(STARTED).encode().ljust(size)


def test_a_body_of_the_largest_size_is_taken(exporter):
    answer = exporter.post(padded(MAXIMUM_BODY_SIZE))
    assert (answer.status, answer.json) == (202, report(accepted=1))


def test_chunks_up_to_the_largest_size_are_taken(exporter):
    body = padded(MAXIMUM_BODY_SIZE)
    with RawConnection(exporter) as connection:
        connection.send([*HEAD, "Transfer-Encoding: chunked"])
        for start in range(0, len(body), 65536):
            connection.socket.sendall(chunk(body[start:start + 65536]))
        connection.socket.sendall(chunk(b""))
        answer = connection.answer()
    assert (answer.status, answer.json) == (202, report(accepted=1))


@pytest.mark.parametrize("size", [MAXIMUM_BODY_SIZE + 1, 1 << 40])
def test_an_announced_size_is_refused_before_the_body_is_sent(exporter, size):
    with RawConnection(exporter) as connection:
        connection.send([*HEAD, f"Content-Length: {size}"])
        answer = connection.answer()
        assert (answer.status, answer.json) == (413, TOO_LARGE)
        assert answer.headers["Connection"] == "close"
        assert connection.read_to_end() == b""
    assert counted(exporter) == {'rejected_events{reason="body_too_large"}': 1}


def test_an_announced_body_is_not_drained(exporter):
    block = b" " * 65536
    sent = 0
    with RawConnection(exporter) as connection:
        connection.send([*HEAD, f"Content-Length: {1 << 30}"])
        assert connection.answer().status == 413
        with pytest.raises(OSError):
            # The kernels' buffers take a few megabytes from a sender before it learns of the end.
            while sent < 64 << 20:
                sent += connection.socket.send(block)
    assert sent < 16 << 20


def test_a_body_in_chunks_is_cut_off_where_it_becomes_too_large(exporter):
    with RawConnection(exporter) as connection:
        connection.send([*HEAD, "Transfer-Encoding: chunked"])
        for _ in range(MAXIMUM_BODY_SIZE // 65536):
            connection.socket.sendall(chunk(b" " * 65536))
        # The last chunk is still to come, so the answer cannot wait for the end of the body.
        connection.socket.sendall(chunk(b" "))
        answer = connection.answer()
        assert (answer.status, answer.json) == (413, TOO_LARGE)
        assert answer.headers["Connection"] == "close"
        assert connection.read_to_end() == b""
    assert counted(exporter) == {'rejected_events{reason="body_too_large"}': 1}


def test_a_body_in_chunks_without_end_is_cut_off(exporter):
    block = chunk(b" " * 65536)
    sent = 0
    with RawConnection(exporter) as connection:
        connection.send([*HEAD, "Transfer-Encoding: chunked"])
        with pytest.raises(OSError):
            while sent < 64 << 20:
                sent += connection.socket.send(block)
    assert sent < 16 << 20


def test_the_exporter_serves_on_after_a_body_that_was_too_large(exporter):
    with RawConnection(exporter) as connection:
        connection.send([*HEAD, f"Content-Length: {1 << 30}"])
        assert connection.answer().status == 413
    assert exporter.post(STARTED).json == report(accepted=1)


def test_a_body_that_breaks_off_counts_nothing(exporter):
    body = json.dumps(STARTED).encode()
    with RawConnection(exporter) as connection:
        connection.send([*HEAD, f"Content-Length: {len(body) + 1}"], body)
    assert exporter.post({**STARTED, "session_id": "two"}).json == report(accepted=1)
    assert counted(exporter) == {'events{kind="session.started"}': 1}
