"""The Grafana dashboard: its schema, its geometry, its queries and the rules of dashboard-linter, restated."""

import itertools
import json
import re

import promql_parser
import pytest
import yaml
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

import dashboard
from everything import EVENTS, feed_everything
from exporter import Exporter, families
from files import GRAFANA, rules
from realtime_call import USAGE, created, raw, silence
from waiting import wait_until

SPEC_COLORS = {"#10B981", "#F59E0B", "#EF4444", "#6B7280", "#3B82F6"}
SLUGS = {
    "sessions": (0, 0), "latency": (12, 0), "tools": (0, 11), "errors": (12, 11), "audio": (0, 22),
    "amplifier": (12, 22),
}

every_panel = pytest.mark.parametrize("panel", dashboard.panels(), ids=lambda panel: panel["title"])
every_query = pytest.mark.parametrize("query", dashboard.queries(), ids=lambda query: query.title)


def walk(value, path=()):
    """Every leaf with its path."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield path, value
        return
    for key, item in items:
        yield from walk(item, (*path, key))


def section(panel):
    word = panel["title"].lower().split(":")[0]
    names = {
        "active sessions": "sessions", "tool calls": "tools", "audio quality (mos)": "audio",
        "amplifier tasks": "amplifier",
    }
    return names.get(word, word)


# What Grafana reads, in annotations and variables, and its schema does not name.
BEYOND_THE_SCHEMA = {"titleFormat", "textFormat", "step", "definition"}


def test_nothing_is_lost_when_grafanas_own_types_read_and_write_the_file():
    register_default_plugins()
    written = json.loads(JSONEncoder(sort_keys=True).encode(Dashboard.from_json(dashboard.load())))
    kept = dict(walk(written))
    lost = {path: value for path, value in walk(dashboard.load()) if kept.get(path, "lost") != value}
    assert {path: value for path, value in lost.items() if path[-1] not in BEYOND_THE_SCHEMA} == {}


def test_ids_are_not_repeated():
    panels = dashboard.panels() + [row for row in dashboard.load()["panels"] if row["type"] == "row"]
    ids = [panel["id"] for panel in panels]
    assert len(ids) == len(set(ids))
    for panel in dashboard.panels():
        references = [target["refId"] for target in panel["targets"]]
        assert len(references) == len(set(references)), panel["title"]


def test_the_panels_cover_the_grid_without_gap_or_overlap():
    cells = {}
    for panel in [*dashboard.panels(), *[row for row in dashboard.load()["panels"] if row["type"] == "row"]]:
        place = panel["gridPos"]
        for cell in itertools.product(
                range(place["x"], place["x"] + place["w"]), range(place["y"], place["y"] + place["h"])):
            assert cell not in cells, (panel["title"], cells.get(cell))
            cells[cell] = panel["title"]
    height = max(y for _, y in cells) + 1
    assert [cell for cell in itertools.product(range(24), range(height)) if cell not in cells] == []


def test_the_sections_stand_as_in_the_specification():
    for slug, (x, y) in SLUGS.items():
        places = [panel["gridPos"] for panel in dashboard.panels() if section(panel) == slug]
        assert places, slug
        assert min(place["x"] for place in places) == x and min(place["y"] for place in places) == y
        assert max(place["x"] + place["w"] for place in places) == x + 12
        assert max(place["y"] + place["h"] for place in places) == y + 11
        assert sum(place["w"] * place["h"] for place in places) == 12 * 11


def test_colours_are_those_of_the_specification():
    texts = [value for _, value in walk(dashboard.load()) if isinstance(value, str)]
    colors = {text for text in texts if re.fullmatch("#[0-9A-F]{6}", text)}
    assert colors == SPEC_COLORS
    assert {note["severity"]: note["iconColor"] for note in annotations()} == {
        "critical": "#EF4444", "warning": "#F59E0B"}


def annotations():
    for note in dashboard.load()["annotations"]["list"]:
        yield {**note, "severity": re.search('severity="([a-z]+)"', note["expr"])[1]}


def test_the_alerts_that_fire_are_listed_with_those_of_severity_info():
    (panel,) = [panel for panel in dashboard.panels() if panel["title"] == "Alerts that fire"]
    (target,) = panel["targets"]
    assert "severity" not in target["expr"]


def test_the_worst_instance_is_first():
    (panel,) = [panel for panel in dashboard.panels() if panel["title"] == "Fleet: instances, worst first"]
    assert panel["options"]["sortBy"] == [{"displayName": "Rank", "desc": True}]


@every_query
def test_a_query_parses(query):
    promql_parser.parse(query.of(job="amplifier-voice", instance="127.0.0.1:9477"))


def test_every_metric_of_the_catalogue_is_used():
    with Exporter() as exporter:
        feed_everything(exporter)
        catalogue = {family.name for family in families(exporter.exposition())}
    expressions = [query.expression for query in dashboard.queries()] + [rule["expr"] for rule in rules()]
    used = {word for expression in expressions for word in re.findall(r"[a-z_:][a-z0-9_:]*", expression)}
    suffixes = ("", "_total", "_bucket", "_sum", "_count")
    assert {name for name in catalogue if not any(name + suffix in used for suffix in suffixes)} == set()


# What moves only in situations that an exporter with every kind of event need not have seen.
SITUATIONS = [
    {"type": "tool.started", "call_id": "shown", "tool_name": "bash", "session_id": "new", "queue_wait_ms": 200},
    {"type": "vad", "session_id": "another", "outcome": "speech"},
    {"type": "task.progress", "task_id": "runs", "status": "completing"},
    raw(0, created("unpriced", model="a model of tomorrow"), "unpriced"),
    raw(900, {"type": "response.done", "response": {"id": "u1", "status": "completed", "usage": USAGE}}, "unpriced"),
    *silence("silent"),
]


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """For each type of event the families that move when one comes, asked of an exporter that saw all before it."""
    configuration = tmp_path_factory.mktemp("moved") / "configuration.json"
    configuration.write_text('{"dead_air_after_seconds": 1}')
    found = {}
    with Exporter("--config", str(configuration)) as exporter:
        before = exporter.samples()
        for kind, events in itertools.groupby(EVENTS + SITUATIONS, lambda event: event["type"]):
            events = list(events)
            exporter.record(*events)
            if events[-1].get("session_id") == "silent":
                wait_until(lambda: exporter.get_json("/metrics/latency")["dead_air"]["total"], "dead air")
            after = exporter.samples()
            changed = {series.split("{")[0] for series, value in after.items() if before.get(series) != value}
            found.setdefault(kind, set()).update(family(name) for name in changed)
            before = after
    return found


def family(name):
    return re.sub("_(bucket|sum|count)$", "", name)


def told_events(panel):
    """The types of events that a panel's description names as the source of its figures."""
    sentence = re.search(r" Events: (.+)\.$", panel["description"])
    return re.findall("`([^`]+)`", sentence[1]) if sentence else []


