"""`GET /openapi.json`: how it is served, and that the document is in itself sound."""

import gzip
import json

import pytest
from openapi_spec_validator import validate

from exporter import Exporter, run
from openapi import DOCUMENT, FILE, JSON, operations, resolved

# What may be anything: what a sender attached, and this document.
ANYTHING = [
    {"type": kind, "additionalProperties": True} for kind in (["object", "null"], "object")]

# What the server says before any route is asked.
OF_EVERY_ROUTE = {"400", "415", "417", "431", "500", "501"}


@pytest.fixture(scope="module")
def exporter():
    with Exporter() as exporter:
        yield exporter


def get(exporter, **headers):
    return exporter.request("GET", "/openapi.json", headers=headers)


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        yield from references(value.get("discriminator", {}).get("mapping", {}).values())
        value = value.values()
    if isinstance(value, str):
        yield value
    elif not isinstance(value, (bool, int, float, type(None))):
        for child in value:
            if not isinstance(child, str):
                yield from references(child)


def schemas_of_answers():
    """Every schema that an answer is made of, each once."""
    waiting = [
        media["schema"]
        for _, _, operation in operations()
        for response in operation["responses"].values()
        for media in resolved(response).get("content", {}).values()]
    waiting.append(DOCUMENT["components"]["schemas"]["StreamMessage"])
    seen = []
    while waiting:
        schema = resolved(waiting.pop())
        if schema in seen:
            continue
        seen.append(schema)
        yield schema
        waiting += schema.get("properties", {}).values()
        waiting += schema.get("oneOf", []) + schema.get("allOf", [])
        waiting += [part for part in (schema.get("items"), schema.get("additionalProperties")) if isinstance(part, dict)]


def test_the_program_serves_the_document(exporter):
    answer = get(exporter)
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, JSON, "no-cache")
    # It is sent without its indentation.
    assert answer.body.splitlines() == [line.strip() for line in FILE.read_bytes().splitlines()]


def test_the_document_is_compressed_where_gzip_is_asked_for(exporter):
    plain, compressed = get(exporter), get(exporter, **{"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.body) == plain.body
    assert len(compressed.body) < len(plain.body) / 5
    assert compressed.headers["ETag"] != plain.headers["ETag"]
    assert {answer.headers["Vary"] for answer in (plain, compressed)} == {"Accept-Encoding"}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_whoever_has_the_document_is_told_so(exporter, encoding):
    first = get(exporter, **{"Accept-Encoding": encoding})
    tag = first.headers["ETag"]
    again = get(exporter, **{"Accept-Encoding": encoding, "If-None-Match": tag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    other = get(exporter, **{"Accept-Encoding": encoding, "If-None-Match": '"another"'})
    assert (other.status, other.body) == (200, first.body)


def test_the_document_is_openapi():
    assert DOCUMENT["openapi"] == "3.1.0"
    validate(DOCUMENT)


def test_the_document_has_the_version_of_the_program():
    assert run("--version").stdout == f"amplifier-voice-exporter {DOCUMENT['info']['version']}\n"


def test_every_component_is_used():
    described = {
        f"#/components/{kind}/{name}" for kind, components in DOCUMENT["components"].items() for name in components}
    assert described - set(references(DOCUMENT)) == set()


def test_operations_have_names_of_their_own_and_known_tags():
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(names)) == len(names)
    tags = {tag["name"] for tag in DOCUMENT["tags"]}
    assert {tag for _, _, operation in operations() for tag in operation["tags"]} == tags


def test_every_operation_describes_what_can_happen_to_any_request():
    assert {
        f"{method} {path}": OF_EVERY_ROUTE - operation["responses"].keys()
        for path, method, operation in operations()
        if OF_EVERY_ROUTE - operation["responses"].keys()
    } == {}


def test_no_answer_can_have_a_field_that_is_not_described():
    open_ended = [
        schema for schema in schemas_of_answers()
        if "object" in schema.get("type", []) and schema.get("additionalProperties", True) is True]
    assert [schema for schema in open_ended if schema not in ANYTHING] == []


def test_no_answer_can_lack_a_field_that_is_described():
    found = [schema for schema in schemas_of_answers() if schema.get("type") == "object" and "properties" in schema]
    assert len(found) > 20
    assert [schema["properties"].keys() ^ schema["required"] for schema in found] == [set()] * len(found)
