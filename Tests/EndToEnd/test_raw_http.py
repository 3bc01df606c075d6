"""Heads of requests, byte by byte: what each is answered, and whether the connection goes on (RFC 9110 and 9112)."""

import socket
import time
from email.utils import parsedate_to_datetime

import pytest

from exchange import RawExchange, assert_healthy, check_exchange, post, request
from exporter import Exporter
from rawhttp import RawConnection

OK = [(200, None)]
BAD = [(400, "bad_request")]
TOO_LARGE = [(431, "header_too_large")]
LINGER = 0.5
TOO_LONG = [(414, "target_too_long")]


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        yield exporter


def fields(count):
    return [f"X-{number}: 1" for number in range(count)]


CASES = {
    # RFC 9112, section 3.2: exactly one Host from HTTP/1.1 on, and one that can be a host.
    "one host": (request(), OK, False),
    "no host": (request(host=None), BAD, True),
    # The probes of some load balancers have none.
    "no host in HTTP/1.0": (request(host=None, version="HTTP/1.0"), OK, True),
    "two hosts": (request("/-/ready", "Host: exporter"), BAD, True),
    "two different hosts": (request("/-/ready", "Host: other"), BAD, True),
    "two hosts in HTTP/1.0": (request("/-/ready", "Host: exporter", version="HTTP/1.0"), BAD, True),
    "an empty host": (request(host="Host:"), OK, False),
    "a host with a port": (request(host="Host: exporter:9477"), OK, False),
    "a host that is an IPv6 address": (request(host="Host: [::1]:9477"), OK, False),
    "space around a host": (request(host="Host: \t exporter \t "), OK, False),
    "an impossible host": (request(host="Host: a b/c"), BAD, True),
    "an impossible host in HTTP/1.0": (request(host="Host: a b/c", version="HTTP/1.0"), BAD, True),
    "an impossible port": (request(host="Host: exporter:http"), BAD, True),
    "a list of hosts": (request(host="Host: exporter, other"), BAD, True),
    "an absolute URI without a host": (request("http://exporter/-/ready", host=None), BAD, True),
    "an absolute URI": (request("http://exporter/-/ready"), OK, False),
    "an absolute URI of another host": (request("http://other:1/-/ready"), OK, False),
    "an absolute URI of an unknown path": (request("http://exporter/nowhere"), [(404, "not_found")], False),
    # RFC 9112, section 9.3.
    "HTTP/1.0": (request(version="HTTP/1.0"), OK, True),
    "HTTP/1.0 with keep-alive": (request("/-/ready", "Connection: keep-alive", version="HTTP/1.0"), OK, False),
    "HTTP/1.0 with close": (request("/-/ready", "Connection: close", version="HTTP/1.0"), OK, True),
    "HTTP/1.1 with close": (request("/-/ready", "Connection: close"), OK, True),
    "HTTP/1.1 with close in capitals": (request("/-/ready", "CONNECTION: CLOSE"), OK, True),
    "HTTP/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BAD, True),
    "HTTP/2.0 in the request line": (request(version="HTTP/2.0"), BAD, True),
    "HTTP/1.2 in the request line": (request(version="HTTP/1.2"), BAD, True),
    "HTTP/0.9": (b"GET /-/ready\r\n\r\n", BAD, True),
    "the version in lower case": (request(version="http/1.1"), BAD, True),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", BAD, True),
    "an invented method": (request(method="BREW"), BAD, True),
    "a method in lower case": (request(method="get"), BAD, True),
    "a tab in the request line": (b"GET\t/-/ready HTTP/1.1\r\nHost: exporter\r\n\r\n", BAD, True),
    "a space at the end of the request line": (request(version="HTTP/1.1 "), BAD, True),
    "a space in the path": (request("/-/ready or not"), BAD, True),
    "empty lines before the request": (b"\r\n\r\n" + request(), OK, False),
    # The limits of the head.
    "64 fields": (request("/-/ready", *fields(63)), OK, False),
    "65 fields": (request("/-/ready", *fields(64)), TOO_LARGE, True),
    "1100 fields": (request("/-/ready", *fields(1099)), TOO_LARGE, True),
    "a field of 8 kB": (request("/-/ready", "X: " + 8_000 * "a"), OK, False),
    "a field of 9 kB": (request("/-/ready", "X: " + 9_000 * "a"), TOO_LARGE, True),
    "a field of 90 kB": (request("/-/ready", "X: " + 90_000 * "a"), TOO_LARGE, True),
    "a name of 9 kB": (request("/-/ready", 9_000 * "a" + ": 1"), TOO_LARGE, True),
    "fields of 14 kB in all": (request("/-/ready", "X: " + 7_000 * "a", "Y: " + 7_000 * "a"), OK, False),
    "fields of 21 kB in all": (
        request("/-/ready", "X: " + 7_000 * "a", "Y: " + 7_000 * "a", "Z: " + 7_000 * "a"), TOO_LARGE, True),
    "a path of 8 kB": (request("/-/ready?" + 8_000 * "a"), OK, False),
    # RFC 9112, section 3: a target longer than any that the server parses must be answered 414.
    "a path of 8192 bytes": (request("/" + 8_191 * "a"), [(404, "not_found")], False),
    "a path of 8193 bytes": (request("/" + 8_192 * "a"), TOO_LONG, True),
    "a path of 90 kB": (request("/" + 90_000 * "a"), TOO_LONG, True),
    "a path of 9 kB behind an empty line": (b"\r\n" + request("/" + 9_000 * "a"), TOO_LONG, True),
    "a path of 9 kB without an end": (b"GET /" + 9_000 * b"a", TOO_LONG, True),
    "a path of 8 kB and a field of 9 kB": (request("/" + 8_000 * "a", "X: " + 9_000 * "a"), TOO_LARGE, True),
    # RFC 9112, sections 2.2, 5.1 and 5.2; RFC 9110, section 5.5.
    "bare line feeds": (b"GET /-/ready HTTP/1.1\nHost: exporter\n\n", BAD, True),
    "a bare line feed after a field": (request("/-/ready", "X: 1\nY: 2"), BAD, True),
    "a bare carriage return": (request("/-/ready", "X: 1\rY: 2"), BAD, True),
    "a folded field": (request("/-/ready", "X: 1\r\n  2"), BAD, True),
    "a folded first field": (request("/-/ready", host=" Host: exporter"), BAD, True),
    "NUL in a value": (request("/-/ready", "X: a\0b"), BAD, True),
    "NUL in a name": (request("/-/ready", "X\0: a"), BAD, True),
    "a control character in a value": (request("/-/ready", "X: a\x01b"), BAD, True),
    "no colon": (request("/-/ready", "nothing"), BAD, True),
    "a space before the colon": (request("/-/ready", "X : 1"), BAD, True),
    "no name": (request("/-/ready", ": 1"), BAD, True),
    "Latin-1 in a value": (request("/-/ready", b"X: \xe9"), OK, False),
    "UTF-8 in a value": (request("/-/ready", "X: é"), OK, False),
}


