"""What `/openapi.json` says of events is what the exporter takes: neither more nor less."""

import copy
import json
import math
import re

import pytest

from exporter import Exporter
from openapi import DOCUMENT, FILE, check, resolved, validator

SCHEMAS = DOCUMENT["components"]["schemas"]
EVENTS = {
    name: reference.rpartition("/")[2] for name, reference in SCHEMAS["Event"]["discriminator"]["mapping"].items()}
DECODERS = FILE.parents[2] / "VoiceMonitoring/Events"
READINGS = SCHEMAS["AudioReadings"]["properties"].keys()

# Values of all sorts for every field. Some are right for some fields.
PROBES = [
    None, True, False, "", "x", "nonsense", "x" * 9_000, "2026-01-31T12:34:56.789Z", "2026-01-31T12:34:56+01:00",
    "2026-01-31", "1769862896", 0, -0.0, -1, 1, 0.5, 1.5, 99_999, 2 ** 53, 1e300, [], ["x"], {}, {"a": {"b": [None]}},
]


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        yield exporter


def fields(schema):
    """The fields of a schema and of those that it adds to, with what is said of each."""
    found = {}
    for part in [*schema.get("allOf", []), {"properties": schema["properties"]}]:
        for name, field in resolved(part)["properties"].items():
            found[name] = resolved(field)
    return found


def bounds(field):
    """Values at the bounds of a field and just beyond them."""
    parts = [field, *field.get("oneOf", [])]
    whole = "integer" in str(field.get("type"))
    for part in parts:
        for bound, direction in [("minimum", -math.inf), ("maximum", math.inf)]:
            if bound in part:
                edge = part[bound]
                yield edge
                yield edge + int(math.copysign(1, direction)) if whole else math.nextafter(edge, direction)
        for bound, change in [("minLength", -1), ("maxLength", 1)]:
            for letter in "xé🎙" if bound in part else "":
                yield letter * part[bound]
                yield letter * (part[bound] + change)
        if "maxProperties" in part:
            yield {f"key{number}": 1 for number in range(part["maxProperties"])}
            yield {f"key{number}": 1 for number in range(part["maxProperties"] + 1)}
        yield from part.get("enum", [])


def mutations(example, name, field):
    """The example with each probe in the place of a field, and without the field."""
    base = {key: value for key, value in example.items() if key not in ("id", name)}
    yield base
    for probe in [*PROBES, *bounds(field)]:
        yield {**base, name: probe}


def examples(name):
    return copy.deepcopy(SCHEMAS[name]["examples"])


@pytest.mark.parametrize("name, schema", EVENTS.items())
def test_each_example_is_as_described_and_accepted(exporter, name, schema):
    shown = examples(schema)
    assert {example["type"] for example in shown} == {name}
    for example in shown:
        check(example, "components", "schemas", "Event")
    assert exporter.post(shown).json["rejected"] == []


@pytest.mark.parametrize("schema", EVENTS.values())
def test_the_examples_have_every_field(schema):
    seen = set().union(*examples(schema), ["id", "at", "session_id"])
    assert fields(SCHEMAS[schema]).keys() - seen == set()


@pytest.mark.parametrize("schema", EVENTS.values())
def test_the_exporter_takes_what_is_described_and_refuses_the_rest(exporter, schema):
    described = fields(SCHEMAS[schema])
    probes = [
        (name, event)
        for name, field in described.items() if name != "type"
        for event in mutations(examples(schema)[-1], name, field)]
    if schema == "AudioStatsEvent":
        bare = {"type": "audio.stats", "session_id": "one"}
        probes += [(name, event) for name in READINGS for event in mutations(bare, name, described[name])]
    answer = exporter.post([event for _, event in probes]).json
    refusals = {refusal["index"]: refusal["field"] for refusal in answer["rejected"]}
    check_choices(described, answer["rejected"])
    by_schema = validator("components", "schemas", schema)
    disagreements = [
        (event, "refused" if index in refusals else "accepted")
        for index, (_, event) in enumerate(probes)
        if by_schema.is_valid(event) == (index in refusals)]
    assert disagreements == []
    wrong_fields = [
        (probes[index], field) for index, field in refusals.items()
        # Where no reading is left, the first one is named.
        if field != probes[index][0] and not (field == "jitter_ms" and schema == "AudioStatsEvent")]
    assert wrong_fields == []
    # Both ends were tried.
    assert len(refusals) > len(probes) / 4
    assert len(probes) - len(refusals) > len(described)


