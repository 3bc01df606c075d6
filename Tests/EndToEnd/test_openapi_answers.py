"""Every answer is as `/openapi.json` describes it, and the description leaves no room for anything else."""

import json
import re

import pytest

from every_field import EVENTS
from everything import feed_everything
from exchange import RawAnswer, RawExchange, post, request
from exporter import MAXIMUM_BODY_SIZE, MAXIMUM_EVENT_COUNT, Exporter
from openapi import DOCUMENT, check, check_answer, operations
from spec_fields import SECTIONS
from stream import StreamClient

STREAM = "/metrics/stream"
READERS = [path for path, method, _ in operations() if method == "get" and path != STREAM]

SESSION = "one"
STARTED = {"type": "session.started", "session_id": "one"}

# Texts that are too long, so that the answers show how they are cut.
LONG = "🎙" * 3_000
LONG_TEXTS = [
    {"type": "error", "category": "audio", "code": LONG, "message": LONG, "stack_trace": LONG, "id": "x" * 64},
    {
        "type": "tool.finished", "call_id": "x" * 128, "tool_name": LONG, "success": False, "duration_ms": 1,
        "error": LONG, "agent_name": LONG, "instruction_preview": LONG, "session_id": "x" * 128,
    },
    {"type": "task.started", "task_id": "long", "agent_name": LONG, "instruction_preview": LONG},
    {"type": "task.progress", "task_id": "long", "current_step": LONG},
    {"type": "audio.stats", "session_id": SESSION, "codec": LONG},
]


@pytest.fixture(scope="module")
def fed():
    with Exporter() as exporter:
        exporter.record(*EVENTS)
        feed_everything(exporter)
        exporter.record(*LONG_TEXTS)
        yield exporter


@pytest.fixture(scope="module")
def empty():
    with Exporter() as exporter:
        yield exporter


@pytest.fixture(params=["empty", "fed"])
def either(request):
    return request.getfixturevalue(request.param)


def places(exporter, path):
    """The paths that a described one stands for."""
    if path.startswith("/assets/"):
        page = exporter.request("GET", "/").body.decode()
        if "/panels/" in path:
            # The page has them in its one module; modules that are loaded later may ask for them alone.
            version = re.search(r'"assets/([^/"]+)/app\.js"', page)[1]
            return [path.format(version=version, file=f"{section}.js") for section in SECTIONS]
        pattern = re.sub(r"\{\w+\}", "[^/\"]+", path.removeprefix("/"))
        found = {f"/{place}" for place in re.findall(f'"({pattern})"', page)}
        assert found, f"the page loads nothing like {path}"
        return sorted(found)
    return [path.replace("{id}", SESSION)]


@pytest.mark.parametrize("path", READERS)
def test_an_answer_is_as_described(either, path):
    for place in places(either, path):
        answer = either.request("GET", place)
        check_answer(answer, path)
        assert answer.status == (404 if path == "/metrics/sessions/{id}" and answer.json.get("error") else 200)


@pytest.mark.parametrize("path", [*READERS, STREAM])
def test_head_is_described_with_get(fed, path):
    for place in places(fed, path):
        answer = fed.request("HEAD", place)
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers["Content-Type"] in DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_a_method_that_is_not_described_is_refused(fed, path):
    described = {method.upper() for given, method, _ in operations() if given == path}
    allowed = described | ({"HEAD"} if "GET" in described else set())
    for place in places(fed, path)[:1]:
        for method in {"GET", "PUT", "POST", "DELETE", "PATCH"} - allowed:
            answer = fed.request(method, place)
            assert answer.status == 405
            assert set(answer.headers["Allow"].split(", ")) == allowed
            check(answer.json, "components", "schemas", "Failure")


def test_a_fed_exporter_knows_its_session(fed):
    assert fed.get_json(f"/metrics/sessions/{SESSION}")["session_id"] == SESSION


def test_a_message_of_the_stream_is_as_described(either):
    with StreamClient(either) as client:
        assert str(client.response.status) in DOCUMENT["paths"][STREAM]["get"]["responses"]
        content = DOCUMENT["paths"][STREAM]["get"]["responses"]["200"]["content"]
        assert client.response.headers["Content-Type"] in content
        lines, _ = client.message()
    check(json.loads(lines[0].removeprefix("data: ")), "components", "schemas", "StreamMessage")


@pytest.mark.parametrize(
    "events",
    [
        [], [{"type": "bridge.status", "initialized": True, "tools_count": 1, "health_status": "degraded"}],
        [{"type": "bridge.status", "initialized": False, "tools_count": 0, "health_status": "unhealthy"}],
    ],
    ids=["healthy", "degraded", "unhealthy"],
)
def test_health_is_as_described_in_each_of_its_states(exporter, events):
    if events:
        exporter.record(*events)
    check_answer(exporter.request("GET", "/metrics/health"), "/metrics/health")


@pytest.mark.parametrize(
    "accept",
    [
        "text/plain", "application/openmetrics-text", "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;"
        "escaping=allow-utf-8",
    ])
