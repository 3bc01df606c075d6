"""The lesser of one problem is silent while the greater is told: asked of a real Alertmanager."""

import pytest

from alertmanager import Alertmanager
from sink import Sink
from waiting import wait_until


@pytest.fixture(scope="module")
def alertmanager(tmp_path_factory):
    with Sink() as sink, Alertmanager(tmp_path_factory.mktemp("alertmanager"), sink) as alertmanager:
        yield alertmanager


def alert(name, severity, symptom, instance):
    return {
        "alertname": name, "severity": severity, "symptom": symptom, "instance": instance, "job": "amplifier-voice"}


def test_the_lesser_is_inhibited_by_the_greater_of_the_same_problem_on_the_same_instance(alertmanager):
    alertmanager.raise_alerts(
        alert("VoiceTTFAP95Critical", "critical", "ttfa", "a:1"), alert("VoiceTTFAP95High", "warning", "ttfa", "a:1"),
        alert("VoiceTTFAP95High", "warning", "ttfa", "b:1"), alert("VoiceJitterHigh", "warning", "jitter", "a:1"),
        alert("Aim", "info", "jitter", "a:1"), alert("Other", "info", "capacity", "a:1"))
    expected = {
        ("VoiceTTFAP95Critical", "a:1"): "active", ("VoiceTTFAP95High", "a:1"): "suppressed",
        ("VoiceTTFAP95High", "b:1"): "active", ("VoiceJitterHigh", "a:1"): "active",
        ("Aim", "a:1"): "suppressed", ("Other", "a:1"): "active",
    }
    wait_until(lambda: expected.items() <= alertmanager.states().items(), "the states of the alerts")


def test_everything_about_an_exporter_that_is_down_is_inhibited_but_that(alertmanager):
    alertmanager.raise_alerts(
        alert("VoiceExporterDown", "critical", "exporter_down", "c:1"),
        alert("VoiceAmplifierUnhealthy", "critical", "bridge_health", "c:1"),
        alert("VoiceJitterHigh", "warning", "jitter", "c:1"), alert("VoiceJitterHigh", "warning", "jitter", "d:1"),
        {"alertname": "Watchdog", "severity": "none", "symptom": "watchdog"})
    expected = {
        ("VoiceExporterDown", "c:1"): "active", ("VoiceAmplifierUnhealthy", "c:1"): "suppressed",
        ("VoiceJitterHigh", "c:1"): "suppressed", ("VoiceJitterHigh", "d:1"): "active", ("Watchdog", None): "active",
    }
    wait_until(lambda: expected.items() <= alertmanager.states().items(), "the states of the alerts")
