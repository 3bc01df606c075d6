"""Bodies, byte by byte: lengths, chunks and expectations, good and contradicting (RFC 9112, sections 6 and 7)."""

import gzip
import socket

import pytest

from exchange import CHUNKED, CHUNKS, EVENT, JSON, LENGTH, RawExchange, assert_healthy, check_exchange, post, request
from exporter import Exporter

TAKEN = [(202, None)]
BAD = [(400, "bad_request")]
TOO_LARGE = [(413, "body_too_large")]
EXPECTS = "Expect: 100-continue"
CONTINUE = (100, None)
NOT_MET = [(417, "expectation_failed")]
WRONG_TYPE = [(415, "unsupported_media_type")]
# The report of a body that holds no event; it is no refusal of the request.
NO_EVENT = [(400, None)]


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        yield exporter


def typed(content_type, path="/api/events", body=EVENT):
    return request(path, *content_type, f"Content-Length: {len(body)}", method="POST", body=body)


def chunked(body, *fields, version="HTTP/1.1"):
    return post(CHUNKED, *fields, body=body, version=version)


CASES = {
    "a length": (post(LENGTH), TAKEN, False),
    "two equal lengths": (post(LENGTH, LENGTH), BAD, True),
    "two different lengths": (post(LENGTH, "Content-Length: 5"), BAD, True),
    "a list of lengths": (post("Content-Length: 45, 45"), BAD, True),
    "a negative length": (post("Content-Length: -1"), BAD, True),
    "a length with a plus": (post("Content-Length: +45"), BAD, True),
    "a length in hexadecimal": (post("Content-Length: 0x2d"), BAD, True),
    "a length that is no number": (post("Content-Length: many"), BAD, True),
    "an empty length": (post("Content-Length:"), BAD, True),
    "a length of 2^63 - 1": (post(f"Content-Length: {2**63 - 1}"), TOO_LARGE, True),
    "a length of 2^64 - 2": (post(f"Content-Length: {2**64 - 2}"), TOO_LARGE, True),
    "a length of 2^100": (post(f"Content-Length: {2**100}"), BAD, True),
    "a length and chunks": (post(LENGTH, CHUNKED, body=CHUNKS), BAD, True),
    "chunks and a length": (post(CHUNKED, LENGTH, body=CHUNKS), BAD, True),
    "chunks": (chunked(CHUNKS), TAKEN, False),
    "chunks in capitals": (post("TRANSFER-ENCODING: CHUNKED", body=CHUNKS.replace(b"2d", b"2D")), TAKEN, False),
    "chunks of one byte": (
        chunked(b"".join(b"1\r\n%c\r\n" % byte for byte in EVENT) + b"0\r\n\r\n"), TAKEN, False),
    "chunks with an extension": (chunked(CHUNKS.replace(b"2d", b"2d;name=value")), TAKEN, False),
    "chunks with leading zeros": (chunked(CHUNKS.replace(b"2d", b"0002d")), TAKEN, False),
    "chunks with a trailer": (chunked(CHUNKS.replace(b"0\r\n\r\n", b"0\r\nX: 1\r\n\r\n")), TAKEN, False),
    "chunks twice": (chunked(CHUNKS, CHUNKED), BAD, True),
    # RFC 9112, section 6.1: HTTP/1.0 has no chunks, so that the end of such a body is anybody's guess.
    "chunks in HTTP/1.0": (chunked(CHUNKS, version="HTTP/1.0"), BAD, True),
    "chunks in HTTP/1.0 with keep-alive": (chunked(CHUNKS, "Connection: keep-alive", version="HTTP/1.0"), BAD, True),
    "a length in HTTP/1.0": (post(LENGTH, version="HTTP/1.0"), TAKEN, True),
    "another coding": (post("Transfer-Encoding: gzip"), BAD, True),
    "another coding behind chunks": (post("Transfer-Encoding: chunked, gzip", body=CHUNKS), BAD, True),
    "an invented coding": (post("Transfer-Encoding: xchunked", body=CHUNKS), BAD, True),
    # RFC 9112, section 6.1: a coding that the server does not understand is answered 501.
    "another coding before chunks": (
        post("Transfer-Encoding: gzip, chunked", body=CHUNKS), [(501, "not_implemented")], True),
    "a chunk size that is no number": (chunked(b"zz\r\n" + EVENT + b"\r\n0\r\n\r\n"), BAD, True),
    "a negative chunk size": (chunked(b"-1\r\n" + EVENT + b"\r\n0\r\n\r\n"), BAD, True),
    "a chunk size with 0x": (chunked(b"0x2d\r\n" + EVENT + b"\r\n0\r\n\r\n"), BAD, True),
    "a chunk size beyond 64 bits": (chunked(b"f" * 17 + b"\r\n" + EVENT), BAD, True),
    "no chunk size": (chunked(b"\r\n" + EVENT + b"\r\n0\r\n\r\n"), BAD, True),
    "a chunk longer than its size": (chunked(b"5\r\n" + EVENT + b"\r\n0\r\n\r\n"), BAD, True),
    "chunks with bare line feeds": (chunked(CHUNKS.replace(b"\r\n", b"\n")), BAD, True),
    "100-continue with its body": (post(EXPECTS, LENGTH), [CONTINUE, *TAKEN], False),
    "100-continue in capitals": (post("EXPECT: 100-CONTINUE", LENGTH), [CONTINUE, *TAKEN], False),
    "100-continue with chunks": (chunked(CHUNKS, EXPECTS), [CONTINUE, *TAKEN], False),
    "100-continue with a length too large": (post(EXPECTS, f"Content-Length: {2**21}", body=b""), TOO_LARGE, True),
    "100-continue with a length beyond all": (
        post(EXPECTS, f"Content-Length: {2**64 - 2}", body=b""), TOO_LARGE, True),
    # RFC 9110, section 10.1.1: HTTP/1.0 does not know them.
    "100-continue in HTTP/1.0": (post(EXPECTS, LENGTH, version="HTTP/1.0"), TAKEN, True),
    "another expectation": (post("Expect: 200-ok", LENGTH), NOT_MET, False),
    "another expectation of a GET": (request("/-/ready", "Expect: miracles"), NOT_MET, False),
    "two expectations": (post(EXPECTS, "Expect: miracles", LENGTH), NOT_MET, False),
    "no body": (post(body=b""), NO_EVENT, False),
    "an empty body": (post("Content-Length: 0", body=b""), NO_EVENT, False),
    "an empty body in chunks": (chunked(b"0\r\n\r\n"), NO_EVENT, False),
    "no type": (typed([]), TAKEN, False),
    "a type with a parameter": (typed([f"{JSON}; charset=utf-8"]), TAKEN, False),
    "a type in capitals": (typed(["Content-Type: Application/JSON"]), TAKEN, False),
    "HTML": (typed(["Content-Type: text/html"]), WRONG_TYPE, False),
    "a form": (typed(["Content-Type: application/x-www-form-urlencoded"]), WRONG_TYPE, False),
    "an empty type": (typed(["Content-Type:"]), WRONG_TYPE, False),
    "two types": (typed([JSON, "Content-Type: text/html"]), WRONG_TYPE, False),
    "HTML for audio": (typed(["Content-Type: text/html"], "/api/metrics/audio", b"{}"), WRONG_TYPE, False),
    "an identical coding": (post("Content-Encoding: identity", LENGTH), TAKEN, False),
    "a body of a GET": (request("/-/ready", "Content-Length: 5", body=b"hello"), [(200, None)], False),
    "a body of a GET in chunks": (request("/-/ready", CHUNKED, body=b"5\r\nhello\r\n0\r\n\r\n"), [(200, None)], False),
}


