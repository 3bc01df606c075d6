"""Which web pages may send events: those of this server and of the origins that the configuration names, to the letter.
No page of another origin can read anything."""

import pytest

from exporter import Exporter, run
from ingest import STARTED, counted
from openapi import check_answer

ALLOWED = ["https://voice.example", "http://localhost:5173"]
INGEST = {"/api/events": '{"type":"session.started","session_id":"one"}', "/api/metrics/audio": '{"jitter":5}'}
REFUSAL = {"error": {
    "code": "origin_not_allowed",
    "field": "Origin",
    "message": "Pages of this origin may not send events. Name it in the configuration: origins.",
}}

# What a page of these origins would have to be called: none is one of the list.
FOREIGN = [
    "https://other.example", "null", "", "http://voice.example", "https://voice.example:8443", "https://voice.example/",
    "https://voice.example.other.example", "https://evil-voice.example", "https://VOICE.example", "http://localhost",
    "http://localhost:5174", "https://voice.example, https://other.example", "*",
]


@pytest.fixture(scope="module")
def exporter(tmp_path_factory):
    file = tmp_path_factory.mktemp("origins") / "configuration.json"
    file.write_text('{"origins": ["https://voice.example", "http://localhost:5173"]}')
    with Exporter("--config", str(file)) as exporter:
        yield exporter


def cross_origin(answer):
    """The headers that let pages of other origins do something."""
    return {name: value for name, value in answer.headers.items() if name.lower().startswith("access-control-")}


def ask(exporter, path, origin, method="POST"):
    """A browser's question whether a page may post."""
    return exporter.request("OPTIONS", path, headers={
        "Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type"})


@pytest.mark.parametrize("path", INGEST)
@pytest.mark.parametrize("origin", ALLOWED)
@pytest.mark.parametrize("content_type", ["application/json", "text/plain;charset=UTF-8"])
def test_a_page_of_a_named_origin_may_send_and_read_the_answer(exporter, path, origin, content_type):
    answer = exporter.request("POST", path, INGEST[path], {"Origin": origin, "Content-Type": content_type})
    assert (answer.status, answer.json["accepted"]) == (202, 1)
    assert cross_origin(answer) == {"Access-Control-Allow-Origin": origin}
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path", INGEST)
@pytest.mark.parametrize("origin", ALLOWED)
def test_a_browser_that_asks_first_is_told_what_such_a_page_may_send(exporter, path, origin):
    answer = ask(exporter, path, origin)
    assert (answer.status, answer.headers["Allow"], answer.headers["Vary"]) == (204, "POST, OPTIONS", "Origin")
    assert cross_origin(answer) == {
        "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type", "Access-Control-Max-Age": "86400"}
    check_answer(answer, path, "options")


def test_a_page_of_a_named_origin_reads_why_its_events_are_refused(exporter):
    origin = ALLOWED[0]
    answer = exporter.request("POST", "/api/events", "[{}]", {"Origin": origin, "Content-Type": "text/html"})
    assert (answer.status, cross_origin(answer)) == (415, {"Access-Control-Allow-Origin": origin})


@pytest.mark.parametrize("path", INGEST)
@pytest.mark.parametrize("origin", FOREIGN)
def test_no_other_page_may_send(exporter, path, origin):
    before = counted(exporter)
    for answer in [
        exporter.request("POST", path, INGEST[path], {"Origin": origin, "Content-Type": "text/plain"}),
        ask(exporter, path, origin),
    ]:
        assert (answer.status, answer.json, cross_origin(answer)) == (403, REFUSAL, {})
    assert counted(exporter) == before


@pytest.mark.parametrize("path", INGEST)
def test_two_origins_are_none(exporter, path):
    connection = exporter.connect()
    connection.putrequest("POST", path)
    connection.putheader("Origin", ALLOWED[0])
    connection.putheader("Origin", "https://other.example")
    connection.putheader("Content-Length", "2")
    connection.endheaders(b"{}")
    assert connection.getresponse().status == 403
    connection.close()


@pytest.mark.parametrize("path", INGEST)
@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Origin": "http://{host}:{port}"},
        # Behind a proxy that speaks TLS the server's own page has another origin, which its browser vouches for.
        {"Origin": "https://monitoring.example", "Sec-Fetch-Site": "same-origin"},
    ],
    ids=["no page", "its own page", "its own page behind a proxy"])
def test_what_is_no_other_page_needs_no_permission(exporter, path, headers):
    headers = {name: value.format(host=exporter.host, port=exporter.port) for name, value in headers.items()}
    answer = exporter.request("POST", path, INGEST[path], headers)
    assert (answer.status, cross_origin(answer)) == (202, {})


@pytest.mark.parametrize(
    "host, status",
    [
        ("127.0.0.1:9477", 202), ("[::1]:9477", 202), ("10.1.2.3", 202), ("localhost:5000", 202), ("localhost", 202),
        ("evil.test:9477", 403), ("localhost.evil.test", 403), ("127.0.0.1.evil.test:9477", 403),
        ("1.2.3.4.5:9477", 403), ("2130706433:9477", 403), ("exporter:9477", 403), ("LOCALHOST:9477", 403),
    ])
@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}], ids=["by its host", "by its browser"])
def test_without_tls_a_name_does_not_show_that_a_page_is_the_exporters_own(exporter, host, status, headers):
    connection = exporter.connect()
    connection.putrequest("POST", "/api/events", skip_host=True)
    body = INGEST["/api/events"].encode()
    for name, value in {"Host": host, "Origin": f"http://{host}", "Content-Length": str(len(body)), **headers}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    assert connection.getresponse().status == status
    connection.close()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "same-origin, cross-site"])
def test_another_origin_is_judged_whatever_else_its_browser_says(exporter, site):
    headers = {"Origin": "https://other.example", "Sec-Fetch-Site": site}
    assert exporter.request("POST", "/api/events", INGEST["/api/events"], headers).status == 403


@pytest.mark.parametrize(
    "path", ["/", "/metrics", "/metrics/summary", "/metrics/sessions", "/metrics/health", "/openapi.json", "/-/ready"])
@pytest.mark.parametrize("origin", [*ALLOWED, "https://other.example"])
def test_no_page_of_another_origin_can_read_what_is_shown(exporter, path, origin):
    answer = exporter.request("GET", path, headers={"Origin": origin})
    assert (answer.status, cross_origin(answer)) == (200, {})
    assert ask(exporter, path, origin, method="GET").status == 405


def test_every_page_may_load_the_modules(exporter):
    answer = exporter.request("GET", "/client/voice_monitoring.py", headers={"Origin": "https://other.example"})
    assert (answer.status, cross_origin(answer)) == (200, {"Access-Control-Allow-Origin": "*"})
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_without_a_configuration_no_other_page_may_send():
    with Exporter() as exporter:
        answer = exporter.request("POST", "/api/events", INGEST["/api/events"], {"Origin": ALLOWED[0]})
        assert answer.status == 403
        exporter.record(STARTED)


@pytest.mark.parametrize(
    "origin",
    [
        "*", "voice.example", "https://voice.example/", "https://voice.example:443", "http://voice.example:80",
        "https://Voice.example", "ftp://voice.example", "https://", "https://voice.example/page", "null",
        "https://user@voice.example",
    ])
def test_what_no_browser_would_send_is_refused_at_the_start(configured, origin):
    ended = run("check", *configured({"origins": [origin]}))
    assert ended.returncode == 2
    assert (
        f"origins: {origin} is no origin as browsers write it, such as https://voice.example or "
        "http://localhost:5173.\n") in ended.stderr
