"""The files that operators copy."""

import functools
import json
import tempfile
from pathlib import Path

import yaml

from expected import CONFIGURATION
from exporter import run

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "alerts"
GRAFANA = ROOT / "grafana"

RULE_FILES = [
    ALERTS / f"{name}.yaml"
    for name in ("sessions", "latency", "tools", "errors", "audio", "amplifier", "budget", "exporter")]
RUNBOOK = ALERTS / "runbook.md"


@functools.cache
def rules():
    """Every rule of the rule files, in their order."""
    return [rule for file in RULE_FILES for rule in rules_of(file.read_text())]


@functools.cache
def configured_rules():
    """Every rule that the program prints for the configuration with more critical thresholds than SPEC has."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(CONFIGURATION, file)
        file.flush()
        ended = run("rules", "--config", file.name)
    assert (ended.returncode, ended.stderr) == (0, "")
    return rules_of(ended.stdout)


def rules_of(text):
    return [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


def alert_rules():
    return [rule for rule in rules() if "alert" in rule]


def rules_for(alertname):
    """A rule file with one alert and what it reads that is recorded, word for word as the rule files have them, or as
    the program prints it for the configuration where they have none."""
    known = rules() if any(rule["alert"] == alertname for rule in alert_rules()) else configured_rules()
    alert = next(rule for rule in known if rule.get("alert") == alertname)
    recorded = [rule for rule in known if "record" in rule and rule["record"] in alert["expr"]]
    return {"groups": [{"name": alertname, "rules": [*recorded, alert]}]}
