"""Names that are made to break out of where they stand come back as they were, and break nothing."""

import json
import re
import subprocess
from contextlib import contextmanager

import pytest

from exporter import Exporter, families, own
from formats import openmetrics, openmetrics_families
from prometheus import Prometheus
from stream import StreamClient
from waiting import wait_until

HARMLESS = "harmless"
HOSTILE = {
    "quote": '"',
    "backslash": "\\",
    "newline": "\n",
    "escaped newline": "\\n",
    "backslash before a quote": '\\"',
    "carriage return": "a\r\nb",
    "NUL": "a\x00b",
    "control characters": "\x01\x07\x1b[31mred\x7f",
    "next line": "a\x85b",
    "separators": "a\u2028b\u2029c",
    "bidi override": "\u202eevil\u202c",
    "bidi isolate": "\u2066evil\u2069",
    "byte order mark": "\ufeffa",
    "blank": " ",
    "blanks around": " \t a \t ",
    "script": '<script>alert("1")</script>',
    "end of a script": "</script><!--",
    "sample": 'x"} 1\namplifier_voice_forged_total 1\n# ',
    "more labels": 'x",forged="1',
    "comment": "# HELP amplifier_voice_forged x",
    "braces": "{}{{.Values}}${1}%s%n",
    "path": "../../../etc/passwd",
    "SSE field": "x\n\ndata: {}\n\nevent: forged\n",
    "JSON": '","forged":"1',
    "emoji": "👩\u200d💻",
    "astral": "\U0010ffff\U0001f399",
    "noncharacter": "\uffff",
    "one of SPEC": "task ",
    "category": "openai_api",
}


def everything(name):
    """An event of every type, with a name in every place that takes one."""
    named = {"session_id": name}
    task = {"task_id": name, "agent_name": name, "instruction_preview": name, **named}
    call = {"call_id": name, "tool_name": name, "agent_name": name, "instruction_preview": name, **named}
    return [
        {"type": "session.started", "id": name, **named},
        {"type": "latency.sample", "metric": "ttfa", "value_ms": 350, "turn_id": name, **named},
        {"type": "turn.mark", "turn_id": name, "mark": "speech_end_detected", "offset_ms": 0, **named},
        {"type": "tool.started", **call},
        {"type": "tool.finished", "success": False, "duration_ms": 1, "error": name, **call},
        {
            "type": "error", "category": "audio", "code": name, "message": name, "stack_trace": name,
            "request_context": {name: name}, **named,
        },
        {"type": "task.queued", **task},
        {"type": "task.started", **task},
        {"type": "task.progress", "current_step": name, **task},
        {"type": "task.failed", "error": name, **task, "task_id": f"{name}2"},
        {"type": "audio.stats", "codec": name, "jitter_ms": 20, **named},
        {"type": "vad", "outcome": "speech", **named},
        {"type": "session.ended", "session_id": "nobody", "reason": name},
    ]


def series(exposition):
    """Every series, by its name and its labels as the parser of the official client gives them."""
    return {
        (sample.name, frozenset(sample.labels.items())) for family in families(exposition) for sample in family.samples}


def renamed(found, name):
    """The series of a harmless name, as they must be with another."""
    return {
        (sample, frozenset((label, name if value == HARMLESS else value) for label, value in labels))
        for sample, labels in found
    }


EXEMPLAR = re.compile(r' # \{turn_id="((?:[^"\\\n]|\\.)*)"\} \S+ \S+$', re.MULTILINE)


def unescaped(value):
    return re.sub(r"\\(.)", lambda escape: {"n": "\n"}.get(escape[1], escape[1]), value)