def test_each_format_of_the_exposition_is_described(fed, accept):
    check_answer(fed.request("GET", "/metrics", headers={"Accept": accept}), "/metrics")


@pytest.mark.parametrize(
    "body, status",
    [
        (STARTED, 202), ([STARTED, {}], 202), ([], 400), ([{}], 400), ([7, None, {"type": "vad"}], 400), ("{", 400),
        ([STARTED] * MAXIMUM_EVENT_COUNT, 202), ([STARTED] * (MAXIMUM_EVENT_COUNT + 1), 413),
    ],
    ids=["accepted", "in part", "empty", "refused", "no events", "no JSON", "as many as may be", "one more"],
)
def test_a_report_is_as_described(empty, body, status):
    answer = empty.post(body)
    assert answer.status == status
    check_answer(answer, "/api/events", "post")


@pytest.mark.parametrize("path", [path for path, _, operation in operations() if "304" in operation["responses"]])
def test_nothing_is_sent_to_whoever_has_it(empty, path):
    for place in places(empty, path):
        tag = empty.request("GET", place).headers["ETag"]
        answer = empty.request("GET", place, headers={"If-None-Match": tag})
        assert answer.status == 304
        check_answer(answer, path)


# The requests that are refused: path, method, bytes, status and code.
REFUSALS = [
    ("/metrics", "get", request("/metrics", "X : 1"), 400, "bad_request"),
    ("/metrics/stream", "get", request("/metrics/stream", "Host: other"), 400, "bad_request"),
    ("/api/events", "post", post("Content-Length: 1", "Host: other"), 400, "bad_request"),
    ("/api/events", "post", post("Origin: https://other.example"), 403, "origin_not_allowed"),
    (
        "/api/metrics/audio", "options",
        request("/api/metrics/audio", "Origin: https://other.example", method="OPTIONS"), 403, "origin_not_allowed",
    ),
    ("/metrics/sessions/{id}", "get", request("/metrics/sessions/unknown"), 404, "session_not_found"),
    ("/assets/{version}/{file}", "get", request("/assets/old/style.css"), 404, "not_found"),
    ("/api/events", "post", post(f"Content-Length: {MAXIMUM_BODY_SIZE + 1}"), 413, "body_too_large"),
    (
        "/api/metrics/audio", "post", post(f"Content-Length: {MAXIMUM_BODY_SIZE + 1}", path="/api/metrics/audio"),
        413, "body_too_large",
    ),
    ("/metrics/sessions/{id}", "get", request("/metrics/sessions/" + 9_000 * "a"), 414, "target_too_long"),
    (
        "/api/events", "post", request("/api/events", "Content-Type: text/html", method="POST"),
        415, "unsupported_media_type",
    ),
    ("/-/ready", "get", request("/-/ready", "Content-Encoding: gzip"), 415, "unsupported_media_type"),
    ("/-/ready", "get", request("/-/ready", "Expect: miracles"), 417, "expectation_failed"),
    ("/openapi.json", "get", request("/openapi.json", "X: " + 9_000 * "a"), 431, "header_too_large"),
    ("/metrics/tools", "get", request("/metrics/tools", "Transfer-Encoding: gzip, chunked"), 501, "not_implemented"),
]

# What no operation answers: there is none for such a request.
WITHOUT_OPERATION = [
    (request("/nowhere"), 404, "not_found"),
    (request("/metrics", method="DELETE"), 405, "method_not_allowed"),
]

# Seen elsewhere: these need a whole body, many clients at once, or a mistake in the program.
SEEN_ELSEWHERE = {"too_many_events", "too_many_scrapes", "too_many_streams", "internal_error"}


def refused(exporter, data):
    with RawExchange(exporter) as connection:
        connection.deliver(data)
        answer = connection.next_answer()
    return Refusal(answer.version, answer.status, {"Content-Type": answer.headers["content-type"]}, answer.body)


class Refusal(RawAnswer):
    @property
    def json(self):
        return json.loads(self.body)


@pytest.mark.parametrize("path, method, data, status, code", REFUSALS)
def test_a_refusal_is_as_described(empty, path, method, data, status, code):
    answer = refused(empty, data)
    assert (answer.status, answer.code) == (status, code)
    check_answer(answer, path, method)


@pytest.mark.parametrize("data, status, code", WITHOUT_OPERATION)
def test_a_refusal_that_belongs_to_no_operation_is_a_failure(empty, data, status, code):
    answer = refused(empty, data)
    assert (answer.status, answer.code) == (status, code)
    check(answer.json, "components", "schemas", "Failure")


def test_every_code_of_a_failure_is_seen():
    codes = DOCUMENT["components"]["schemas"]["Failure"]["properties"]["error"]["properties"]["code"]["enum"]
    seen = {refusal[-1] for refusal in REFUSALS + WITHOUT_OPERATION}
    assert set(codes) - seen == SEEN_ELSEWHERE
