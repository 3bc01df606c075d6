"""Both sides of every alert: what fires, for whom and when, with its exact labels and annotations."""

import pytest

from expected import ALERTS, CONFIGURED, OF_MISSING_SERIES
from files import alert_rules, configured_rules
from promtool import JOB, check, check_labels
from series import MINUTE, Steps

RUNBOOK = "https://runbooks.example/amplifier-voice-exporter/alerts/runbook.md"
BAD = "bad:9477"
GOOD = ["good:9477", "fine:9477"]

# Something else is scraped all the time, so that a missing series is not merely an empty database.
UNRELATED = [{"series": 'up{job="other",instance="other:1"}', "values": "1+0x2000"}]

EVERY = [*ALERTS, *CONFIGURED]
every_alert = pytest.mark.parametrize("alert", EVERY, ids=lambda alert: alert.title)


def annotations(alert, instance):
    spec_rule = {"spec_rule": alert.spec_rule} if alert.spec_rule else {}
    return {
        **spec_rule, "summary": alert.summary, "description": alert.description.replace("{instance}", instance),
        "runbook_url": f"{RUNBOOK}#{alert.name.lower()}",
    }


def labels(alert, instance):
    known = {"severity": alert.severity, "symptom": alert.symptom, "job": JOB, "instance": instance}
    return {**known, **alert.labels}


def firing(alert, instance):
    return {"exp_labels": labels(alert, instance), "exp_annotations": annotations(alert, instance)}


class Stage:
    """The stretch of time in which an alert is tested: until its window is full and its wait is over."""

    def __init__(self, alert):
        self.alert = alert
        self.step = alert.scene.step
        wait = alert.scene.window + alert.holds_for + MINUTE
        self.end = -(-wait // self.step) * self.step
        self.steps = Steps(self.step, alert.scene.window, self.end)

    def series(self, scene, instance):
        return [series.notation(job=JOB, instance=instance) for series in scene(self.steps)]

    def check(self, folder, name, series, alerts):
        check(folder, name, self.step, series + UNRELATED, self.alert.name, alerts)


@every_alert
def test_at_its_threshold_an_alert_is_quiet(alert, tmp_path):
    stage = Stage(alert)
    stage.check(tmp_path, "at", stage.series(alert.scene.at, BAD), [(stage.end, [])])


@every_alert
def test_just_past_its_threshold_an_alert_fires_after_its_wait(alert, tmp_path):
    stage = Stage(alert)
    waits = [(alert.holds_for - stage.step, [])] if alert.holds_for > stage.step else []
    fires = [(stage.end, [firing(alert, BAD)])]
    stage.check(tmp_path, "past", stage.series(alert.scene.past, BAD), waits + fires)


guarded_alerts = pytest.mark.parametrize(
    "alert", [alert for alert in EVERY if alert.scene.few], ids=lambda alert: alert.title)


@guarded_alerts
def test_with_too_few_samples_an_alert_is_quiet(alert, tmp_path):
    stage = Stage(alert)
    stage.check(tmp_path, "few", stage.series(alert.scene.few, BAD), [(stage.end, [])])


@guarded_alerts
def test_with_just_enough_samples_an_alert_fires(alert, tmp_path):
    stage = Stage(alert)
    series = stage.series(alert.scene.enough, BAD) + UNRELATED
    check_labels(tmp_path, "enough", stage.step, series, alert.name, stage.end, labels(alert, BAD))


@pytest.mark.parametrize("alert", [alert for alert in EVERY if alert.scene.reset], ids=lambda alert: alert.title)
def test_a_counter_that_begins_anew_is_quiet(alert, tmp_path):
    stage = Stage(alert)
    times = range(stage.step, stage.end + 1, max(stage.step, stage.end // 40 // stage.step * stage.step))
    stage.check(tmp_path, "reset", stage.series(alert.scene.reset, BAD), [(time, []) for time in times])


@every_alert
def test_without_its_series_an_alert_is_quiet(alert, tmp_path):
    stage = Stage(alert)
    stage.check(tmp_path, "missing", [], [(stage.end, [])])


@every_alert
def test_one_bad_instance_among_good_ones_is_named_alone(alert, tmp_path):
    stage = Stage(alert)
    good = [series for instance in GOOD for series in stage.series(alert.scene.at, instance)]
    stage.check(
        tmp_path, "one", good + stage.series(alert.scene.past, BAD), [(stage.end, [firing(alert, BAD)])])


def test_every_alert_is_tested():
    known = {alert.name for alert in ALERTS} | OF_MISSING_SERIES
    assert {rule["alert"] for rule in alert_rules()} == known
    assert {rule["alert"] for rule in configured_rules() if "alert" in rule} - known == {
        alert.name for alert in CONFIGURED}


def test_the_absence_of_every_exporter_is_an_alert(tmp_path):
    expected = {
        "exp_labels": {"severity": "critical", "symptom": "exporter_absent"},
        "exp_annotations": {
            "summary": "No exporter is scraped",
            "description": "Prometheus has no target whose job's name holds amplifier-voice: "
            "nothing is known of any session.",
            "runbook_url": f"{RUNBOOK}#voiceexporterabsent",
        },
    }
    times = [(5 * MINUTE - 15, []), (5 * MINUTE, [expected])]
    check(tmp_path, "absent", 15, UNRELATED, "VoiceExporterAbsent", times)
    present = [{"series": 'up{job="eu/amplifier-voice",instance="a:1"}', "values": "0+0x40"}]
    check(tmp_path, "present", 15, present, "VoiceExporterAbsent", [(5 * MINUTE, [])])


def test_the_watchdog_always_fires(tmp_path):
    expected = {
        "exp_labels": {"severity": "none", "symptom": "watchdog"},
        "exp_annotations": {
            "summary": "Alerting works",
            "description": "This alert always fires (its value is 1): where it does not arrive, alerting is broken.",
            "runbook_url": f"{RUNBOOK}#watchdog",
        },
    }
    check(tmp_path, "watchdog", 15, UNRELATED, "Watchdog", [(15, [expected])])


def test_a_failed_scrape_does_not_begin_the_wait_for_the_bridge_anew(tmp_path):
    """Gauges are read over a minute."""
    values = "0 0 0 0 0 0 stale 0 0 0 0"
    series = [
        {"series": f'amplifier_voice_bridge_health{{job="{JOB}",instance="{BAD}",state="healthy"}}', "values": values},
        {"series": f'amplifier_voice_bridge_health{{job="{JOB}",instance="{BAD}",state="degraded"}}',
         "values": values.replace("0", "1")},
    ]
    alert = next(alert for alert in ALERTS if alert.title == "VoiceAmplifierUnhealthy degraded")
    check(tmp_path, "failed scrape", 15, series, alert.name, [(105, [firing(alert, BAD)])])