@pytest.fixture(scope="module")
def harmless_series():
    with Exporter() as exporter:
        exporter.record(*everything(HARMLESS))
        return series(exporter.exposition())


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_brings_the_series_of_a_harmless_one(exporter, harmless_series, name):
    exporter.record(*everything(name))
    assert series(exporter.exposition()) == renamed(harmless_series, name)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_the_same_in_openmetrics_and_in_its_exemplars(exporter, harmless_series, name):
    exporter.record(*everything(name))
    body = openmetrics(exporter).decode()
    # Prometheus gives up a scrape in which an exemplar has a NUL.
    assert [unescaped(turn) for turn in EXEMPLAR.findall(body)] == ([] if "\0" in name else [name])
    # The parser of the official client takes an escaped quote in an exemplar for the end of its label.
    parsed = own(openmetrics_families(EXEMPLAR.sub("", body)))
    labels = {frozenset(sample.labels.items()) for family in parsed for sample in family.samples}
    assert labels == {labels for _, labels in renamed(harmless_series, name)}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_promtool_finds_nothing_to_complain_of(exporter, name):
    exporter.record(*everything(name))
    check = subprocess.run(
        ["promtool", "check", "metrics"], input=exporter.request("GET", "/metrics").body, capture_output=True,
        timeout=30)
    assert (check.returncode, check.stdout, check.stderr) == (0, b"", b"")


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_in_json_what_it_was(exporter, name):
    exporter.record(*everything(name))
    summary = exporter.get_json("/metrics/summary")
    assert summary.keys() == {"sessions", "latency", "tools", "errors", "audio", "amplifier"}
    assert summary["tools"]["by_tool"].keys() == {name}
    assert summary["tools"]["by_tool"][name]["agents_delegated"] == {name: 1}
    call, = summary["tools"]["recent_calls"]
    assert {call[field] for field in [
        "call_id", "tool_name", "session_id", "error", "agent_name", "instruction_preview"]} == {name}
    error, = summary["errors"]["recent_errors"]
    assert {error[field] for field in ["code", "message", "session_id", "stack_trace"]} == {name}
    assert error["request_context"] == {name: name}
    # A code is a label value only where SPEC has it.
    assert summary["errors"]["by_category"]["audio"]["by_code"] == {"other": 1}
    assert summary["audio"]["codec"] == name
    assert summary["audio"]["avg_by_session"].keys() == {name}
    assert summary["amplifier"]["by_agent"].keys() == {name}
    task, = summary["amplifier"]["active_tasks"]
    assert {task[field] for field in [
        "task_id", "session_id", "agent_name", "instruction_preview", "current_step"]} == {name}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_stays_within_its_message_of_the_stream(exporter, name):
    exporter.record(*everything(name))
    with StreamClient(exporter) as client:
        lines, _ = client.message()
    assert len(lines) == 1
    message = json.loads(lines[0].removeprefix("data: "))
    assert message["tools_recent"][0]["tool_name"] == name


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_stays_within_its_line_of_the_log(exporter, name):
    exporter.record(*everything(name))
    assert exporter.stop() == 0
    # Every line was decoded as JSON when it was read.
    assert {line["level"] for line in exporter.log} == {"info"}


def test_prometheus_stores_hostile_names_as_they_are(exporter, tmp_path):
    exporter.record(*[{"type": "tool.started", "call_id": name, "tool_name": name} for name in HOSTILE.values()])
    with scraping(exporter, tmp_path) as prometheus:
        stored = {labels["tool"] for labels, _ in prometheus.query("amplifier_voice_tool_calls_total == 1")}
    assert stored == set(HOSTILE.values())


@pytest.mark.parametrize(
    "turn",
    [
        # A longer one than these 100 characters would be left out.
        pytest.param("".join(name for name in HOSTILE.values() if "\x00" not in name)[:100], id="all but NUL"),
        pytest.param(HOSTILE["NUL"], id="NUL"),
    ],
)
def test_prometheus_reads_on_where_an_exemplar_has_a_hostile_name(exporter, tmp_path, turn):
    exporter.record({"type": "latency.sample", "metric": "ttfa", "value_ms": 350, "turn_id": turn})
    # Prometheus asks for OpenMetrics, which has exemplars.
    with scraping(exporter, tmp_path) as prometheus:
        assert prometheus.value("amplifier_voice_time_to_first_audio_seconds_count") == 1


@contextmanager
def scraping(exporter, folder):
    """A Prometheus that has scraped the exporter, and understood what it read."""
    with Prometheus(folder, f"{exporter.host}:{exporter.port}") as prometheus:
        wait_until(lambda: prometheus.query("up"), "the first scrape", timeout=30)
        assert prometheus.value("up") == 1
        yield prometheus
