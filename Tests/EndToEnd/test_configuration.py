"""The configuration file: what each of its keys changes, and what stands before it."""

import socket
import threading

import pytest

from exporter import Exporter, run
from health import samples
from stream import StreamClient
from waiting import wait_until

PREVIEW = "Read the customer's letters."
TASK = {"type": "task.started", "task_id": "t", "agent_name": "tester", "instruction_preview": PREVIEW}
CALL = {
    "type": "tool.finished", "call_id": "c", "tool_name": "deploy", "success": True, "duration_ms": 1,
    "instruction_preview": PREVIEW,
}
ERROR = {
    "type": "error", "category": "audio", "code": "codec_error", "message": "It crackles.",
    "stack_trace": "codec.py:42", "request_context": {"attempt": 2},
}


def started(*sessions):
    return [{"type": "session.started", "session_id": session} for session in sessions]


# Thresholds


@pytest.mark.parametrize("milliseconds, status", [(200, "ok"), (201, "warning"), (300, "warning"), (301, "critical")])
def test_a_changed_threshold_changes_the_status(configured, milliseconds, status):
    with Exporter(*configured({"thresholds": {"latency.ttfa_p50": {
        "target": 100, "warning": 200, "critical": 300,
    }}})) as exporter:
        exporter.record(*samples("ttfa", (10, milliseconds)))
        judged = exporter.get_json("/metrics/latency")["status"]["ttfa_p50"]
        health = exporter.request("GET", "/metrics/health").json["sections"]["latency"]
    assert [judged[name] for name in ["status", "target", "warning", "critical"]] == [status, 100, 200, 300]
    assert health["status"] == status
    assert health["reasons"] == {
        "ok": [],
        "warning": [f"ttfa_p50 is {milliseconds}, above the warning threshold of 200."],
        "critical": [f"ttfa_p50 is {milliseconds}, above the critical threshold of 300."],
    }[status]


def test_a_changed_threshold_leaves_the_others_as_they_are(configured):
    with Exporter(*configured({"thresholds": {"latency.ttfa_p50": {"warning": 900}}})) as exporter:
        status = exporter.get_json("/metrics/latency")["status"]
    assert [status["ttfa_p50"][name] for name in ["target", "warning", "critical"]] == [400, 900, 1000]
    assert [status["ttfa_p95"][name] for name in ["target", "warning", "critical"]] == [800, 1200, 2000]


def test_the_thresholds_of_a_category_stand_beside_its_errors(configured):
    changed = configured({"thresholds": {"errors.audio_per_minute": {"warning": 0.1, "critical": 7}}})
    with Exporter(*changed) as exporter:
        exporter.record(ERROR)
        category = exporter.get_json("/metrics/errors")["by_category"]["audio"]
    assert [category[name] for name in ["warning_threshold", "critical_threshold", "status"]] == [0.1, 7, "warning"]


def test_a_threshold_that_spec_does_not_have_can_be_added(configured):
    with Exporter(*configured({"thresholds": {"audio.jitter_ms": {"critical": 60}}})) as exporter:
        exporter.record(*[{"type": "audio.stats", "session_id": "one", "jitter_ms": 61}] * 30)
        assert exporter.get_json("/metrics/audio")["status"]["jitter_ms"]["status"] == "critical"
        assert exporter.request("GET", "/metrics/health").status == 503


def test_a_changed_threshold_changes_the_rules(configured):
    changed = configured({"thresholds": {
        "latency.ttfa_p95": {"warning": 1234}, "amplifier.queue_depth": {"warning": 77},
    }})
    usual, own = run("rules"), run("rules", *changed)
    assert (usual.returncode, own.returncode) == (0, 0)
    before, after = usual.stdout.splitlines(), own.stdout.splitlines()
    gone = [line.strip() for line in before if line not in after]
    came = [line.strip() for line in after if line not in before]
    assert any("ttfa_p95" in line and "> 1200" in line for line in gone)
    assert any("ttfa_p95" in line and "> 1234" in line for line in came)
    assert any("queue_depth" in line and "> 77" in line for line in came)
    # Nothing else changed but the texts of these alerts.
    assert len(gone) == len(came) <= 6


# Names


def test_names_in_the_file_have_their_places_as_labels(configured):
    with Exporter(*configured({"names": {"tools": ["deploy"], "agents": ["tester"]}})) as exporter:
        assert exporter.sample('amplifier_voice_tool_calls_total{tool="deploy"}') == 0
        assert exporter.sample('amplifier_voice_agents_spawned_total{agent="tester"}') == 0
        exporter.record(
            *[{**CALL, "call_id": f"c{number}", "tool_name": f"junk{number}"} for number in range(60)],
            *[{**TASK, "task_id": f"t{number}", "agent_name": f"junk{number}"} for number in range(60)],
            CALL, TASK)
        values = exporter.samples()
    assert values['amplifier_voice_tool_calls_total{tool="deploy"}'] == 1
    assert values['amplifier_voice_agents_spawned_total{agent="tester"}'] == 1
    # 50 places, of which the one of the file has its own, like SPEC's four names and two more tools that delegate.
    assert values['amplifier_voice_tool_calls_total{tool="other"}'] == 60 - 43
    assert values['amplifier_voice_agents_spawned_total{agent="other"}'] == 60 - 45


