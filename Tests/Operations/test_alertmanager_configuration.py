"""Who is told what: Alertmanager's configuration, its routes and its templates."""

import json

import pytest
import yaml

from files import ALERTS, alert_rules
from promtool import command

FILE = ALERTS / "alertmanager.yaml"
TEMPLATES = ALERTS / "amplifier-voice.tmpl"

# SPEC section 10.
RECEIVERS = {
    "critical": "slack-and-pagerduty", "warning": "slack", "info": "dashboard-only", "none": "dead-mans-switch"}


def seconds(duration):
    return int(duration[:-1]) * {"s": 1, "m": 60}[duration[-1]]


def configuration():
    return yaml.safe_load(FILE.read_text())


def render(template, data):
    ended = command(
        "amtool", "template", "render", f"--template.glob={TEMPLATES}",
        f"--template.text={{{{ template \"{template}\" . }}}}", f"--template.data={data}")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture
def notification(tmp_path):
    """A notification of two alerts, as Alertmanager gives it to a template."""

    def alert(instance, value):
        return {
            "status": "firing",
            "labels": {
                "alertname": "VoiceTTFAP95High", "instance": instance, "job": "amplifier-voice",
                "severity": "warning", "symptom": "ttfa",
            },
            "annotations": {
                "summary": "TTFA P95 exceeds 1.2s",
                "description": f"The 95th percentile of {instance} is {value} ms.",
                "runbook_url": "https://runbooks.example/runbook.md#voicettfap95high",
            },
            "startsAt": "2026-01-31T12:00:00Z", "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus.example/graph",
        }

    def write(status="firing", severity="warning", instances=("a:9477", "b:9477")):
        alerts = [{**alert(instance, 1300), "status": status} for instance in instances]
        common = alerts[0]["labels"] | {"severity": severity}
        common.pop("instance", None)
        data = {
            "receiver": "slack", "status": status, "alerts": alerts, "groupLabels": {"alertname": "VoiceTTFAP95High"},
            "commonLabels": common, "commonAnnotations": {"summary": "TTFA P95 exceeds 1.2s"},
            "externalURL": "http://alertmanager.example",
        }
        file = tmp_path / "data.json"
        file.write_text(json.dumps(data))
        return file

    return write


def test_amtool_finds_nothing_to_complain_of():
    ended = command("amtool", "check-config", str(FILE))
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_templates_are_where_the_configuration_looks_for_them():
    # amtool is silent about a pattern that matches nothing.
    assert [list(FILE.parent.glob(pattern)) for pattern in configuration()["templates"]] == [[TEMPLATES]]


@pytest.mark.parametrize("rule", alert_rules(), ids=lambda rule: rule["alert"])
def test_each_alert_is_told_to_whom_its_severity_says(rule):
    labels = [f"{name}={value}" for name, value in {**rule["labels"], "alertname": rule["alert"]}.items()]
    receiver = RECEIVERS[rule["labels"]["severity"]]
    ended = command(
        "amtool", "config", "routes", "test", f"--config.file={FILE}", f"--verify.receivers={receiver}", *labels)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_an_alert_without_a_severity_still_reaches_people():
    ended = command("amtool", "config", "routes", "test", f"--config.file={FILE}", "alertname=Unknown")
    assert (ended.returncode, ended.stdout) == (0, "slack\n")


def test_critical_is_told_at_once_and_a_warning_within_half_an_hour():
    route = configuration()["route"]
    critical = route["routes"][0]
    assert critical["matchers"] == ['severity="critical"']
    assert critical["group_wait"] == "0s"
    warnings = [rule for rule in alert_rules() if rule["labels"]["severity"] == "warning"]
    longest = max(seconds(rule.get("for", "0s")) for rule in warnings)
    assert longest + seconds(route["group_wait"]) + seconds(route["group_interval"]) < 30 * 60


def test_the_channels_are_those_of_the_specification():
    receivers = {receiver["name"]: set(receiver) - {"name"} for receiver in configuration()["receivers"]}
    assert receivers == {
        "slack": {"slack_configs"}, "slack-and-pagerduty": {"slack_configs", "pagerduty_configs"},
        "dashboard-only": set(), "dead-mans-switch": {"webhook_configs"},
    }


def test_secrets_are_in_files():
    text = FILE.read_text()
    assert {"slack_api_url_file", "routing_key_file", "credentials_file"} - {
        word.strip(" -:") for line in text.splitlines() for word in line.split(": ")[:1]} == set()
    assert [name for name in ("slack_api_url:", "api_url:", "routing_key:", "service_key:", "credentials:")
            if name in text] == []


def test_a_title_says_how_many_and_what(notification):
    assert render("voice.title", notification()) == "[FIRING:2] VoiceTTFAP95High: TTFA P95 exceeds 1.2s"


def test_a_text_names_each_instance_its_value_the_dashboard_and_the_runbook(notification):
    assert render("voice.text", notification()) == (
        "The 95th percentile of a:9477 is 1300 ms.\nInstance: a:9477\nDashboard: http://a:9477/\n"
        "Runbook: https://runbooks.example/runbook.md#voicettfap95high\n"
        "The 95th percentile of b:9477 is 1300 ms.\nInstance: b:9477\nDashboard: http://b:9477/\n"
        "Runbook: https://runbooks.example/runbook.md#voicettfap95high\n")


def test_the_end_of_an_alert_says_so(notification):
    assert render("voice.title", notification("resolved")) == "[RESOLVED] VoiceTTFAP95High: TTFA P95 exceeds 1.2s"
    assert render("voice.text", notification("resolved")).startswith("Resolved: The 95th percentile of a:9477")


@pytest.mark.parametrize(
    "status, severity, color",
    [("firing", "critical", "#EF4444"), ("firing", "warning", "#F59E0B"), ("resolved", "critical", "#10B981")],
)
def test_the_colour_is_that_of_the_specification(notification, status, severity, color):
    assert render("voice.color", notification(status, severity)) == color


def test_links_lead_to_the_runbook_and_the_first_dashboard(notification):
    assert render("voice.runbook", notification()) == "https://runbooks.example/runbook.md#voicettfap95high"
    assert render("voice.dashboard", notification()) == "http://a:9477/"
