"""From a bad network and an unhealthy bridge to the phone and back: simulated calls, exporter, Prometheus and
Alertmanager with the shipped files, and sinks in the places of Slack, PagerDuty and the dead man's switch."""

import contextlib
import math
import re
import socket
import threading
import time
from types import SimpleNamespace

import pytest
import yaml

import dashboard
import faster
from alertmanager import Alertmanager
from exporter import Exporter
from prometheus import ConfiguredPrometheus
from realtime_call import end_of_silence, silence
from simulation import address, simulating
from sink import Sink
from waiting import wait_until

# What SPEC says of a bad network and an unhealthy bridge, and of 60 sessions where 50 are meant to be.
CRITICAL = {"VoiceAmplifierUnhealthy"}
WARNINGS = {"VoicePacketLossHigh", "VoiceJitterHigh", "VoiceRoundTripTimeHigh", "VoiceAudioQualityPoor"}
INFO = {"VoiceSessionsNearLimit"}
# Four times the pace of life: calls outlast the shortened waits of the rules, and none is silent for too long.
CALLS = {"sessions": 60, "rate": 360}
# At that pace no simulated silence lasts long enough for dead air.
QUIET = "a session whose user waits"


def configured(folder, exporter, alertmanager):
    """The shipped configuration for fixed addresses, with the addresses of this test."""
    configuration = faster.read("prometheus/static.yaml")
    (job,) = configuration["scrape_configs"]
    job["static_configs"] = [{"targets": [f"{exporter.host}:{exporter.port}"]}]
    configuration["alerting"]["alertmanagers"] = [{"static_configs": [{"targets": [alertmanager.address]}]}]
    configuration["rule_files"] = faster.write_rules(folder)
    return yaml.safe_dump(configuration)


def titles(sink, state):
    """The names of the alerts of which Slack was told that they fire, or that they are over."""
    attachments = [attachment for post in sink.posts("/slack") for attachment in post["attachments"]]
    return {
        attachment["title"].split("] ")[1].split(":")[0] for attachment in attachments
        if attachment["title"].startswith(f"[{state}")
    }


def pages(sink, action):
    return [event for event in sink.posts("/pagerduty") if event["event_action"] == action]


def paged(sink, action):
    """The names of the alerts that PagerDuty was told of."""
    return {event["payload"]["summary"].split("] ")[1].split(":")[0] for event in pages(sink, action)}


def firing(prometheus):
    return {labels["alertname"] for labels, _ in prometheus.query('ALERTS{alertstate="firing"}')}


class Fired:
    """What Prometheus itself keeps of all alerts that ever fired, and SPEC section 10 of who is told."""

    def __init__(self, prometheus):
        self._alerts = [
            (labels["alertname"], labels["severity"], labels["symptom"], evaluations)
            for labels, evaluations in prometheus.query('count_over_time(ALERTS{alertstate="firing"}[1h])')
        ]

    def names(self, *severities):
        return {name for name, severity, _, _ in self._alerts if severity in severities}

    def may_be_unsaid(self):
        """Warnings of a problem that was critical as well, and those over before a message waits for its like: their
        evaluations, two a second, were fewer than six."""
        greater = {symptom for _, severity, symptom, _ in self._alerts if severity == "critical"}
        return {
            name for name, severity, symptom, evaluations in self._alerts
            if severity == "warning" and (symptom in greater or evaluations < 6)
        }


def read_to_the_end(connection):
    with contextlib.suppress(ConnectionResetError):
        while connection.recv(4096):
            pass


@contextlib.contextmanager
def stream_client(exporter):
    """A dashboard that reads the live stream."""
    with socket.create_connection((exporter.host, exporter.port)) as connection:
        connection.sendall(f"GET /metrics/stream HTTP/1.1\r\nHost: {exporter.host}:{exporter.port}\r\n\r\n".encode())
        reader = threading.Thread(target=read_to_the_end, args=(connection,))
        reader.start()
        yield
        connection.shutdown(socket.SHUT_RDWR)
        reader.join()


def shown_by(prometheus, exporter):
    """The values of the queries of the Grafana dashboard, by their titles; of those that have any."""
    shown = {}
    for query in dashboard.queries():
        expression = query.of(job="amplifier-voice", instance=f"{exporter.host}:{exporter.port}")
        if found := prometheus.query(faster.steps(expression)):
            shown[query.title] = [value for _, value in found]
    return shown


def is_finite(values):
    return all(math.isfinite(value) for value in values)


def shown_in_time(prometheus, exporter):
    """What is shown once every query has a value, or after half a minute: the query without one fails by its name.

    What the modules for browsers and for Python report is in no simulated call.
    """
    deadline = time.monotonic() + 30
    while True:
        exporter.record(
            {
                "type": "audio.stats", "session_id": QUIET, "uplink_packet_loss_pct": 0.4, "uplink_jitter_ms": 9,
            },
            {"type": "sideband.lag", "session_id": QUIET, "lag_ms": 12})
        shown = shown_by(prometheus, exporter)
        is_complete = len(shown) == len(dashboard.queries()) and all(is_finite(values) for values in shown.values())
        if is_complete or time.monotonic() > deadline:
            return shown


