"""The files that operators copy."""

import functools
from pathlib import Path

import yaml

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
    groups = [group for file in RULE_FILES for group in yaml.safe_load(file.read_text())["groups"]]
    return [rule for group in groups for rule in group["rules"]]


def alert_rules():
    return [rule for rule in rules() if "alert" in rule]


def rules_for(alertname):
    """A rule file with one alert and what it reads that is recorded, word for word as the rule files have them."""
    alert = next(rule for rule in alert_rules() if rule["alert"] == alertname)
    recorded = [rule for rule in rules() if "record" in rule and rule["record"] in alert["expr"]]
    return {"groups": [{"name": alertname, "rules": [*recorded, alert]}]}
