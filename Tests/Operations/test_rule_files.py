"""The rule files: where they come from, and that they are in order."""

import re

import pytest
import yaml

from everything import feed_everything
from exporter import Exporter, run
from files import ALERTS, RULE_FILES, RUNBOOK, alert_rules, rules
from promtool import command

RECORDING = re.compile(r"(instance|job):amplifier_voice_[a-z0-9_]+:(5m|1h|ratio_(5m|30m|1h|2h|6h|1d|3d))")
METRIC = re.compile(r"\b(?<!:)(?:amplifier_voice|process)_[a-z0-9_]+\b(?!:)")
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
    ended = run("rules", "--runbook-url", runbook)
    assert ended.returncode == 0
    alerts = [rule for group in yaml.safe_load(ended.stdout)["groups"] for rule in group["rules"] if "alert" in rule]
    assert alerts[0]["annotations"]["runbook_url"] == f"{runbook}#{alerts[0]['alert'].lower()}"


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


def test_the_runbook_has_one_heading_for_each_alert():
    headings = re.findall(r"^### (\w+)$", RUNBOOK.read_text(), re.MULTILINE)
    assert sorted(headings) == sorted(rule["alert"] for rule in alert_rules())


def test_each_heading_of_the_runbook_says_what_to_do():
    for section in re.split(r"^### ", RUNBOOK.read_text(), flags=re.MULTILINE)[1:]:
        said = re.findall(r"^- \*\*(.+?)\*\* \S", section, re.MULTILINE)
        assert said == ["What it means.", "Look at first.", "Usual causes.", "What to do."], section