@pytest.mark.parametrize("name", ["task", "other", 'a\n"b"\\c', "🎙", "x" * 256], ids=lambda name: ascii(name)[:10])
def test_any_name_can_have_a_place(configured, name):
    with Exporter(*configured({"names": {"tools": [name, name]}})) as exporter:
        exporter.record({**CALL, "tool_name": name})
        calls = {sample: value for sample, value in exporter.samples().items() if "voice_tool_calls_total" in sample}
    assert sum(calls.values()) == 1
    assert len(calls) == len({name, "task", "read_file", "bash", "grep", "delegate", "dispatch"})


# Privacy


@pytest.mark.parametrize("keeps", [True, False])
def test_previews_can_be_dropped(configured, keeps):
    with Exporter(*configured({"privacy": {"previews": keeps}})) as exporter:
        exporter.record(
            CALL, TASK, ERROR, {**CALL, "call_id": "begun", "type": "tool.started"}, {**CALL, "call_id": "begun"},
            {**TASK, "task_id": "spawned", "type": "task.agent_spawned"},
            {**TASK, "task_id": "queued", "type": "task.queued"}, {**TASK, "task_id": "queued"})
        summary = exporter.get_json("/metrics/summary")
    shown = [
        record["instruction_preview"]
        for record in summary["tools"]["recent_calls"] + summary["amplifier"]["active_tasks"]]
    assert shown == [PREVIEW if keeps else None] * 5
    assert summary["errors"]["recent_errors"][0]["stack_trace"] == "codec.py:42"


@pytest.mark.parametrize("keeps", [True, False])
def test_stack_traces_and_contexts_can_be_dropped(configured, keeps):
    with Exporter(*configured({"privacy": {"stack_traces": keeps}})) as exporter:
        exporter.record(ERROR, CALL)
        record = exporter.get_json("/metrics/errors")["recent_errors"][0]
        preview = exporter.get_json("/metrics/tools")["recent_calls"][0]["instruction_preview"]
    assert record["stack_trace"] == ("codec.py:42" if keeps else None)
    assert record["request_context"] == ({"attempt": 2} if keeps else None)
    assert (record["message"], preview) == ("It crackles.", PREVIEW)


# Limits


def test_the_limit_of_sessions_is_shown(configured):
    with Exporter(*configured({"sessions_limit": 7})) as exporter:
        assert exporter.get_json("/metrics/sessions")["limit"] == 7
        assert exporter.sample("amplifier_voice_sessions_limit") == 7


def test_the_log_names_the_limits_that_hold(configured):
    with Exporter(*configured({"limits": {"connections": 40, "streams": 30}})) as exporter:
        listening = exporter.log[-1]
    # Streams never take the last connection from a scrape.
    assert (listening["connections"], listening["streams"]) == ("40", "20")


def test_streams_are_limited(configured):
    with Exporter(*configured({"limits": {"streams": 1}})) as exporter:
        with StreamClient(exporter) as client:
            assert client.message()[0]
            answer = exporter.request("GET", "/metrics/stream")
            assert (answer.status, answer.json["error"]["code"]) == (503, "too_many_streams")
            assert answer.headers["Retry-After"] == "10"


def test_scrapes_are_limited(configured):
    # So many series that scrapes meet.
    calls = [
        {**CALL, "call_id": f"c{number}", "tool_name": f"t{number}", "agent_name": f"a{number}"}
        for number in range(5_000)]
    with Exporter(*configured({"limits": {"scrapes": 1, "names": 100_000}})) as exporter:
        exporter.record(*calls)
        refused = []

        def scrape():
            while not refused:
                answer = exporter.request("GET", "/metrics")
                if answer.status != 200:
                    refused.append((answer.status, answer.json["error"]["code"], answer.headers["Retry-After"]))

        scrapers = [threading.Thread(target=scrape, daemon=True) for _ in range(8)]
        for scraper in scrapers:
            scraper.start()
        for scraper in scrapers:
            scraper.join(30)
    assert refused[0] == (503, "too_many_scrapes", "10")


def test_bodies_are_limited(configured):
    event = '{"type":"session.started","session_id":"one"}'
    with Exporter(*configured({"limits": {"body_bytes": len(event)}})) as exporter:
        assert exporter.post(event).status == 202
        answer = exporter.post(event + " ")
    assert (answer.status, answer.json["error"]["code"]) == (413, "body_too_large")
    assert str(len(event)) in answer.json["error"]["message"]


def test_events_of_a_request_are_limited(configured):
    with Exporter(*configured({"limits": {"events_per_request": 2}})) as exporter:
        exporter.record(*started("one", "two"))
        answer = exporter.post(started("three", "four", "five"))
        assert (answer.status, answer.json["error"]["code"]) == (413, "too_many_events")
        assert exporter.get_json("/metrics/sessions")["active_count"] == 2


