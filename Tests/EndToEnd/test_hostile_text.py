"""Hostile texts in every field: they neither break an exposition nor add to it, and come back as they were."""

import json
import random
import re
import time

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families

from exporter import Exporter, own
from formats import in_text, openmetrics
from prometheus import Prometheus
from waiting import wait_until

SEED = 20_260_131
COUNT = 5_000
BATCH = 50
LONGEST_NAME = 256
LONGEST_ID = 128
# The names that have a place of their own, beside those that the specification has.
PLACES = 50
OTHER = "other"

PIECES = [
    '"', "\\", "\n", "\r", "\r\n", "\0", "\t", "\x01", "\x1b[31m", "\x7f", "\x85", "\xa0", "\u2028", "\u2029",
    "\ufeff", "\u202e", "\u2066", "\u200b", "\ufffd", "\uffff", "\U0001f600", "é", "e\u0301", "{", "}", ",", "=", " ",
    "#", "'", "`", "$(reboot)", "%s", "%00", "../", "le", 'le="0.1"', '"} 1\nforged 1\n', '",le="+Inf"} 1', "\\n",
    '\\"', "\\\\", "# EOF", "\n# EOF\n", "# TYPE forged counter\n", "# HELP forged Forged.\n", ' # {turn_id="x"} 1 1',
    "forged_total 1\n", "NaN", "+Inf", "<script>forged()</script>", "<img src=x onerror=forged()>",
    "'; DROP TABLE turns; --", "data: ", "\nevent: forged\n", "\n\n", "other", "__name__", "amplifier_voice_forged",
    "quantile", "{}", "name", "a", "Z", "0",
]

# The parser of the Python client does not know that a quote can be escaped in an exemplar, so they are read here, by
# the grammar of OpenMetrics 1.0.0, and Prometheus reads them below.
EXEMPLAR = re.compile(r' # \{turn_id="((?:[^"\\\n]|\\["\\n])*)"\} [0-9.e+]+ [0-9.e+]+$', re.MULTILINE)

# Halves of surrogate pairs, which only JSON's escapes can say.
HALVES = ["\ud800", "\udfff", "\udc00\ud800"]


def texts(count, longest):
    choice = random.Random(SEED)
    return ["".join(choice.choices(PIECES, k=choice.randint(1, 12)))[:longest] for _ in range(count)]


def events(number, name, identifier):
    """A hostile text as every string that an event may have."""
    return [
        {"type": "tool.started", "call_id": f"{number}", "tool_name": name, "agent_name": name,
         "instruction_preview": name, "session_id": identifier},
        {"type": "tool.finished", "call_id": f"{number}", "tool_name": name, "success": False, "duration_ms": 1,
         "error": name},
        {"type": "error", "category": "session", "code": name, "message": name, "stack_trace": name,
         "request_context": {name: name}, "session_id": identifier},
        {"type": "latency.sample", "metric": "ttfa", "value_ms": number % 12_000, "session_id": identifier,
         "turn_id": identifier},
        {"type": "task.started", "task_id": identifier, "agent_name": name, "instruction_preview": name},
        {"type": "task.progress", "task_id": identifier, "current_step": name},
        {"type": "task.failed", "task_id": identifier, "error": name, "duration_ms": 1},
        {"type": "audio.stats", "session_id": identifier, "codec": name},
        {"type": "session.ended", "session_id": identifier, "reason": name},
    ]


@pytest.fixture(scope="module")
def hostile():
    """An exporter that took all texts, how its exposition was before, and the texts."""
    names = texts(COUNT, LONGEST_NAME)
    # Its number makes an id the only one.
    identifiers = [f"{number}{text}"[:LONGEST_ID] for number, text in enumerate(names)]
    with Exporter() as exporter:
        before = in_text(exporter)
        for start in range(0, COUNT, BATCH):
            numbers = range(start, start + BATCH)
            exporter.record(*[event for n in numbers for event in events(n, names[n], identifiers[n])])
        yield exporter, before, names, identifiers


def in_openmetrics(exporter):
    return own(openmetrics_families(EXEMPLAR.sub("", openmetrics(exporter).decode())))


def exemplars(exporter):
    """The turns that the exemplars name."""
    found = EXEMPLAR.findall(openmetrics(exporter).decode())
    return {re.sub(r"\\(.)", lambda escape: {"n": "\n"}.get(escape[1], escape[1]), turn) for turn in found}


def shape(parsed):
    return {
        family.name: (
            family.type, family.documentation, {frozenset(sample.labels) for sample in family.samples},
            {sample.name for sample in family.samples})
        for family in parsed
    }


# A time that nobody has told yet has no series.
FIRST_TIMES = {
    "amplifier_voice_tool_last_call_timestamp_seconds",
    "amplifier_voice_session_last_started_timestamp_seconds",
    "amplifier_voice_session_last_ended_timestamp_seconds",
}