def is_told(sink, fired):
    """Whether everybody was told of the beginning and the end of all that concerns them."""
    concerns_slack, concerns_pagerduty = fired.names("critical", "warning"), fired.names("critical")
    return (
        concerns_slack - fired.may_be_unsaid() <= titles(sink, "FIRING")
        and concerns_slack & titles(sink, "FIRING") <= titles(sink, "RESOLVED")
        and concerns_pagerduty <= paged(sink, "trigger") & paged(sink, "resolve"))


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """What everybody was told while it was bad, and after it was good again."""
    folder = tmp_path_factory.mktemp("delivery")
    for name in ("prometheus", "alertmanager"):
        (folder / name).mkdir()
    with (
        Sink() as sink, Exporter() as exporter, Alertmanager(folder / "alertmanager", sink) as alertmanager,
        ConfiguredPrometheus(
            folder / "prometheus", configured(folder / "prometheus", exporter, alertmanager),
            # Prometheus tells of an alert again after a minute by itself, which is here two seconds.
            "--rules.alert.resend-delay=2s") as prometheus,
        stream_client(exporter),
    ):
        # Of what was told before the first scrape there is no increase.
        wait_until(lambda: prometheus.query("up == 1"), "the first scrape", timeout=60)
        exporter.record(*silence(QUIET))
        with simulating(address(exporter), "--conditions", "bad", seed=5, **CALLS):
            wait_until(lambda: firing(prometheus) >= CRITICAL | WARNINGS | INFO, "the alerts", timeout=60)
            wait_until(lambda: titles(sink, "FIRING") >= CRITICAL | WARNINGS, "Slack", timeout=30)
            wait_until(lambda: paged(sink, "trigger") >= CRITICAL, "PagerDuty", timeout=30)
            exporter.record(*end_of_silence(QUIET))
            shown = shown_in_time(prometheus, exporter)
        with simulating(address(exporter), "--conditions", "normal", seed=7, **CALLS):
            wait_until(lambda: not firing(prometheus) & (CRITICAL | WARNINGS), "the end of the alerts", timeout=60)
            # Those who were cut off fall silent, of which there is an alert as well, and which is over soon.
            wait_until(
                lambda: not Fired(prometheus).names("critical", "warning") & firing(prometheus)
                and is_told(sink, Fired(prometheus)), "the end of all", timeout=60)
            after = firing(prometheus)
        yield SimpleNamespace(
            sink=sink, fired=Fired(prometheus), shown=shown, instance=f"{exporter.host}:{exporter.port}", after=after)


def test_what_is_bad_fires_and_nothing_else_is_critical(story):
    assert story.fired.names("critical") == CRITICAL
    assert story.fired.names("warning") >= WARNINGS
    assert story.fired.names("info") >= INFO
    assert story.fired.names("none") == {"Watchdog"}


def test_slack_is_told_of_critical_and_warning_and_of_nothing_else(story):
    told = titles(story.sink, "FIRING")
    fired = story.fired.names("critical", "warning")
    assert told >= CRITICAL | WARNINGS
    assert told | story.fired.may_be_unsaid() == fired


def test_pagerduty_is_told_of_critical_and_of_nothing_else(story):
    assert {event["payload"]["summary"] for event in pages(story.sink, "trigger")} == {
        "[FIRING:1] VoiceAmplifierUnhealthy: Amplifier bridge unhealthy"}
    assert {event["payload"]["severity"] for event in pages(story.sink, "trigger")} == {"critical"}
    assert {event["routing_key"] for event in story.sink.posts("/pagerduty")} == {"a routing key"}


def test_both_are_told_when_it_is_over(story):
    assert titles(story.sink, "RESOLVED") == titles(story.sink, "FIRING")
    triggered = {event["dedup_key"] for event in pages(story.sink, "trigger")}
    assert {event["dedup_key"] for event in pages(story.sink, "resolve")} == triggered


def test_nothing_is_sent_anywhere_else(story):
    assert story.sink.paths() == {"/slack", "/pagerduty", "/dead-mans-switch"}
    assert {event["event_action"] for event in story.sink.posts("/pagerduty")} == {"trigger", "resolve"}


def test_after_it_only_the_dashboards_and_the_switch_have_an_alert(story):
    assert story.after <= story.fired.names("info", "none")
    assert "Watchdog" in story.after


def test_a_message_names_the_instance_the_value_the_dashboard_and_the_runbook(story):
    attachments = [attachment for post in story.sink.posts("/slack") for attachment in post["attachments"]]
    texts = {attachment["title"]: attachment for attachment in attachments}
    message = texts["[FIRING:1] VoiceJitterHigh: Jitter exceeds 50ms"]
    # The bad network of the simulation has 85 ms, to which every report adds or takes up to three tenths.
    (value,) = re.findall(r" is (\d+) ms", message["text"])
    assert 75 < int(value) < 95
    assert message["text"] == (
        f"The mean jitter of {story.instance} over the last 5 minutes is {value} ms, "
        "above the warning threshold of 50ms.\n"
        f"Instance: {story.instance}\nDashboard: http://{story.instance}/\n"
        "Runbook: https://runbooks.example/amplifier-voice-exporter/alerts/runbook.md#voicejitterhigh\n")
    assert message["color"] == "#F59E0B"
    assert message["title_link"].endswith("#voicejitterhigh")
    page = pages(story.sink, "trigger")[0]
    assert page["client_url"] == f"http://{story.instance}/"
    details = page["payload"]["custom_details"]["firing"]
    assert f"The bridge of {story.instance} reports that it is unhealthy." in details
    (link,) = page["links"]
    assert link["text"] == "Runbook" and link["href"].endswith("#voiceamplifierunhealthy")


def test_the_dead_mans_switch_hears_the_watchdog_again_and_again(story):
    heard = story.sink.posts("/dead-mans-switch")
    assert {alert["labels"]["alertname"] for post in heard for alert in post["alerts"]} == {"Watchdog"}
    assert len(heard) > 2
    assert story.sink.authorizations("/dead-mans-switch") == {"Bearer a token"}


@pytest.mark.parametrize("query", dashboard.queries(), ids=lambda query: query.title)
def test_every_query_of_the_grafana_dashboard_gives_finite_values(story, query):
    assert query.title in story.shown
    assert [value for value in story.shown[query.title] if not math.isfinite(value)] == []
