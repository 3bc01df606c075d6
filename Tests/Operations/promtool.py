"""Unit tests of the alert rules, run by promtool."""

import json
import subprocess

from files import ALERTS, rules_for

JOB = "amplifier-voice"


def command(*arguments):
    return subprocess.run(
        arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, cwd=ALERTS)


def check(folder, name, step, series, alertname, alerts):
    """Runs a unit test, which must pass: at each time in seconds exactly these alerts of the name fire."""
    tests = [{"eval_time": f"{time}s", "alertname": alertname, "exp_alerts": expected} for time, expected in alerts]
    run(folder, name, step, series, alertname, alert_rule_test=tests)


def check_labels(folder, name, step, series, alertname, time, labels):
    """Runs a unit test, which must pass: at this time one alert of the name fires, whatever it says."""
    expected = {"alertname": alertname, "alertstate": "firing", **labels}
    pairs = ",".join(f'{label}="{value}"' for label, value in expected.items())
    test = {
        "eval_time": f"{time}s",
        "expr": f'ALERTS{{alertname="{alertname}",alertstate="firing"}}',
        "exp_samples": [{"labels": f"ALERTS{{{pairs}}}", "value": 1}],
    }
    run(folder, name, step, series, alertname, promql_expr_test=[test])


def run(folder, name, step, series, alertname, **tests):
    # JSON is YAML, too.
    rules = folder / "rules.yaml"
    rules.write_text(json.dumps(rules_for(alertname)))
    test = {"name": name, "interval": f"{step}s", "input_series": series, **tests}
    file = folder / "test.yaml"
    file.write_text(json.dumps({"rule_files": [str(rules)], "evaluation_interval": f"{step}s", "tests": [test]}))
    ended = command("promtool", "test", "rules", str(file))
    assert ended.returncode == 0, ended.stdout + ended.stderr
