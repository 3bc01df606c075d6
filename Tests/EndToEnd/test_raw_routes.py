"""Paths and methods, byte by byte: what exists, what does not, and that HEAD is GET without its body."""

import pytest

from exchange import RawExchange, check_exchange, request
from exporter import Exporter

READERS = [
    "/metrics", "/metrics/summary", "/metrics/sessions", "/metrics/latency", "/metrics/tools", "/metrics/errors",
    "/metrics/audio", "/metrics/amplifier", "/metrics/sessions/one", "/metrics/latency/slowest", "/metrics/health",
    "/-/healthy", "/-/ready",
]
STREAM = "/metrics/stream"
WRITERS = ["/api/events", "/api/metrics/audio"]

OK = [(200, None)]
BAD = [(400, "bad_request")]
MISSING = [(404, "not_found")]
NO_SESSION = [(404, "session_not_found")]
WRONG_METHOD = [(405, "method_not_allowed")]


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        exporter.record({"type": "session.started", "session_id": "one"})
        yield exporter


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", [*READERS, STREAM])
def test_a_route_that_reads_answers_nothing_else(exporter, path, method):
    answer, = check_exchange(
        exporter, request(path, "Content-Length: 0", method=method), WRONG_METHOD, closes=False)
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", WRITERS)
def test_a_route_that_writes_answers_nothing_else(exporter, path, method):
    answer, = check_exchange(exporter, request(path, method=method), WRONG_METHOD, closes=False)
    assert answer.headers["allow"] == "POST, OPTIONS"


@pytest.mark.parametrize("path", READERS)
def test_head_is_get_without_its_body(exporter, path):
    get, = check_exchange(exporter, request(path), OK, closes=False)
    head, = check_exchange(exporter, request(path, method="HEAD"), OK, closes=False, methods=["HEAD"])
    for name in ["content-type", "cache-control", "vary"]:
        assert head.headers.get(name) == get.headers.get(name)
    # Numbers of the exporter itself differ by a few digits from one answer to the next, and the first answer of each
    # kind brings series of the HTTP server.
    most = 4_000 if path == "/metrics" else 200
    assert abs(int(head.headers["content-length"]) - int(get.headers["content-length"])) < most


@pytest.mark.parametrize(
    "path, status, fields",
    [
        (STREAM, 200, []), ("/nowhere", 404, []), ("/metrics/sessions/unknown", 404, []), ("/api/events", 405, []),
        ("/-/ready", 417, ["Expect: miracles"]),
    ],
)
def test_head_has_no_body_whatever_the_answer(exporter, path, status, fields):
    # RFC 9110, section 9.3.2. What follows would be taken for the next answer.
    check_exchange(
        exporter, request(path, *fields, method="HEAD"), [(status, None)], closes=False, methods=["HEAD"])


@pytest.mark.parametrize(
    "path, expected, closes",
    [
        ("/", OK, False),
        ("/nowhere", MISSING, False),
        ("/metric", MISSING, False),
        ("/metricss", MISSING, False),
        ("/METRICS", MISSING, False),
        ("/metrics/nowhere", MISSING, False),
        ("/metrics/sessions/one/more", MISSING, False),
        ("/metrics/latency/slowest/more", MISSING, False),
        ("/metrics/{id}", MISSING, False),
        ("/metrics/sessions/{id}", NO_SESSION, False),
        ("/metrics/sessions/unknown", NO_SESSION, False),
        ("/metrics/sessions/%00", NO_SESSION, False),
        ("/metrics/sessions/%2e%2e", NO_SESSION, False),
        ("/metrics/sessions/%6fne", OK, False),
        ("/api", MISSING, False),
        ("/favicon.ico", MISSING, False),
        ("/../../etc/passwd", MISSING, False),
        ("/-/%2e%2e/metrics", MISSING, False),
        ("/x/../-/ready", MISSING, False),
        ("/-%2fready", MISSING, False),
        ("/%ff", MISSING, False),
        ("/%", MISSING, False),
        ("/%zz", MISSING, False),
        ("/-/ready#fragment", MISSING, False),
        ("*", MISSING, False),
        ("//-//ready", OK, False),
        ("/-/ready/", OK, False),
        ("/-/ready?", OK, False),
        ("/-/ready?a=b&a=c&&=&%zz", OK, False),
        ("/-/ready?" + 1_000 * "a=b&", OK, False),
        ("/-/ready?" + 7_000 * "&", OK, False),
        ("/metrics/sessions?" + 1_000 * "%00", OK, False),
        ("/é", BAD, True),
        ("/-/ready\0", BAD, True),
        ("-/ready", BAD, True),
        ("", BAD, True),
    ],
)
def test_a_path_is_known_or_not(exporter, path, expected, closes):
    check_exchange(exporter, request(path), expected, closes)


@pytest.mark.parametrize(
    "target, method, expected",
    [
        ("*", "OPTIONS", MISSING),
        ("/nowhere", "OPTIONS", MISSING),
        ("/nowhere", "TRACE", MISSING),
    ],
)
def test_a_method_for_proxies_opens_nothing(exporter, target, method, expected):
    check_exchange(exporter, request(target, method=method), expected, closes=False)


def test_trace_does_not_echo(exporter):
    answer, = check_exchange(
        exporter, request("/-/ready", "Cookie: secret", method="TRACE"), WRONG_METHOD, closes=False)
    assert b"secret" not in answer.body


@pytest.mark.parametrize(
    "reason, data",
    [
        ("bad_request", request("/-/ready", "X : 1")),
        ("bad_request", request("/-/ready", "Host: other")),
        ("bad_request", request(host=None)),
        ("bad_request", request(host="Host: a b/c")),
        ("target_too_long", request("/" + 9_000 * "a")),
        ("header_too_large", request("/-/ready", "X: " + 9_000 * "a")),
        ("not_found", request("/nowhere")),
        ("session_not_found", request("/metrics/sessions/unknown")),
        ("method_not_allowed", request("/metrics", method="DELETE")),
        ("origin_not_allowed", request("/api/events", "Origin: https://other.example", method="POST")),
        ("expectation_failed", request("/-/ready", "Expect: miracles")),
        ("body_too_large", request("/api/events", "Content-Length: 9999999", method="POST")),
        ("unsupported_media_type", request("/api/events", "Content-Type: text/html", method="POST")),
    ],
)
def test_a_refusal_is_counted_by_its_reason(exporter, reason, data):
    def refused():
        prefix = "amplifier_voice_exporter_refused_requests_total"
        return {name: value for name, value in exporter.samples().items() if name.startswith(prefix)}
    before = refused()
    for _ in range(3):
        with RawExchange(exporter) as connection:
            connection.deliver(data)
            assert connection.next_answer().code == reason
    counted = {name: value - before[name] for name, value in refused().items() if value != before[name]}
    assert counted == {f'amplifier_voice_exporter_refused_requests_total{{reason="{reason}"}}': 3}
