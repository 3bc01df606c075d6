"""From a bad network and an unhealthy bridge to the phone and back: exporter, Prometheus and Alertmanager with the
shipped files, and sinks in the places of Slack, PagerDuty and the dead man's switch."""

import contextlib
import math
import socket
import threading
import time
from types import SimpleNamespace

import pytest
import yaml

import dashboard
import faster
from alertmanager import Alertmanager
from calls import Calls
from exporter import Exporter
from prometheus import ConfiguredPrometheus
from sink import Sink
from waiting import wait_until

CRITICAL = {"VoiceAmplifierUnhealthy"}
WARNINGS = {"VoicePacketLossHigh", "VoiceJitterHigh", "VoiceRoundTripTimeHigh", "VoiceAudioQualityPoor"}
INFO = {"VoiceSessionsNearLimit"}


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


def firing(prometheus):
    return {labels["alertname"] for labels, _ in prometheus.query('ALERTS{alertstate="firing"}')}


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


def shown_in_time(prometheus, exporter):
    """What is shown once every query has a value, or after half a minute: the query without one fails by its name."""
    deadline = time.monotonic() + 30
    while True:
        shown = shown_by(prometheus, exporter)
        if len(shown) == len(dashboard.queries()) or time.monotonic() > deadline:
            return shown


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
        Calls(exporter, network="bad", bridge="unhealthy") as calls, stream_client(exporter),
    ):
        wait_until(lambda: firing(prometheus) >= CRITICAL | WARNINGS | INFO, "the alerts", timeout=90)
        wait_until(lambda: titles(sink, "FIRING") >= CRITICAL | WARNINGS, "Slack", timeout=30)
        wait_until(lambda: pages(sink, "trigger"), "PagerDuty", timeout=30)
        shown = shown_in_time(prometheus, exporter)
        fired = firing(prometheus)
        calls.network, calls.bridge = "good", "healthy"
        wait_until(lambda: titles(sink, "RESOLVED") >= CRITICAL | WARNINGS, "the end of the alerts", timeout=90)
        wait_until(lambda: pages(sink, "resolve"), "the end of the page", timeout=30)
        yield SimpleNamespace(
            sink=sink, fired=fired, shown=shown, instance=f"{exporter.host}:{exporter.port}", after=firing(prometheus))


def test_what_fires_is_what_is_bad_and_nothing_else(story):
    assert story.fired == CRITICAL | WARNINGS | INFO | {"Watchdog"}


def test_slack_is_told_of_critical_and_warning_and_of_nothing_else(story):
    assert titles(story.sink, "FIRING") == CRITICAL | WARNINGS


def test_pagerduty_is_told_of_critical_and_of_nothing_else(story):
    assert {event["payload"]["summary"] for event in pages(story.sink, "trigger")} == {
        "[FIRING:1] VoiceAmplifierUnhealthy: Amplifier bridge unhealthy"}
    assert {event["payload"]["severity"] for event in pages(story.sink, "trigger")} == {"critical"}
    assert {event["routing_key"] for event in story.sink.posts("/pagerduty")} == {"a routing key"}


def test_both_are_told_when_it_is_over(story):
    assert titles(story.sink, "RESOLVED") == CRITICAL | WARNINGS
    triggered = {event["dedup_key"] for event in pages(story.sink, "trigger")}
    assert {event["dedup_key"] for event in pages(story.sink, "resolve")} == triggered


def test_after_it_only_the_dashboards_and_the_switch_have_an_alert(story):
    assert story.after == INFO | {"Watchdog"}


def test_a_message_names_the_instance_the_value_the_dashboard_and_the_runbook(story):
    attachments = [attachment for post in story.sink.posts("/slack") for attachment in post["attachments"]]
    texts = {attachment["title"]: attachment for attachment in attachments}
    message = texts["[FIRING:1] VoiceJitterHigh: Jitter exceeds 50ms"]
    assert message["text"] == (
        f"The mean jitter of {story.instance} over the last 5 minutes is 80 ms, "
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
