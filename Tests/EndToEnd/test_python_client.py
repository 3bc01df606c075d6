"""`voice_monitoring.py`, the module for a voice server: its form, and what of its calls reaches the exporter."""

import ast
import asyncio
import inspect
import sys
import threading
import types

import pytest

from ingest import counted
from python_client import FILE, accepted, address, load, run

# SPEC section 9, collectors.py: names and parameters in their order.
COLLECTORS = {
    "record_session_start": ["session_id"],
    "record_session_end": ["session_id", "duration_ms"],
    "record_latency_sample": ["sample_type", "value_ms", "session_id"],
    "record_error": ["category", "code", "message", "session_id"],
    "record_tool_call": ["tool_name", "duration_ms", "success", "session_id", "agent_name"],
    "record_task_start": ["task"],
    "record_task_end": ["task_id", "success", "duration_ms"],
    "record_audio_stats": ["stats", "session_id"],
}


@pytest.fixture
def client(exporter):
    module = load()
    module.configure(address(exporter))
    yield module
    module.configure(None)


def test_the_module_needs_only_the_standard_library_of_python_3_11():
    tree = ast.parse(FILE.read_text(), feature_version=(3, 11))
    imported = {
        name.split(".")[0] for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])}
    assert imported and imported <= sys.stdlib_module_names


