"""The description of the interface as it lies in the sources, and what JSON Schema says of values by it."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FILE = Path(__file__).resolve().parents[2] / "Sources/VoiceMonitoringServer/OpenAPI/openapi.json"
DOCUMENT = json.loads(FILE.read_text())

METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
JSON = "application/json; charset=utf-8"

_BASE = "urn:openapi"
_REGISTRY = Registry().with_resource(_BASE, DRAFT202012.create_resource(DOCUMENT))


def pointer(*steps):
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


@cache
def validator(*steps):
    """What checks values by the schema at a place of the document, with formats."""
    schema = {"$ref": f"{_BASE}#{quote(pointer(*steps), safe='/~')}"}
    return Draft202012Validator(schema, registry=_REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER)


def resolved(value):
    """What a value that may be a reference stands for; what stands beside the reference is added."""
    if "$ref" not in value:
        return value
    target = DOCUMENT
    for step in value["$ref"].removeprefix("#/").split("/"):
        target = target[step.replace("~1", "/").replace("~0", "~")]
    return resolved(target) | {key: beside for key, beside in value.items() if key != "$ref"}


def operations():
    """Every operation, as path, method and description."""
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def check_answer(answer, path, method="get"):
    """That the status, the content type and, where it is JSON, the body of an answer are as described."""
    responses = DOCUMENT["paths"][path][method]["responses"]
    assert str(answer.status) in responses, f"{method} {path} answers {answer.status}, which is not described"
    response = responses[str(answer.status)]
    content = resolved(response).get("content", {})
    if not content:
        assert answer.body == b""
        return
    content_type = answer.headers["Content-Type"]
    assert content_type in content, f"{method} {path} answers with {content_type}, which is not described"
    if content_type == JSON:
        place = (
            tuple(response["$ref"].removeprefix("#/").split("/")) if "$ref" in response
            else ("paths", path, method, "responses", str(answer.status)))
        check(answer.json, *place, "content", JSON, "schema")


def check(value, *steps):
    """That a value is as the schema at a place of the document says."""
    complaints = [f"{error.json_path}: {error.message}" for error in validator(*steps).iter_errors(value)]
    assert complaints == []