@pytest.mark.parametrize("read", [in_text, in_openmetrics])
def test_no_family_no_name_and_no_label_is_new(hostile, read):
    exporter, before, _, _ = hostile
    old, new = shape(before), shape(read(exporter))
    assert new.keys() - old.keys() <= FIRST_TIMES
    filled = {name for name, (_, _, labels, _) in old.items() if not labels}
    assert {name: new[name] for name in old if name not in filled} == {
        name: told for name, told in old.items() if name not in filled}


def label_values(parsed, family, label):
    return [
        sample.labels[label] for found in parsed if found.name == family for sample in found.samples
    ]


def kept(names, reserved):
    """The label values that names from outside become: the first ones, up to the number of places."""
    places = dict.fromkeys(reserved)
    for name in names:
        if name != OTHER and len(places) < PLACES:
            places.setdefault(name)
    return {*places, OTHER}


@pytest.mark.parametrize("read", [in_text, in_openmetrics])
@pytest.mark.parametrize(
    "family, label",
    [("amplifier_voice_tool_calls", "tool"), ("amplifier_voice_agents_spawned", "agent"),
     ("amplifier_voice_tasks_finished", "agent")],
)
def test_the_names_that_have_a_place_come_back_as_they_were(hostile, read, family, label):
    exporter, before, names, _ = hostile
    reserved = label_values(before, family, label)
    values = label_values(read(exporter), family, label)
    assert len(values) == len(set(values))
    assert set(values) <= kept(names, reserved)
    assert len(set(values) - set(reserved)) > 20


def test_both_formats_hold_the_same_names(hostile):
    exporter = hostile[0]
    in_both = [label_values(read(exporter), "amplifier_voice_tool_calls", "tool") for read in (in_text, in_openmetrics)]
    assert in_both[0] == in_both[1]


def test_exemplars_hold_an_id_as_it_was(hostile):
    exporter, _, _, identifiers = hostile
    turns = exemplars(exporter)
    assert len(turns) > 10
    assert turns <= set(identifiers)


def test_prometheus_reads_it_all(hostile, tmp_path):
    exporter, _, _, identifiers = hostile
    with Prometheus(tmp_path, f"{exporter.host}:{exporter.port}", "--enable-feature=exemplar-storage") as prometheus:
        wait_until(lambda: prometheus.query("up"), "the first scrape", timeout=30)
        assert prometheus.value("up") == 1
        tools = {labels["tool"] for labels, _ in prometheus.query("amplifier_voice_tool_calls_total")}
        assert tools == set(label_values(in_text(exporter), "amplifier_voice_tool_calls", "tool"))
        now = time.time()
        found = prometheus.exemplars('{__name__=~"amplifier_voice_.+"}', now - 3600, now + 3600)
        turns = {exemplar["labels"]["turn_id"] for _, stored in found for exemplar in stored}
        # Prometheus 2.42 keeps the escapes of an exemplar's label as they are written.
        assert turns >= {turn for turn in exemplars(exporter) if not set(turn) & set('\\"\n')}


def test_every_event_counts_once(hostile):
    values = hostile[0].samples()
    calls = [value for series, value in values.items() if series.startswith("amplifier_voice_tool_calls_total")]
    assert sum(calls) == COUNT
    assert values["amplifier_voice_time_to_first_audio_seconds_count"] == COUNT
    assert values['amplifier_voice_errors_total{category="session",code="other"}'] == COUNT


def test_the_json_shows_the_last_errors_as_they_were(hostile):
    exporter, _, names, _ = hostile
    shown = exporter.get_json("/metrics/errors")["recent_errors"]
    assert [error["message"] for error in shown] == names[:-51:-1]
    assert [error["code"] for error in shown] == names[:-51:-1]


def test_the_exporter_itself_found_nothing_wrong(hostile):
    values = hostile[0].samples()
    assert values['amplifier_voice_exporter_errors_total{cause="request"}'] == 0
    assert [line for line in hostile[0].log if line["level"] in ("warning", "error", "critical")] == []


@pytest.mark.parametrize("half", HALVES, ids=ascii)
@pytest.mark.parametrize(
    "event, field",
    [
        ({"type": "tool.started", "call_id": "c"}, "tool_name"),
        ({"type": "tool.started", "call_id": "c", "tool_name": "t"}, "agent_name"),
        ({"type": "error", "category": "audio", "message": "m"}, "code"),
        ({"type": "error", "category": "audio", "code": "c"}, "message"),
        ({"type": "session.started"}, "session_id"),
        ({"type": "latency.sample", "metric": "ttfa", "value_ms": 1}, "turn_id"),
        ({"type": "audio.stats", "session_id": "s"}, "codec"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_half_a_surrogate_pair_is_refused_in_every_field(exporter, event, field, half):
    answer = exporter.post(json.dumps({**event, field: f"a{half}b"}))
    assert answer.status == 400
    assert [rejected["field"] for rejected in answer.json["rejected"]] == [field]
    in_text(exporter), in_openmetrics(exporter)