def test_sessions_are_limited(configured):
    with Exporter(*configured({"limits": {"sessions": 2}})) as exporter:
        exporter.record(*started("one", "two", "three"))
        assert exporter.get_json("/metrics/sessions")["active_count"] == 2
        assert exporter.request("GET", "/metrics/sessions/one").status == 404


def test_open_tasks_are_limited(configured):
    with Exporter(*configured({"limits": {"entries": 2}})) as exporter:
        exporter.record(*[{**TASK, "task_id": f"t{number}"} for number in range(3)])
        assert exporter.get_json("/metrics/amplifier")["active_count"] == 2


def test_remembered_event_ids_are_limited(configured):
    with Exporter(*configured({"limits": {"event_ids": 1}})) as exporter:
        outcomes = [exporter.post({**ERROR, "id": name}).json["duplicates"] for name in "aaba"]
    assert outcomes == [0, 1, 0, 0]


def test_names_are_limited(configured):
    with Exporter(*configured({"limits": {"names": 7}})) as exporter:
        exporter.record(*[{**CALL, "call_id": name, "tool_name": name} for name in ["first", "second"]])
        assert exporter.get_json("/metrics/tools")["by_tool"].keys() == {"first", "other"}


def test_a_session_is_lost_when_its_lease_runs_out(configured):
    with Exporter(*configured({"limits": {"session_lease_seconds": 1}})) as exporter:
        exporter.record(*started("one"))
        wait_until(lambda: exporter.get_json("/metrics/sessions")["active_count"] == 0, "the end of the lease")
        assert exporter.sample("amplifier_voice_sessions_lost_total") == 1


def test_a_task_and_a_turn_go_when_their_leases_run_out(configured):
    with Exporter(*configured({"limits": {"task_lease_seconds": 1, "turn_lease_seconds": 1}})) as exporter:
        exporter.record(TASK, {**CALL, "type": "tool.started"})
        wait_until(lambda: exporter.get_json("/metrics/amplifier")["active_count"] == 0, "the end of the task's lease")
        wait_until(lambda: exporter.get_json("/metrics/tools")["in_progress"] == 0, "the end of the call's lease")


# What stands before what


def taken_ports(count):
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    return listeners, [f"127.0.0.1:{listener.getsockname()[1]}" for listener in listeners]


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("variable", [True, False])
def test_the_address_is_that_of_the_flag_else_of_the_environment_else_of_the_file(configured, flag, variable):
    listeners, addresses = taken_ports(3)
    arguments = ["--web.listen-address", addresses[0]] if flag else []
    settings = {"AMPLIFIER_VOICE_EXPORTER_WEB_LISTEN_ADDRESS": addresses[1]} if variable else {}
    ended = run(*arguments, *configured({"web.listen-address": addresses[2]}), settings=settings)
    for listener in listeners:
        listener.close()
    # All are taken, so that the failure says which it was.
    assert ended.returncode == 1
    expected = addresses[0] if flag else addresses[1] if variable else addresses[2]
    assert [address for address in addresses if address in ended.stderr] == [expected]


@pytest.mark.parametrize(
    "flag, variable, file, lines",
    [
        ("error", "notice", "info", 1), (None, "error", "info", 1), (None, None, "error", 1),
        ("info", "error", "error", 2), (None, "info", "error", 2), (None, None, "info", 2), (None, None, None, 2),
    ],
)
def test_the_log_level_is_that_of_the_flag_else_of_the_environment_else_of_the_file(
    configured, flag, variable, file, lines
):
    listeners, (address,) = taken_ports(1)
    ended = run(
        "--web.listen-address", address, *(["--log.level", flag] if flag else []),
        *configured({"log.level": file} if file else {}),
        settings={"AMPLIFIER_VOICE_EXPORTER_LOG_LEVEL": variable} if variable else {})
    listeners[0].close()
    # "Starting." is told from the level info on, and the failure always.
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == lines


@pytest.mark.parametrize(
    "content, settings, said",
    [
        ({"insecure": True}, {}, True), ({"insecure": False}, {}, False),
        ({"insecure": True}, {"AMPLIFIER_VOICE_EXPORTER_INSECURE": "false"}, False),
        ({"insecure": False}, {"AMPLIFIER_VOICE_EXPORTER_INSECURE": "true"}, True),
    ],
)
def test_a_switch_is_that_of_the_environment_else_of_the_file(configured, content, settings, said):
    ended = run("check", "--web.listen-address", "0.0.0.0:0", *configured(content), settings=settings)
    assert ended.returncode == (0 if said else 2)


def test_the_file_can_ask_for_the_demo(configured):
    with Exporter(*configured({"demo": True, "sessions_limit": 9})) as exporter:
        assert exporter.get_json("/metrics/tools")["total_calls"] > 0
        assert exporter.get_json("/metrics/sessions")["limit"] == 9
