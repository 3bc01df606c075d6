"""The rules of `promlint` and of "Metric and label naming", restated, over all families of a fed exporter."""

import re
import subprocess

import pytest

from everything import feed_everything
from exporter import Exporter
from formats import in_openmetrics

BASE_UNITS = {"seconds", "bytes", "ratio"}
NO_BASE_UNITS = {
    "nanoseconds", "microseconds", "milliseconds", "minutes", "hours", "days", "bits", "kilobytes", "megabytes",
    "gigabytes", "kibibytes", "mebibytes", "gibibytes", "kilobits", "percent", "percentage", "pct",
}
ABBREVIATIONS = {
    "s", "ms", "us", "ns", "sec", "secs", "min", "mins", "m", "h", "d", "b", "kb", "mb", "gb", "tb", "kbps", "hz",
}
TYPES = {"counter", "gauge", "histogram", "summary", "untyped", "unknown", "info_metric", "stateset"}


@pytest.fixture(scope="module")
def parsed():
    with Exporter() as exporter:
        feed_everything(exporter)
        yield in_openmetrics(exporter)


def words(family):
    return set(family.name.split("_"))


def labels(family):
    return {label for sample in family.samples for label in sample.labels}


def offenders(parsed, offends):
    return sorted(family.name for family in parsed if offends(family))


@pytest.mark.parametrize(
    "offends",
    [
        pytest.param(offends, id=rule)
        for rule, offends in {
            "help_is_there": lambda family: not family.documentation,
            "help_is_one_line": lambda family: "\n" in family.documentation,
            "help_is_not_the_name": lambda family: family.documentation.rstrip(".") == family.name,
            "there_are_samples": lambda family: not family.samples,
            "type_is_known": lambda family: family.type not in ("counter", "gauge", "histogram"),
            "counters_end_in_total": lambda family: family.type == "counter"
            and {sample.name for sample in family.samples} != {f"{family.name}_total"},
            "nothing_else_ends_in_total": lambda family: family.name.endswith("_total"),
            "no_suffix_of_histograms_on_others": lambda family: family.type != "histogram"
            and family.name.endswith(("_count", "_sum", "_bucket")),
            "no_suffix_of_histograms_twice": lambda family: family.type == "histogram"
            and family.name.endswith(("_count", "_sum", "_bucket")),
            "no_bounds_on_others": lambda family: family.type != "histogram" and "le" in labels(family),
            "no_quantiles": lambda family: "quantile" in labels(family),
            "no_creation_times": lambda family: any(sample.name.endswith("_created") for sample in family.samples),
            "info_is_a_gauge_of_one": lambda family: family.name.endswith("_info")
            and (family.type, {sample.value for sample in family.samples}) != ("gauge", {1}),
            "base_units": lambda family: words(family) & NO_BASE_UNITS,
            "units_end_the_name": lambda family: words(family) & BASE_UNITS
            and not family.name.endswith(tuple(BASE_UNITS)),
            "no_abbreviated_units": lambda family: words(family) & ABBREVIATIONS,
            "no_type_in_the_name": lambda family: words(family) & TYPES,
            "lower_case_words": lambda family: not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", family.name),
            "lower_case_labels": lambda family: any(
                not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", label) for label in labels(family)),
            "own_prefix": lambda family: not family.name.startswith((
                "amplifier_voice_", "process_", "swift_metrics_")),
            "labels_are_the_same_throughout": lambda family: len({
                frozenset(sample.labels) - {"le"} for sample in family.samples}) != 1,
            "counters_and_histograms_are_not_negative": lambda family: family.type != "gauge"
            and any(not sample.value >= 0 for sample in family.samples),
            "no_timestamps": lambda family: any(sample.timestamp is not None for sample in family.samples),
        }.items()
    ],
)
def test_no_family_offends_against_the_rule(parsed, offends):
    assert offenders(parsed, offends) == []


def test_every_kind_of_event_left_its_trace(parsed):
    untouched = {
        sample.name for family in parsed for sample in family.samples
        if sample.name == "amplifier_voice_exporter_ingest_events_total" and not sample.value
    }
    assert untouched == set()


@pytest.mark.parametrize("feed", [lambda exporter: None, feed_everything], ids=["empty", "fed"])
def test_promtool_finds_nothing_to_complain_of(exporter, feed):
    feed(exporter)
    check = subprocess.run(
        ["promtool", "check", "metrics"], input=exporter.exposition(), capture_output=True, text=True, timeout=30)
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")
