"""The rule files: where they come from, and that they are in order."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import dashboard
from everything import feed_everything
from expected import CONFIGURED
from exporter import Exporter, binary, environment, run
from files import ALERTS, GRAFANA, ROOT, RULE_FILES, RUNBOOK, alert_rules, rules
from promtool import command

RECORDING = re.compile(r"(instance|job):amplifier_voice_[a-z0-9_]+:(5m|1h|ratio_(5m|30m|1h|2h|6h|1d|3d))")
METRIC = re.compile(r"\b(?<!:)(?:amplifier_voice|process)_[a-z0-9_]+\b(?!:)")
PLACEHOLDER = "https://runbooks.example/amplifier-voice-exporter/alerts/runbook.md"
SEVERITIES = {"critical", "warning", "info", "none"}


def test_the_rule_files_are_what_the_program_prints(tmp_path):
    ended = run("rules", "--output", str(tmp_path / "new"))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    printed = {file.name: file.read_text() for file in (tmp_path / "new").iterdir()}
    assert printed == {file.name: file.read_text() for file in RULE_FILES}


def test_every_rule_file_is_known():
    others = {ALERTS / "alertmanager.yaml"}
    assert set(ALERTS.glob("*.yaml")) - others == set(RULE_FILES)


def test_without_a_folder_all_rules_are_printed_as_one_file(tmp_path):
    ended = run("rules")
    assert (ended.returncode, ended.stderr) == (0, "")
    groups = [group for file in RULE_FILES for group in yaml.safe_load(file.read_text())["groups"]]
    assert yaml.safe_load(ended.stdout) == {"groups": groups}
    one = tmp_path / "rules.yaml"
    one.write_text(ended.stdout)
    assert command("promtool", "check", "rules", "--lint=all", "--lint-fatal", str(one)).returncode == 0


def test_a_folder_that_cannot_be_written_is_a_failure_that_names_it():
    ended = run("rules", "--output", "/proc/nowhere")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "--output /proc/nowhere" in ended.stderr


@pytest.mark.parametrize(
    "runbook", ["https://wiki.example/voice", "it's", "a: b # c", "{}", "", "a\nb", "\t\x07\x85\u2028\\\"é😀"])
def test_any_text_is_read_back_as_it_was(runbook):
    alerts = printed("--runbook-url", runbook)
    assert [rule["annotations"]["runbook_url"] for rule in alerts] == [
        f"{runbook}#{rule['alert'].lower()}" for rule in alert_rules()]


def test_the_placeholder_of_the_runbook_stands_in_the_rules_and_in_one_variable_of_grafana_and_nowhere_else():
    shipped = [file for folder in (ALERTS, GRAFANA) for file in folder.rglob("*") if file.is_file()]
    found = {file: file.read_text().count("runbooks.example") for file in shipped}
    expected = {file: 0 for file in shipped} | {
        file: sum(rule["annotations"]["runbook_url"].startswith(f"{PLACEHOLDER}#") for rule in rules_of(file))
        for file in RULE_FILES
    }
    # Grafana keeps the value of a variable as its query, and as the text and the value of what is chosen.
    expected[dashboard.FILE] = 3
    assert found == expected
    (variable,) = [known for known in dashboard.load()["templating"]["list"] if known["name"] == "runbook"]
    assert json.dumps(variable).count(PLACEHOLDER) == 3


def test_the_commands_of_the_readme_replace_the_address_of_the_runbook_everywhere(tmp_path):
    (commands,) = re.findall("^runbook=.+?(?=^```)", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    address = re.match("runbook=(.+)", commands)[1]
    for folder in (ALERTS, GRAFANA):
        shutil.copytree(folder, tmp_path / folder.name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/amplifier-voice-exporter").symlink_to(Path(binary()).absolute())
    subprocess.run(
        ["bash", "-euc", commands], cwd=tmp_path, env=environment({"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}),
        stdin=subprocess.DEVNULL, check=True, timeout=60)
    written = [file for name in ("alerts", "grafana") for file in (tmp_path / name).rglob("*") if file.is_file()]
    assert [file for file in written if "runbooks.example" in file.read_text()] == []
    for file in RULE_FILES:
        new = tmp_path / "alerts" / file.name
        assert new.read_text() == file.read_text().replace(PLACEHOLDER, address)
        assert command("promtool", "check", "rules", "--lint=all", "--lint-fatal", str(new)).returncode == 0
    imported = json.loads((tmp_path / "grafana/amplifier-voice.json").read_text())
    assert imported == json.loads(dashboard.FILE.read_text().replace(PLACEHOLDER, address))


def rules_of(file):
    return [rule for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"] if "alert" in rule]


@pytest.mark.parametrize("file", RULE_FILES, ids=lambda file: file.name)
def test_promtool_finds_nothing_to_complain_of(file):
    ended = command("promtool", "check", "rules", "--lint=all", "--lint-fatal", str(file))
    assert (ended.returncode, ended.stderr) == (0, "")


def test_every_metric_of_the_rules_is_exported():
    with Exporter() as exporter:
        feed_everything(exporter)
        exported = {series.split("{")[0] for series in exporter.samples()}
    used = {metric for rule in rules() for metric in METRIC.findall(rule["expr"])}
    assert len(used) > 20
    assert used - exported == set()


def test_what_is_recorded_has_a_name_of_the_convention_and_is_recorded_once():
    names = [rule["record"] for rule in rules() if "record" in rule]
    assert [name for name in names if not RECORDING.fullmatch(name)] == []
    assert len(names) == len(set(names))


def test_what_an_alert_reads_is_recorded_before_it_in_its_group():
    for file in RULE_FILES:
        for group in yaml.safe_load(file.read_text())["groups"]:
            recorded = set()
            for rule in group["rules"]:
                read = {name[0] for name in re.finditer(r"(?:instance|job):[a-z0-9_]+:[a-z0-9_]+", rule["expr"])}
                assert read - recorded == set(), rule
                recorded.add(rule.get("record"))


def test_only_what_looks_back_for_days_is_evaluated_less_often():
    for file in RULE_FILES:
        for group in yaml.safe_load(file.read_text())["groups"]:
            looks_back_for_days = any(re.search(r"\[\d+d\]", rule["expr"]) for rule in group["rules"])
            assert group["interval"] == ("1m" if looks_back_for_days else "15s"), file.name


def test_names_of_alerts_are_not_repeated():
    names = [rule["alert"] for rule in alert_rules()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", alert_rules(), ids=lambda rule: rule["alert"])
def test_an_alert_says_all_that_people_need(rule):
    assert set(rule["labels"]) == {"severity", "symptom"}
    assert rule["labels"]["severity"] in SEVERITIES
    annotations = rule["annotations"]
    assert set(annotations) - {"spec_rule"} == {"summary", "description", "runbook_url"}
    assert "{{" not in annotations["summary"]
    # Whoever reads it must see the value and whom it is about, where it is about somebody.
    is_about_nobody = rule["alert"] in {"VoiceExporterAbsent", "Watchdog"}
    assert is_about_nobody or "{{ $labels.instance }}" in annotations["description"]
    shows_value = "$value" in annotations["description"] or "query }}" in annotations["description"]
    assert shows_value or rule["alert"] == "VoiceExporterAbsent"


def printed(*arguments):
    """The alert rules that the program prints."""
    ended = run("rules", *arguments)
    assert (ended.returncode, ended.stderr) == (0, "")
    return [rule for group in yaml.safe_load(ended.stdout)["groups"] for rule in group["rules"] if "alert" in rule]


@pytest.fixture(scope="module")
def configuration(tmp_path_factory):
    """A configuration that gives every number a warning and a critical threshold that may have them."""
    with Exporter() as exporter:
        numbers = exporter.get_json("/metrics/numbers")["numbers"]
    judged = [number for number in numbers if number["warning"] is not None]
    # Both are at the target, since they must not be out of order: which alerts there are does not depend on the values.
    bounds = {number["number"]: number["target"] or number["warning"] for number in judged}
    file = tmp_path_factory.mktemp("configuration") / "every grade.json"
    file.write_text(json.dumps(
        {"thresholds": {number: {"warning": bound, "critical": bound} for number, bound in bounds.items()}}))
    return str(file)


@pytest.fixture(scope="module")
def every_grade(configuration):
    return printed("--config", configuration)


def test_promtool_finds_nothing_to_complain_of_in_the_rules_of_a_configuration(configuration, tmp_path):
    assert run("rules", "--config", configuration, "--output", str(tmp_path)).returncode == 0
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in RULE_FILES}
    ended = command("promtool", "check", "rules", "--lint=all", "--lint-fatal", *map(str, tmp_path.iterdir()))
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_configuration_makes_critical_alerts_where_the_specification_has_none(every_grade):
    assert {rule["alert"] for rule in every_grade} - {rule["alert"] for rule in alert_rules()} == {
        alert.name for alert in CONFIGURED}


def test_the_runbook_has_one_heading_for_each_alert_that_can_be_printed(every_grade):
    headings = re.findall(r"^### (\w+)$", RUNBOOK.read_text(), re.MULTILINE)
    assert sorted(headings) == sorted({rule["alert"] for rule in every_grade + alert_rules()})


def test_an_alert_of_a_configuration_says_all_that_people_need(every_grade):
    for rule in every_grade:
        test_an_alert_says_all_that_people_need(rule)


def test_each_heading_of_the_runbook_says_what_to_do():
    for section in re.split(r"^### ", RUNBOOK.read_text(), flags=re.MULTILINE)[1:]:
        said = re.findall(r"^- \*\*(.+?)\*\* \S", section, re.MULTILINE)
        assert said == ["What it means.", "Look at first.", "Usual causes.", "What to do."], section
