"""At most 50 tools and 50 agents have label values of their own; SPEC's names always have a place."""

import pytest

from exporter import families
from expectations import series

PLACES = 50
RESERVED = {
    "tool": {"task", "read_file", "bash", "grep", "delegate", "dispatch"},
    "agent": {"modular-builder", "bug-hunter", "zen-architect", "security-guardian"},
}
FREE = {label: PLACES - len(names) for label, names in RESERVED.items()}
JUNK = [f"junk-{number}" for number in range(60)]


def call(name, number=0):
    return {
        "type": "tool.finished", "call_id": f"{name}-{number}", "tool_name": name, "success": True, "duration_ms": 1}


def task(name, number=0):
    return {"type": "task.started", "task_id": f"{name}-{number}", "agent_name": name}


def delegation(name, number=0):
    return {**call("task", f"to-{name}-{number}"), "agent_name": name}


def values(exporter, label):
    """The values of a label in the whole exposition."""
    return {
        sample.labels[label]
        for family in families(exporter.exposition()) for sample in family.samples if label in sample.labels
    }


def overflows(exporter, label):
    return exporter.sample(series("exporter_label_overflows_total", label=label))


@pytest.mark.parametrize("label, event", [("tool", call), ("agent", task)])
def test_names_beyond_the_places_count_as_other(exporter, label, event):
    free = FREE[label]
    assert values(exporter, label) == RESERVED[label]
    exporter.record(*[event(name) for name in JUNK[:free]])
    assert overflows(exporter, label) == 0
    assert values(exporter, label) == RESERVED[label] | set(JUNK[:free])
    exporter.record(*[event(name) for name in JUNK[free:]])
    assert overflows(exporter, label) == len(JUNK) - free
    assert values(exporter, label) == RESERVED[label] | set(JUNK[:free]) | {"other"}


@pytest.mark.parametrize(
    "label, event, family",
    [("tool", call, "tool_calls_total"), ("agent", task, "agents_spawned_total")], ids=["tool", "agent"])
def test_other_holds_what_has_no_place_and_spec_names_and_known_ones_keep_theirs(exporter, label, event, family):
    free = FREE[label]
    exporter.record(*[event(name) for name in JUNK])
    late = [*RESERVED[label], JUNK[0], JUNK[-1]]
    exporter.record(*[event(name, number=1) for name in late])
    samples = exporter.samples()
    counts = {name: samples[series(family, **{label: name})] for name in values(exporter, label)}
    assert counts == {
        **dict.fromkeys(JUNK[:free], 1), **dict.fromkeys(RESERVED[label], 1), JUNK[0]: 2, "other": len(JUNK) - free + 1}


def test_tools_without_a_place_are_one_in_json_too_and_records_keep_their_names(exporter):
    exporter.record(*[call(name) for name in JUNK])
    tools = exporter.get_json("/metrics/tools")
    assert tools["by_tool"].keys() == {*JUNK[:FREE["tool"]], "other"}
    assert tools["by_tool"]["other"]["call_count"] == len(JUNK) - FREE["tool"]
    assert tools["total_calls"] == len(JUNK)
    assert [call["tool_name"] for call in tools["recent_calls"]] == JUNK[:-21:-1]


def test_agents_without_a_place_are_one_in_json_too_and_tasks_keep_their_names(exporter):
    exporter.record(*[task(name) for name in JUNK])
    amplifier = exporter.get_json("/metrics/amplifier")
    assert amplifier["by_agent"].keys() == {*JUNK[:FREE["agent"]], "other"}
    assert amplifier["by_agent"]["other"]["spawn_count"] == len(JUNK) - FREE["agent"]
    assert {task["agent_name"] for task in amplifier["active_tasks"]} == set(JUNK)


def test_agents_of_tools_and_of_tasks_share_their_places(exporter):
    exporter.record(*[delegation(name) for name in JUNK[:FREE["agent"]]], *[task(name) for name in JUNK])
    assert overflows(exporter, "agent") == len(JUNK) - FREE["agent"]
    delegated = exporter.get_json("/metrics/tools")["by_tool"]["task"]["agents_delegated"]
    assert delegated == dict.fromkeys(JUNK[:FREE["agent"]], 1)


def test_tools_take_no_places_of_agents(exporter):
    exporter.record(*[call(name) for name in JUNK], task("painter"))
    assert overflows(exporter, "agent") == 0
    assert values(exporter, "agent") == RESERVED["agent"] | {"painter"}


def test_a_tool_that_is_called_other_is_no_overflow(exporter):
    exporter.record(call("other"))
    assert overflows(exporter, "tool") == 0
    assert exporter.sample(series("tool_calls_total", tool="other")) == 1