@pytest.mark.parametrize("data, expected, closes", CASES.values(), ids=CASES)
def test_a_head_is_answered_for_what_it_is(exporter, data, expected, closes):
    check_exchange(exporter, data, expected, closes)


@pytest.mark.parametrize("fields, connection, closes", [
    ([], "close", True), (["Connection: close"], "close", True), (["Connection: keep-alive"], "keep-alive", False),
    (["Connection: Keep-Alive"], "keep-alive", False),
])
def test_an_answer_in_http_1_0_is_in_that_version_and_says_what_becomes_of_the_connection(
        exporter, fields, connection, closes):
    data = request("/metrics", *fields, version="HTTP/1.0")
    answer, = check_exchange(exporter, data, OK, closes)
    assert (answer.version, answer.headers["connection"]) == ("HTTP/1.0", connection)
    assert "transfer-encoding" not in answer.headers
    assert answer.body.startswith(b"# HELP ")


@pytest.mark.parametrize("fields", [[], ["Connection: keep-alive"]])
def test_a_stream_in_http_1_0_has_no_chunks_and_ends_with_the_connection(exporter, fields):
    with RawConnection(exporter) as connection:
        connection.socket.sendall(request("/metrics/stream", *fields, version="HTTP/1.0"))
        head, _, body = connection.read_until(b"\n\n").partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.0 200 OK\r\n")
        assert b"transfer-encoding" not in head.lower()
        assert b"\r\nconnection: close" in head.lower()
        assert body.startswith(b"data: {") and body.endswith(b"}\n\n")