@pytest.mark.parametrize("data, expected, closes", CASES.values(), ids=CASES)
def test_a_body_is_answered_for_what_it_is(exporter, data, expected, closes):
    check_exchange(exporter, data, expected, closes)


@pytest.mark.parametrize("body", [EVENT, gzip.compress(EVENT)], ids=["that is none", "that is one"])
def test_a_compressed_body_is_refused(exporter, body):
    data = post("Content-Encoding: gzip", f"Content-Length: {len(body)}", body=body)
    check_exchange(exporter, data, WRONG_TYPE, closes=True)


@pytest.mark.parametrize(
    "data",
    [
        post(LENGTH, body=EVENT[:-1]), post(LENGTH, body=b""), chunked(b"2d\r\n" + EVENT[:10]),
        chunked(b"2d\r\n" + EVENT + b"\r\n"), chunked(b"2d"), b"GET /-/re",
    ],
    ids=["length", "length alone", "chunk", "last chunk", "chunk size", "head"],
)
def test_a_request_that_breaks_off_is_refused_and_not_counted(data):
    with Exporter() as exporter, RawExchange(exporter) as connection:
        connection.deliver(data)
        connection.socket.shutdown(socket.SHUT_WR)
        answer = connection.next_answer()
        assert (answer.status, answer.code) == BAD[0]
        assert connection.is_at_end()
        assert_healthy(exporter)
        assert exporter.sample("amplifier_voice_sessions_started_total") == 0


def test_a_client_that_waits_gets_its_word_before_it_sends(exporter):
    with RawExchange(exporter) as connection:
        connection.deliver(post(EXPECTS, LENGTH, body=b""))
        assert connection.next_answer().status == 100
        connection.deliver(EVENT)
        assert connection.next_answer().status == 202


def test_a_request_that_ended_its_side_is_still_answered(exporter):
    with RawExchange(exporter) as connection:
        connection.deliver(post(LENGTH))
        connection.socket.shutdown(socket.SHUT_WR)
        assert connection.next_answer().status == 202
        assert connection.is_at_end()