def check_choices(described, rejected):
    """That the values which a refusal names are those that are described."""
    choices = {
        refusal["field"]: refusal["error"].removeprefix("must be one of: ").removesuffix(".").split(", ")
        for refusal in rejected if refusal["error"].startswith("must be one of: ")}
    assert choices == {
        name: [value for value in field["enum"] if value is not None]
        for name, field in described.items() if "enum" in field}


def test_every_field_that_the_exporter_reads_is_described():
    read = {
        name for file in DECODERS.glob("*.swift")
        for name in re.findall(r'\bfields\.(?!write)\w+\(\s*"(\w+)"', file.read_text())}
    described = set().union(*(fields(SCHEMAS[name]) for name in [*EVENTS.values(), "AudioPost"]))
    assert read >= {"type", "session_id", "packetsLost"}
    # The snippet's packetLoss is described to say that nobody reads it.
    assert read ^ described == {"packetLoss"}


@pytest.mark.parametrize("kind", ["session.exploded", "", "Session.Started", None, 5])
def test_an_event_of_no_type_is_neither_described_nor_taken(exporter, kind):
    event = {"type": kind, "session_id": "one"}
    assert not validator("components", "schemas", "Event").is_valid(event)
    assert [refusal["field"] for refusal in exporter.post(event).json["rejected"]] == ["type"]


@pytest.mark.parametrize("depth, expected", [(7, 202), (8, 400)])
def test_a_context_has_eight_levels_at_most(exporter, depth, expected):
    context = value = {}
    for _ in range(depth - 1):
        value["deeper"] = value = {}
    value["deeper"] = 1
    assert exporter.post({**examples("ErrorEvent")[0], "request_context": context}).status == expected


class AudioPoster:
    """Posts bodies over one connection."""

    def __init__(self, exporter):
        self._connection = exporter.connect()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def post(self, body, content_type, path="/api/metrics/audio"):
        self._connection.request("POST", path, json.dumps(body), {"Content-Type": content_type})
        response = self._connection.getresponse()
        return response.status, json.loads(response.read())


@pytest.fixture(scope="module")
def poster(exporter):
    with AudioPoster(exporter) as poster:
        yield poster


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "text/plain;charset=UTF-8"])
def test_each_example_of_an_audio_post_is_as_described_and_accepted(poster, content_type):
    for example in examples("AudioPost"):
        check(example, "components", "schemas", "AudioPost")
        assert poster.post(example, content_type) == (202, {"accepted": 1, "duplicates": 0, "rejected": []})


@pytest.mark.parametrize("name, field", fields(SCHEMAS["AudioPost"]).items())
def test_the_exporter_takes_the_audio_posts_that_are_described_and_refuses_the_rest(poster, name, field):
    by_schema = validator("components", "schemas", "AudioPost")
    disagreements = []
    for base in [*examples("AudioPost"), {}, {"packetsReceived": 50}]:
        for body in mutations(base, name, field):
            status, report = poster.post(body, "application/json")
            if by_schema.is_valid(body) != (status == 202):
                disagreements.append((body, status))
            assert {refusal["field"] for refusal in report["rejected"]} <= {name, "jitter"}
    assert disagreements == []


@pytest.mark.parametrize("length, expected", [(0, 400), (1, 202), (128, 202), (129, 400)])
def test_the_session_of_an_audio_post_has_the_described_length(poster, length, expected):
    path = f"/api/metrics/audio?session_id={length * 'x'}"
    assert poster.post({"jitter": 5}, "application/json", path)[0] == expected


def test_the_examples_of_requests_are_accepted(exporter):
    for path, content_type, example in [
        (path, content_type, example["value"])
        for path in ["/api/events", "/api/metrics/audio"]
        for content_type, media in DOCUMENT["paths"][path]["post"]["requestBody"]["content"].items()
        for example in media.get("examples", {}).values()
    ]:
        body = example if isinstance(example, str) else json.dumps(example)
        answer = exporter.request("POST", path, body.encode(), {"Content-Type": content_type})
        assert (answer.status, answer.json["rejected"]) == (202, []), example