def test_a_client_of_http_1_0_is_not_kept_waiting_for_the_end(exporter):
    begin = time.monotonic()
    for _ in range(10):
        check_exchange(exporter, request(version="HTTP/1.0"), OK, closes=True)
    # The connection ends with the answer and not after the time that a client has to read it.
    assert time.monotonic() - begin < 10 * LINGER / 2


REFUSED = [
    "no host", "two hosts", "an impossible host", "a folded field", "65 fields", "an invented method", "a path of 90 kB",
]


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_that_the_connection_ends(exporter, case):
    data, expected, closes = CASES[case]
    answer, = check_exchange(exporter, data, expected, closes)
    assert answer.headers["connection"] == "close"
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert abs(time.time() - parsedate_to_datetime(answer.headers["date"]).timestamp()) < 5
    assert answer.headers["date"].endswith(" GMT")


@pytest.mark.parametrize(
    "data",
    [b"", b"GET", b"GET /-/ready HTTP/1.1\r\nHost: exp", post("Content-Length: 45", body=b"{"), b"\0" * 100_000],
    ids=["nothing", "a method", "half a head", "half a body", "NULs"],
)
@pytest.mark.parametrize("end", ["close", "reset"])
def test_a_client_that_leaves_early_leaves_the_exporter_well(exporter, data, end):
    for _ in range(20):
        with RawExchange(exporter) as connection:
            connection.deliver(data)
            getattr(connection, end)()
    assert_healthy(exporter)


@pytest.mark.parametrize("count", [2, 50])
def test_requests_in_a_row_are_answered_in_a_row(exporter, count):
    check_exchange(exporter, request() * count, OK * count, closes=False)


def test_different_requests_in_a_row_are_answered_in_their_order(exporter):
    data = request() + post("Content-Length: 45") + request("/nowhere") + request("/metrics", method="POST") + request()
    check_exchange(
        exporter, data, [*OK, (202, None), (404, "not_found"), (405, "method_not_allowed"), *OK], closes=False)


@pytest.mark.parametrize("first, status", [(request(), 200), (post("Content-Length: 45"), 202)], ids=["GET", "POST"])
def test_a_good_request_is_answered_before_the_bad_one_behind_it(exporter, first, status):
    check_exchange(exporter, first + b"BAD\r\n\r\n", [(status, None), *BAD], closes=True)


@pytest.mark.parametrize("second, refusal", [
    (request("/" + 9_000 * "a"), TOO_LONG), (request("/-/ready", *fields(64)), TOO_LARGE),
    (request(host=None), BAD), (b"BAD\r\n\r\n", BAD),
], ids=["path", "fields", "host", "method"])
def test_a_request_is_refused_after_one_that_was_answered(exporter, second, refusal):
    with RawExchange(exporter) as connection:
        connection.deliver(request())
        assert connection.next_answer().status == 200
        connection.deliver(second)
        answer = connection.next_answer()
        assert [(answer.status, answer.code)] == refusal
        assert connection.is_at_end()


def test_all_that_came_before_the_end_of_a_client_is_answered(exporter):
    with RawExchange(exporter) as connection:
        connection.deliver(request() * 20)
        connection.socket.shutdown(socket.SHUT_WR)
        assert [connection.next_answer().status for _ in range(20)] == [200] * 20
        assert connection.is_at_end()


def test_what_follows_a_refused_head_is_not_read_as_a_request(exporter):
    check_exchange(exporter, request("/-/ready", "X : 1") + post("Content-Length: 45"), BAD, closes=True)


@pytest.mark.parametrize(
    "data, status",
    [
        (request("/-/ready", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"), 200),
        (request("/-/ready", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"), 200),
        (request("exporter:80", method="CONNECT"), 404),
        (request("/-/ready", method="CONNECT"), 405),
    ],
    ids=["HTTP/2", "web socket", "tunnel", "tunnel to a path"],
)
def test_a_client_that_wanted_another_protocol_is_not_left_waiting(exporter, data, status):
    # RFC 9110, section 7.8: the connection goes on in HTTP/1.1, or it ends.
    with RawExchange(exporter) as connection:
        connection.deliver(data)
        assert connection.next_answer().status == status
        connection.deliver(request())
        connection.socket.settimeout(2)
        assert connection.socket.recv(12) in (b"", b"HTTP/1.1 200")