def families_of(panel):
    names = {name for target in panel["targets"] for name in re.findall(r"amplifier_voice_\w+", target["expr"])}
    return {family(name) for name in names}


@pytest.mark.parametrize(
    "panel", [panel for panel in dashboard.panels() if told_events(panel)], ids=lambda panel: panel["title"])
def test_a_figure_comes_from_the_events_that_its_panel_names(panel, moved):
    told = told_events(panel)
    assert [kind for kind in told if not moved[kind] & families_of(panel)] == []
    known = set().union(*moved.values())
    explained = set().union(*(moved[kind] for kind in told))
    assert (families_of(panel) & known) - explained == set()


@every_panel
def test_a_panel_says_where_its_figures_come_from(panel):
    if told_events(panel):
        return
    source = {
        "Alerts that fire": "From Prometheus's own series `ALERTS`.",
        "Exporter: build": "Told by the exporter itself.",
    }.get(panel["title"])
    assert panel["description"].endswith((source,) if source else (
        "Counted by the exporter itself.", "Read by the exporter from the system's `/proc`."))
    assert source or panel["title"].startswith("Exporter: ")


# The rules of dashboard-linter. Two are not kept, for these reasons: the windows of the specification are fixed, so
# that no query has a rate interval that depends on the zoom; and a panel is the specification's panel of one voice
# server, so that one instance is chosen at a time, while the fleet row compares them all.

