"""Random registries, read back by an independent parser of each format: what went in is what comes out."""

import base64
import bisect
import json
import math
import os
import re
import struct
import subprocess

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families as text_families

import client_model

SEEDS = 150

# The parser of the Python client takes an escaped quote in an exemplar for the end of its label, so they are read here.
EXEMPLAR = re.compile(r" # \{((?:[^\"}]|\"(?:[^\"\\]|\\.)*\")*)\} (\S+) (\S+)$", re.MULTILINE)
LABEL = re.compile(r'([a-zA-Z0-9_]+)="((?:[^"\\]|\\.)*)"')


@pytest.fixture(scope="module")
def registries():
    """What random-registry tells of each seed."""
    lines = "".join(f"{seed}\n" for seed in range(SEEDS))
    output = subprocess.run(
        [os.environ["RANDOM_REGISTRY"]], input=lines, capture_output=True, text=True, check=True, timeout=300).stdout
    read = [json.loads(line) for line in output.split("\n") if line]
    assert len(read) == SEEDS
    assert sum(len(registry["families"]) for registry in read) > 3 * SEEDS
    return read


def number(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def same(one, other):
    """Whether two numbers are the same, those that are none included."""
    return one == other or (math.isnan(one) and math.isnan(other))


def key(labels):
    return tuple(sorted(labels.items()))


def body(registry, format):
    return base64.b64decode(registry["expositions"][format])


def observations(child):
    return [number(bits) for bits in child["observations"]]


def cumulative(bounds, values):
    """The count of each classic bucket, that up to infinity last."""
    values = sorted(values)
    return [bisect.bisect_right(values, bound) for bound in [*bounds, math.inf]]


def total(values):
    """The sum in the order of the observations, as a program adds them up."""
    result = 0.0
    for value in values:
        result += value
    return result


def last_exemplars(family, child):
    """The last exemplar of each bucket that has one, by the bucket's bound."""
    found = {}
    for value, exemplar in zip(observations(child), child["exemplars"]):
        if exemplar:
            bound = next(bound for bound in [*family["bounds"], math.inf] if value <= bound)
            found[bound] = exemplar
    return found


def expected_samples(family, child, openmetrics):
    """The samples of a child by name and labels."""
    name, labels = family["name"], child["labels"]
    if family["type"] != "histogram":
        samples = {(name, key(labels)): number(child["value"])}
    else:
        values = observations(child)
        counts = cumulative(family["bounds"], values)
        samples = {
            (f"{name}_bucket", key({**labels, "le": bound})): count
            for bound, count in zip([*family["bounds"], math.inf], counts)
        }
        # A sum that can go down is left out, and OpenMetrics has a count only beside a sum.
        has_sum = (not family["bounds"] or family["bounds"][0] >= 0) and not (openmetrics and total(values) < 0)
        if has_sum:
            samples[f"{name}_sum", key(labels)] = total(values)
        if has_sum or not openmetrics:
            samples[f"{name}_count", key(labels)] = len(values)
    if openmetrics and "created" in child:
        base = name.removesuffix("_total") if family["type"] == "counter" else name
        samples[f"{base}_created", key(labels)] = child["created"]
    return samples


def expected(registry, names, openmetrics=False):
    """Every family that has children: its type, help and samples, by the name that the format gives it."""
    return {
        names(family): (
            family["help"],
            {
                series: value
                for child in family["children"]
                for series, value in expected_samples(family, child, openmetrics).items()
            })
        for family in registry["families"]
    }


def found(parsed):
    """The same of what a parser read."""
    families = {}
    for family in parsed:
        assert family.name not in families, f"{family.name} is there twice"
        samples = {}
        for sample in family.samples:
            labels = {**sample.labels, **({"le": float(sample.labels["le"])} if "le" in sample.labels else {})}
            assert (sample.name, key(labels)) not in samples, f"{sample} is there twice"
            assert sample.timestamp is None
            samples[sample.name, key(labels)] = sample.value
        families[family.name] = (family.documentation, samples)
    return families


def differences(found, expected):
    """What differs, so that a failure says where."""
    if found.keys() != expected.keys():
        return f"families {sorted(found.keys() ^ expected.keys())}"
    for name, (help, samples) in expected.items():
        if found[name][0] != help:
            return f"the help of {name}: {found[name][0]!r} instead of {help!r}"
        if found[name][1].keys() != samples.keys():
            return f"the samples of {name}: {sorted(found[name][1].keys() ^ samples.keys(), key=str)}"
        for series, value in samples.items():
            if not same(found[name][1][series], value):
                return f"{series}: {found[name][1][series]} instead of {value}"
    return None


def openmetrics_name(family):
    suffix = {"counter": "_total", "info": "_info"}.get(family["type"], "")
    return family["name"].removesuffix(suffix)


def text_name(family):
    # The parser takes the ending of a counter off.
    return family["name"].removesuffix("_total") if family["type"] == "counter" else family["name"]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_text_tells_what_went_in(registries, seed):
    registry = registries[seed]
    text = body(registry, "text").decode()
    parsed = list(text_families(text))
    # This parser takes blanks from the ends of a help text.
    wanted = {name: (help.strip(), samples) for name, (help, samples) in expected(registry, text_name).items()}
    read = {name: (help.strip(), samples) for name, (help, samples) in found(parsed).items()}
    assert differences(read, wanted) is None
    types = {family.name: family.type for family in parsed}
    assert types == {
        text_name(family): "gauge" if family["type"] == "info" else family["type"] for family in registry["families"]}
    assert registry["sampleCounts"]["text"] == sum(len(family.samples) for family in parsed)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_openmetrics_tells_what_went_in(registries, seed):
    registry = registries[seed]
    text = body(registry, "openmetrics").decode()
    parsed = list(openmetrics_families(EXEMPLAR.sub("", text)))
    # This parser takes blanks from the beginning of a help text.
    wanted = {
        name: (help.lstrip(" "), samples)
        for name, (help, samples) in expected(registry, openmetrics_name, openmetrics=True).items()}
    assert differences(found(parsed), wanted) is None
    assert {family.name: family.type for family in parsed} == {
        openmetrics_name(family): family["type"] for family in registry["families"]}
    assert registry["sampleCounts"]["openmetrics"] == sum(len(family.samples) for family in parsed)


def unescaped(value):
    return re.sub(r"\\(.)", lambda escape: {"n": "\n"}.get(escape[1], escape[1]), value)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_openmetrics_tells_the_exemplars(registries, seed):
    registry = registries[seed]
    exemplars = sorted(
        (sorted((name, unescaped(value)) for name, value in LABEL.findall(labels)), float(value), float(time))
        for labels, value, time in EXEMPLAR.findall(body(registry, "openmetrics").decode()))
    assert exemplars == sorted(
        (sorted(exemplar["labels"].items()), number(exemplar["value"]), exemplar["time"])
        for family in registry["families"] if family["type"] == "histogram"
        for child in family["children"]
        for exemplar in last_exemplars(family, child).values())


@pytest.mark.parametrize("format", ["text", "openmetrics"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_families_and_children_stand_in_order(registries, seed, format):
    lines = body(registries[seed], format).decode().split("\n")
    names = [line.split(" ")[2] for line in lines if line.startswith("# HELP ")]
    registered = [family["name"] for family in sorted(registries[seed]["families"], key=lambda family: family["name"])]
    assert names == [
        openmetrics_name(family) if format == "openmetrics" else family["name"]
        for name in registered for family in registries[seed]["families"] if family["name"] == name]


def exemplar_of(message):
    labels = {pair.name: pair.value for pair in message.label}
    return labels, message.value, message.timestamp.seconds + message.timestamp.nanos / 1e9


def index(magnitude, schema):
    """The native bucket of a number, by its definition: the smallest whose bound 2^(index / 2^schema) is not below."""
    guess = math.ceil(math.log2(magnitude) * 2**schema)
    for candidate in range(guess - 2, guess + 3):
        if magnitude <= bound_of(candidate, schema):
            return candidate
    raise AssertionError(magnitude)


def bound_of(candidate, schema):
    whole, part = divmod(candidate, 2**schema)
    return math.ldexp(2 ** (part / 2**schema), whole)


def check_native(histogram, values):
    assert 0 <= histogram.schema <= 6
    assert histogram.zero_threshold == 2.0**-30
    tiny = [value for value in values if abs(value) <= histogram.zero_threshold]
    assert histogram.zero_count == len(tiny)
    for sign, spans, deltas in [
            (1, histogram.positive_span, histogram.positive_delta),
            (-1, histogram.negative_span, histogram.negative_delta)]:
        counts = {}
        for value in values:
            if abs(value) > histogram.zero_threshold and value * sign > 0:
                bucket = index(min(abs(value), 2.0**64), histogram.schema)
                counts[bucket] = counts.get(bucket, 0) + 1
        assert client_model.buckets(spans, deltas) == counts


def check_histogram(family, child, histogram):
    values = observations(child)
    assert histogram.sample_count == len(values)
    assert same(histogram.sample_sum, total(values))
    exemplars = last_exemplars(family, child)
    if family["isNative"]:
        check_native(histogram, values)
    else:
        assert not histogram.HasField("zero_threshold")
    if not family["bounds"]:
        assert len(histogram.bucket) == 0
        told = {math.inf: exemplar_of(exemplar) for exemplar in histogram.exemplars}
    else:
        assert [bucket.upper_bound for bucket in histogram.bucket] == [*family["bounds"], math.inf]
        assert [bucket.cumulative_count for bucket in histogram.bucket] == cumulative(family["bounds"], values)
        told = {
            bucket.upper_bound: exemplar_of(bucket.exemplar)
            for bucket in histogram.bucket if bucket.HasField("exemplar")}
    assert told == {
        bound: (exemplar["labels"], number(exemplar["value"]), exemplar["time"])
        for bound, exemplar in exemplars.items()}


def check_child(family, child, metric):
    kind = {"info": "gauge"}.get(family["type"], family["type"])
    assert [field.name for field, _ in metric.ListFields() if field.name != "label"] == [kind]
    value = getattr(metric, kind)
    if family["type"] == "histogram":
        check_histogram(family, child, value)
    else:
        assert same(value.value, number(child["value"]))
    if family["type"] in ["counter", "histogram"]:
        assert value.HasField("created_timestamp") == ("created" in child)
        if "created" in child:
            created = value.created_timestamp
            assert created.seconds + created.nanos / 1e9 == child["created"]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_protobuf_tells_what_went_in(registries, seed):
    registry = registries[seed]
    parsed = list(client_model.families(body(registry, "protobuf")))
    assert [family.name for family in parsed] == sorted(family["name"] for family in registry["families"])
    by_name = {family["name"]: family for family in registry["families"]}
    samples = 0
    for message in parsed:
        family = by_name[message.name]
        assert message.help == family["help"]
        assert message.type == {
            "counter": client_model.COUNTER, "gauge": client_model.GAUGE, "info": client_model.GAUGE,
            "histogram": client_model.HISTOGRAM}[family["type"]]
        children = {key(child["labels"]): child for child in family["children"]}
        metrics = {key({pair.name: pair.value for pair in metric.label}): metric for metric in message.metric}
        assert len(metrics) == len(message.metric)
        assert metrics.keys() == children.keys()
        for labels, metric in metrics.items():
            check_child(family, children[labels], metric)
            samples += len(metric.histogram.bucket) + 2 if metric.histogram.bucket else 1
    assert registry["sampleCounts"]["protobuf"] == samples


def test_the_bodies_end_as_their_formats_ask(registries):
    for registry in registries:
        assert body(registry, "openmetrics").endswith(b"# EOF\n")
        text = body(registry, "text")
        assert text == b"" or text.endswith(b"\n")
