"""Heads of requests, byte by byte: what each is answered, and whether the connection goes on (RFC 9110 and 9112)."""

import pytest

from exchange import RawExchange, assert_healthy, check_exchange, post, request
from exporter import Exporter

OK = [(200, None)]
BAD = [(400, "bad_request")]
TOO_LARGE = [(431, "header_too_large")]


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        yield exporter


def fields(count):
    return [f"X-{number}: 1" for number in range(count)]


CASES = {
    # RFC 9112, section 3.2: exactly one Host from HTTP/1.1 on, and one that can be a host.
    "one host": (request(), OK, False),
    # The probes of some load balancers have none; the exporter has only one name.
    "no host": (request(host=None), OK, False),
    "two hosts": (request("/-/ready", "Host: exporter"), BAD, True),
    "two different hosts": (request("/-/ready", "Host: other"), BAD, True),
    "an empty host": (request(host="Host:"), OK, False),
    "an absolute URI": (request("http://exporter/-/ready"), OK, False),
    "an absolute URI of another host": (request("http://other:1/-/ready"), OK, False),
    "an absolute URI of an unknown path": (request("http://exporter/nowhere"), [(404, "not_found")], False),
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
    "a path of 9 kB": (request("/" + 9_000 * "a"), [(431, "header_too_large")], True),
    "a path of 90 kB": (request("/" + 90_000 * "a"), [(431, "header_too_large")], True),
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


REFUSED = ["two hosts", "a folded field", "65 fields", "an invented method"]


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_that_the_connection_ends(exporter, case):
    data, expected, closes = CASES[case]
    answer, = check_exchange(exporter, data, expected, closes)
    assert answer.headers["connection"] == "close"
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


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
    check_exchange(exporter, first + b"BAD\r\n\r\n", [(status, None), (400, None)], closes=True)


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