ALL_INSTANCES = {
    "Alerts that fire", "Fleet: instances, worst first", "Fleet: all instances together", "Exporter: build"}
SINCE_START = {"Tool calls tools.total_calls", "Conversation: dead air latency.dead_air_total", *(
    f"Conversation: tool requests tools.{name}_count" for name in ("requested", "delivered", "malformed")), *(
    f"Conversation: money sessions.{name}" for name in ("cost_total_usd", "unpriced_count")), *(
    f"Audio: pipeline and voice activity detection {name}"
    for name in ("audio.vad_triggered_count", "audio.false_positive_interrupts", "false_share"))}


def variable(name):
    (found,) = [known for known in dashboard.load()["templating"]["list"] if known["name"] == name]
    return found


def test_the_dashboard_cannot_be_edited():
    assert dashboard.load()["editable"] is False


def test_the_data_source_is_a_variable():
    known = variable("datasource")
    assert (known["type"], known["query"], known["label"]) == ("datasource", "prometheus", "Data source")
    assert "${DS_" not in dashboard.FILE.read_text() and "__inputs" not in dashboard.load()


def test_the_job_is_a_variable_of_several_values():
    known = variable("job")
    assert (known["type"], known["label"], known["multi"], known["includeAll"], known["allValue"]) == (
        "query", "Job", True, True, ".+")


def test_the_instance_is_a_variable_of_one_value():
    known = variable("instance")
    assert (known["type"], known["label"], known["multi"], known["includeAll"]) == ("query", "Instance", False, False)


@pytest.mark.parametrize("name", ["job", "instance"])
def test_a_query_variable_is_read_anew_when_the_time_changes(name):
    known = variable(name)
    assert known["refresh"] == 2
    assert known["datasource"]["uid"] == "${datasource}"
    label_values = re.fullmatch(r"label_values\((.+), (\w+)\)", known["query"]["query"])
    assert label_values[2] == name
    promql_parser.parse(label_values[1].replace("$job", "x"))


@every_panel
def test_a_panel_says_what_it_shows(panel):
    assert panel["title"] and panel["description"].endswith(".")
    assert panel["datasource"]["uid"] == "${datasource}"
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["targets"]
    assert {target["datasource"]["uid"] for target in panel["targets"]} == {"${datasource}"}


def selectors(expression):
    return re.findall(r"\b(?:amplifier_voice_|process_|ALERTS|up\b)\w*(\{[^}]*\})?", expression)


@every_panel
def test_each_selector_is_of_the_job_and_the_instance(panel):
    for target in panel["targets"]:
        for selector in selectors(target["expr"]):
            assert 'job=~"$job' in selector, target["expr"]
            is_one = 'instance=~"$instance"' in selector
            assert is_one != (panel["title"] in ALL_INSTANCES), target["expr"]


@every_query
def test_a_counter_is_never_shown_bare(query):
    if query.title in SINCE_START:
        return
    for found in re.finditer(r"(\w+\()?\w+_total\b", query.expression):
        assert found[1] in ("rate(", "increase("), query.expression


def test_links_lead_to_the_built_in_dashboard_and_the_runbook():
    links = {link["title"]: link["url"] for link in dashboard.load()["links"]}
    assert links == {"Built-in dashboard": "http://${instance}/", "Runbook": "${runbook}"}
    alert = next(rule for rule in rules() if "alert" in rule)
    assert variable("runbook")["query"] == alert["annotations"]["runbook_url"].split("#")[0]


def test_the_provisioning_is_of_this_dashboard():
    (provider,) = yaml.safe_load((GRAFANA / "provisioning/dashboards/amplifier-voice.yaml").read_text())["providers"]
    assert (provider["type"], provider["name"]) == ("file", dashboard.load()["uid"])
    (source,) = yaml.safe_load((GRAFANA / "provisioning/datasources/prometheus.yaml").read_text())["datasources"]
    assert (source["type"], source["jsonData"]["timeInterval"]) == ("prometheus", "15s")
