"""Several voice servers, one of them slow: two Prometheus agents scrape their exporters and send on to VictoriaMetrics,
over which the shipped rules are evaluated. Another exporter is told of all turns."""

import contextlib
import random
import threading
from types import SimpleNamespace

import pytest
import yaml

import dashboard
import faster
from exporter import Exporter
from prometheus import PrometheusAgent
from sink import Sink
from victoria import VictoriaMetrics, VMAlert
from waiting import wait_until

FLEET = "amplifier-voice"
EVERYTHING = "amplifier-voice-everything"
BUCKETS = "amplifier_voice_time_to_first_audio_seconds_bucket"
TICK = 0.25


class Turns:
    """Turns in three exporters, the last of which is slow; a fourth exporter is told of them all."""

    def __init__(self, exporters, everything):
        self._exporters = exporters
        self._everything = everything
        self._spread = random.Random(1)
        self._stopped = threading.Event()
        self._failure = None
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()

    def stop(self):
        self._stopped.set()
        self._thread.join()
        if self._failure:
            raise self._failure

    def _run(self):
        try:
            while not self._stopped.wait(TICK):
                for exporter, median in zip(self._exporters, (300, 400, 3_000)):
                    values = [median * self._spread.uniform(0.8, 1.2) for _ in range(10)]
                    events = [{"type": "latency.sample", "metric": "ttfa", "value_ms": value} for value in values]
                    exporter.record(*events)
                    self._everything.record(*events)
        except BaseException as failure:
            self._failure = failure


def configured(database, jobs):
    """The shipped configuration as far as it concerns an agent."""
    configuration = faster.read("prometheus/static.yaml")
    del configuration["rule_files"], configuration["alerting"]
    (job,) = configuration["scrape_configs"]
    configuration["scrape_configs"] = [
        {**job, "job_name": name, "static_configs": [{"targets": [f"{x.host}:{x.port}" for x in exporters]}]}
        for name, exporters in jobs.items()
    ]
    configuration["remote_write"] = [
        {"url": f"http://{database.address}/api/v1/write", "queue_config": {"batch_send_deadline": "200ms"}}]
    return yaml.safe_dump(configuration)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fleet")
    folders = {name: folder / name for name in ("database", "one", "two", "alert")}
    for path in folders.values():
        path.mkdir()
    with contextlib.ExitStack() as stack:
        first, second, bad, everything = [stack.enter_context(Exporter()) for _ in range(4)]
        database = stack.enter_context(VictoriaMetrics(folders["database"]))
        for name, jobs in {"one": {FLEET: [first, second]}, "two": {FLEET: [bad], EVERYTHING: [everything]}}.items():
            stack.enter_context(PrometheusAgent(folders[name], configured(database, jobs)))
        sink = stack.enter_context(Sink())
        vmalert = stack.enter_context(
            VMAlert(folders["alert"], database, faster.write_rules(folders["alert"]), sink.url))
        wait_until(lambda: len(database.query("up == 1")) == 4, "the first scrapes", timeout=60)
        turns = Turns([first, second, bad], everything)
        turns.start()
        try:
            instance = f"{bad.host}:{bad.port}"
            # A warning waits longest: had a good instance one, it would fire by then as well.
            expected = {(f"VoiceTTFAP95{suffix}", FLEET, instance) for suffix in ("Critical", "High")}
            wait_until(lambda: expected <= vmalert.firing(), "the alerts", timeout=60)
            firing = vmalert.firing()
            recorded = {
                labels["job"]: value
                for labels, value in database.query("job:amplifier_voice_latency_ttfa_p95:10000ms")
            }
            query = next(query for query in dashboard.queries() if query.title.endswith("fleet.ttfa_p95"))
            shown = [value for _, value in database.query(query.of(job=FLEET, instance=""))]
        finally:
            turns.stop()

        def counted(job):
            return sum(value for _, value in database.query(f'{BUCKETS}{{job="{job}",le="+Inf"}}'))

        posted = everything.sample(f'{BUCKETS}{{le="+Inf"}}')
        wait_until(lambda: counted(FLEET) == counted(EVERYTHING) == posted, "the last scrapes", timeout=30)
        yield SimpleNamespace(
            database=database, bad=instance, firing=firing, recorded=recorded, shown=shown, posted=posted)


@pytest.mark.parametrize("percent", [50, 95, 99])
def test_percentiles_of_merged_histograms_are_those_of_one_exporter_with_all_events(fleet, percent):
    def percentile(job):
        return fleet.database.value(
            f'histogram_quantile({percent / 100}, sum by (le) ({BUCKETS}{{job="{job}"}}))')

    assert percentile(FLEET) == percentile(EVERYTHING)


def test_merged_buckets_are_those_of_one_exporter_with_all_events(fleet):
    def buckets(job):
        merged = fleet.database.query(f'sum by (le) ({BUCKETS}{{job="{job}"}})')
        return {labels["le"]: value for labels, value in merged}

    assert buckets(FLEET) == buckets(EVERYTHING)
    assert buckets(FLEET)["+Inf"] == fleet.posted > 0


def test_what_is_recorded_and_shown_of_the_fleet_is_what_one_exporter_with_all_events_has(fleet):
    # Scrapes are not of the same moment, so that rates of live traffic differ a little.
    assert fleet.recorded[FLEET] == pytest.approx(fleet.recorded[EVERYTHING], rel=0.1)
    (shown,) = fleet.shown
    assert shown == pytest.approx(fleet.recorded[FLEET], rel=0.1)


def test_the_bad_instance_alone_alerts(fleet):
    of_the_fleet = {(name, instance) for name, job, instance in fleet.firing if job == FLEET}
    assert ("VoiceTTFAP95Critical", fleet.bad) in of_the_fleet
    assert {instance for _, instance in of_the_fleet} == {fleet.bad}