@pytest.mark.parametrize("name, parameters", COLLECTORS.items())
def test_a_collector_takes_what_the_specification_says(name, parameters):
    signature = inspect.signature(getattr(load(), name))
    positional = [
        parameter for parameter in signature.parameters.values()
        if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    assert [parameter.name for parameter in positional] == parameters
    # What is beyond it can be left out.
    signature.bind(*parameters)


def test_the_module_is_served_as_it_lies_in_the_sources(exporter):
    answer = exporter.request("GET", "/client/voice_monitoring.py")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/x-python; charset=utf-8")
    assert answer.body == FILE.read_bytes()


def test_what_is_exported_is_there_and_told():
    module = load()
    assert [name for name in module.__all__ if not getattr(module, name).__doc__] == []


def test_each_collector_reaches_the_exporter(client, exporter):
    client.record_session_start("one")
    client.record_latency_sample("ttfa", 420, "one")
    client.record_latency_sample("turn", 1800, "one", turn_id="t1")
    client.record_error("openai_api", "rate_limit_exceeded", "Too fast.", "one")
    client.record_tool_start("delegate", "c1", "one")
    client.record_tool_call("delegate", 800, True, "one", "foundation:explorer", call_id="c1")
    client.record_tool_call("bash", 30, False, "one", error=ValueError("no such file"))
    client.record_task_start({"task_id": "k1", "session_id": "one", "agent_name": "foundation:explorer"})
    client.record_task_start(types.SimpleNamespace(
        task_id="k2", session_id="one", agent_name="foundation:explorer", instruction_preview=300 * "x"))
    client.record_task_end("k1", True, 900)
    client.record_task_end("k2", False, 100, error="It broke.")
    client.record_audio_stats({"jitter_ms": 12, "rtt_ms": 80, "codec": "opus", "mos_score": 4}, "one")
    client.link_session("one", "rtc_1", None, "sess_1")
    client.record_session_end("rtc_1", 60_000)
    assert client.flush(10)
    assert counted(exporter) == {f'events{{kind="{kind}"}}': count for kind, count in {
        "session.started": 1, "latency.sample": 2, "error": 1, "tool.started": 1, "tool.finished": 2,
        "task.started": 2, "task.completed": 1, "task.failed": 1, "audio.stats": 1, "session.linked": 1,
        "session.ended": 1}.items()}
    samples = exporter.samples()
    expected = {
        "sessions_started_total": 1, "sessions_ended_total": 1, "time_to_first_audio_seconds_sum": 0.42,
        "turn_duration_seconds_sum": 1.8, 'errors_total{category="openai_api",code="rate_limit_exceeded"}': 1,
        'tool_calls_total{tool="delegate"}': 1, 'tool_call_failures_total{tool="bash"}': 1,
        'tasks_finished_total{agent="foundation:explorer"}': 2, "audio_jitter_seconds_sum": 0.012,
        "audio_round_trip_time_seconds_sum": 0.08,
    }
    assert {name: samples[f"amplifier_voice_{name}"] for name in expected} == expected
    assert client.counts() == client.Counts(recorded=14, accepted=14)


def test_without_an_address_nothing_happens():
    client = load()
    client.record_session_start("one")
    client.forward({"type": "error"}, "one")
    assert client.flush(0)
    assert client.counts() == client.Counts()


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1:9477", "ftp://127.0.0.1", "http://", "http://127.0.0.1:port", "http://127.0.0.1:99999", "http://["])
def test_an_address_that_is_none_is_refused_where_it_is_set(url):
    with pytest.raises(ValueError):
        load().configure(url)


def test_a_bad_address_in_the_environment_does_not_keep_the_server_from_starting(monkeypatch, caplog):
    monkeypatch.setenv("AMPLIFIER_VOICE_EXPORTER_URL", "localhost:9477")
    client = load()
    client.record_session_start("one")
    assert client.counts() == client.Counts()
    assert "must be like http://127.0.0.1:9477" in caplog.text


def test_threads_lose_nothing(client, exporter):
    def work(number):
        for turn in range(500):
            client.record_latency_sample("ttfa", 100 + turn, f"session-{number}", turn_id=f"{number}-{turn}")
    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert client.flush(30)
    assert client.counts() == client.Counts(recorded=4000, accepted=4000)
    assert exporter.sample("amplifier_voice_time_to_first_audio_seconds_count") == 4000


def test_tasks_of_an_event_loop_lose_nothing(client, exporter):
    async def call(number):
        client.record_session_start(f"session-{number}")
        await asyncio.sleep(0)
        client.record_session_end(f"session-{number}")

    async def serve():
        await asyncio.gather(*(call(number) for number in range(200)))
        return await asyncio.to_thread(client.flush, 30)

    assert run(serve())
    assert accepted(exporter) == {"session.started": 200, "session.ended": 200}


@pytest.mark.parametrize("ids", [(), (None,), ("one",), (None, "one"), ("one", None), (None, None), ("", "one")])
def test_fewer_than_two_ids_are_no_link(client, ids):
    client.link_session(*(ids or [None]))
    assert client.counts() == client.Counts()


def test_ids_are_linked_though_one_is_missing(client, exporter):
    client.link_session(None, "rtc_1", "sess_1")
    client.record_session_start("rtc_1")
    client.record_session_end("sess_1")
    assert client.flush(10)
    assert exporter.sample("amplifier_voice_sessions_ended_total") == 1
    assert client.counts() == client.Counts(recorded=3, accepted=3)


class Hostile:
    """An object that fails at whatever is asked of it."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __str__(self):
        raise RuntimeError("no text")

    __bool__ = __repr__ = __str__


HOSTILE = {
    "that fails": Hostile(), "not a number": float("nan"), "without a form": object(), "bytes": b"\xff",
    "long": 200_000 * "x", "a mapping": {1: object()}, "infinity": [float("inf")], "half a character": "\ud800",
}


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name, parameters", [
    *COLLECTORS.items(), ("forward", ["event", "session_id"]), ("link_session", ["session_id", "alias"]),
    ("record", ["type", "session_id"]), ("record_tool_start", ["tool_name", "call_id"]),
])
def test_no_argument_makes_a_call_raise(client, exporter, name, parameters, value):
    assert getattr(client, name)(*[HOSTILE[value] for _ in parameters]) is None
    # The thread that sends is well after that.
    client.record_session_start("after")
    assert client.flush(10)
    assert accepted(exporter)["session.started"] >= 1


def test_an_endless_value_is_dropped_and_counted(client, exporter):
    endless = []
    endless.append(endless)
    client.record("error", category="audio", code="x", message="y", request_context=endless)
    client.record_session_start("one")
    assert client.flush(10)
    assert client.counts() == client.Counts(recorded=2, accepted=1, dropped=1)


@pytest.mark.parametrize("result, expected", [
    (None, True), ("text", True), ({"success": True, "output": "done"}, True), ({"success": False}, False),
    # Amplifier Voice wraps the result of a tool that failed as a success.
    ({"success": True, "output": {"success": False, "error": {"message": "timeout"}}}, False),
    (types.SimpleNamespace(success=True, output=types.SimpleNamespace(success=False)), False),
    (types.SimpleNamespace(success=True, output={"success": True, "output": "done"}), True),
    ({"output": {"output": {"success": False}}}, False),
])
def test_a_failure_is_seen_however_it_is_wrapped(result, expected):
    assert load().succeeded(result) is expected


def test_a_result_that_cannot_be_asked_is_no_failure():
    assert load().succeeded(Hostile()) is True
