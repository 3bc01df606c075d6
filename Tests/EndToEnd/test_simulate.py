"""`simulate`: what it sends is what it reports, what the exporter counts and what Prometheus stores."""

import time
from collections import Counter
from types import SimpleNamespace

import pytest

from exporter import Exporter
from openapi import check
from prometheus import Prometheus
from simulation import Recorder, address, simulate
from waiting import wait_until

SESSIONS = 6

# What Prometheus counts of which types of events. What raw events tell is compared in Tests/VoiceSimulationTests.
STORED = {
    "sum(amplifier_voice_tool_calls_total)": ["tool.started"],
    "sum(amplifier_voice_tool_call_duration_seconds_count)": ["tool.finished"],
    # Calls that two told of before it was known that they are one.
    "amplifier_voice_sessions_started_total - amplifier_voice_sessions_merged_total": ["session.started"],
    "amplifier_voice_sessions_ended_total": ["session.ended"],
    "amplifier_voice_session_duration_seconds_count": ["session.ended"],
    "sum(amplifier_voice_agents_spawned_total)": ["task.started"],
    "sum(amplifier_voice_tasks_finished_total)": ["task.completed", "task.failed"],
    "sum(amplifier_voice_task_failures_total)": ["task.failed"],
    "sum(amplifier_voice_task_duration_seconds_count)": ["task.completed", "task.failed"],
    "amplifier_voice_webrtc_connect_duration_seconds_count"
    "+ amplifier_voice_session_create_duration_seconds_count"
    "+ amplifier_voice_sdp_exchange_duration_seconds_count": ["latency.sample"],
    "amplifier_voice_audio_jitter_seconds_count": ["audio.stats"],
    "sum(amplifier_voice_exporter_ingest_events_total)": None,
}


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    """An exporter that took a simulation, and a Prometheus that scraped it after that."""
    with Exporter() as exporter:
        ended = simulate(address(exporter), sessions=SESSIONS)
        target = f"{exporter.host}:{exporter.port}"
        with Prometheus(tmp_path_factory.mktemp("prometheus"), target) as prometheus:
            wait_until(lambda: prometheus.query("up == 1"), "the first scrape", timeout=30)
            yield SimpleNamespace(exporter=exporter, prometheus=prometheus, ended=ended)


FOLLOWING_THE_CLOCK = ("started_at", "expires_at")


def without_times(value):
    """The events as the seed decides them: when the bridge began and sessions expire follows the clock."""
    if isinstance(value, list):
        return [without_times(item) for item in value]
    if isinstance(value, dict):
        return {name: without_times(item) for name, item in value.items() if name not in FOLLOWING_THE_CLOCK}
    return value


def test_everything_is_accepted_and_reported(simulated):
    ended = simulated.ended
    assert (ended.code, ended.complaint) == (0, "")
    sent = sum(ended.counts.values())
    assert sent > 1_000
    assert ended.sums == {"sent": sent, "seed": 7, "accepted": sent, "duplicates": 0, "rejected": 0}


def test_a_simulation_tells_of_everything(simulated):
    told = simulated.ended.counts
    assert told.keys() >= {
        "session.connecting", "session.started", "session.state", "session.heartbeat", "session.ended",
        "latency.sample", "turn.mark", "tool.started", "tool.finished", "task.queued", "task.started",
        "task.agent_spawned", "task.progress", "task.completed", "bridge.status", "audio.stats", "vad", "error",
        "session.linked", "tool.requested", "realtime.event"}
    assert told["session.connecting"] == SESSIONS


def test_the_exporter_counts_what_is_reported(simulated):
    prefix = 'amplifier_voice_exporter_ingest_events_total{kind="'
    assert {
        series.removeprefix(prefix).removesuffix('"}'): value
        for series, value in simulated.exporter.samples().items() if series.startswith(prefix) and value
    } == simulated.ended.counts


@pytest.mark.parametrize("query, types", STORED.items())
def test_prometheus_stores_what_is_reported(simulated, query, types):
    counts = simulated.ended.counts
    told = sum(counts.values()) if types is None else sum(counts.get(kind, 0) for kind in types)
    assert simulated.prometheus.value(query) == told


def test_what_is_sent_is_as_described():
    with Recorder() as recorder:
        assert simulate(recorder.target, sessions=3).code == 0
    # Of each form of each type one.
    forms = {
        (event["type"], event.get("event", {}).get("type"), *sorted(event)): event for event in recorder.events}
    for event in forms.values():
        check(event, "components", "schemas", "Event")


def test_the_same_seed_sends_the_same_events_at_any_rate():
    sent = []
    for rate, seed in [(100_000, 3), (4_000, 3), (100_000, 4)]:
        with Recorder() as recorder:
            ended = simulate(recorder.target, rate=rate, seed=seed)
            assert (ended.code, ended.sums["seed"]) == (0, seed)
            assert ended.counts == Counter(event["type"] for event in recorder.events)
        sent.append(without_times(recorder.events))
    assert sent[0] == sent[1]
    assert sent[0] != sent[2]


def test_the_report_names_a_seed_that_was_not_given():
    with Recorder() as first, Recorder() as again, Recorder() as other:
        ended = simulate(first.target, sessions=1, seed=None)
        simulate(again.target, sessions=1, seed=ended.sums["seed"])
        simulate(other.target, sessions=1, seed=None)
    assert without_times(first.events) == without_times(again.events)
    assert without_times(first.events) != without_times(other.events)


def test_conditions_change_the_events():
    with Recorder() as normal, Recorder() as bad:
        simulate(normal.target, "--conditions", "normal")
        simulate(bad.target, "--conditions", "bad")

    def of(recorder, kind, field):
        return {event[field] for event in recorder.events if event["type"] == kind}

    assert of(normal, "bridge.status", "health_status") == {"healthy"}
    assert of(bad, "bridge.status", "health_status") == {"unhealthy"}
    assert min(of(bad, "audio.stats", "rtt_ms")) > max(of(normal, "audio.stats", "rtt_ms"))


def test_bad_conditions_make_the_exporter_unhealthy(exporter):
    assert simulate(address(exporter), "--conditions", "bad").code == 0
    answer = exporter.request("GET", "/metrics/health")
    assert (answer.status, answer.json["status"]) == (503, "unhealthy")
    sections = answer.json["sections"]
    assert sections["amplifier"] == {"status": "critical", "reasons": ["The bridge reports that it is unhealthy."]}
    assert sections["audio"]["status"] == "warning"
    assert exporter.get_json("/metrics/amplifier")["health_status"] == "unhealthy"


def test_no_more_events_go_out_in_a_second_than_are_asked_for():
    with Recorder() as recorder:
        begin = time.monotonic()
        ended = simulate(recorder.target, sessions=1, rate=250, seed=1)
        took = time.monotonic() - begin
    assert max(map(len, recorder.batches)) == 25
    assert took > (ended.sums["sent"] - 25) / 250


@pytest.mark.parametrize("path", ["", "/", "/voice", "/voice/"])
def test_the_target_can_have_the_path_of_a_proxy(path):
    with Recorder() as recorder:
        assert simulate(recorder.target + path, sessions=1).code == 0
    assert set(recorder.paths) == {f"{path.rstrip('/')}/api/events"}
