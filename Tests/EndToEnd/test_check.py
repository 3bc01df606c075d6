"""`check`: which configuration files are good, and what is said of bad ones. `serve` says the same."""

import json
import re
from pathlib import Path

import pytest

from exporter import Exporter, run

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PRICES = ROOT / "Sources/VoiceMonitoring/Prices/prices.json"

USAGE_ERROR = 2
VALID = (0, "The configuration is valid.\n", "")

OBJECT = "must be a JSON object."
UNKNOWN = "is not a known key."
NUMBER = "must be a number."
FLAG = "must be true or false."
STRING = "must be a string."
NAMES = "must be a list of names."
COUNT = "must be a whole number from 1 to 1000000."
SECONDS = "must be a whole number from 1 to 86400."
RISING = "must not decrease from target to warning to critical."
FALLING = "must not increase from target to warning to critical."

EVERYTHING = {
    "web.listen-address": "127.0.0.1:0",
    "log.level": "warning",
    "log.format": "json",
    "insecure": False,
    "demo": False,
    "origins": ["https://voice.example", "http://localhost:5173", "http://[::1]:8080"],
    "sessions_limit": 20,
    "dead_air_after_seconds": 6,
    "prices": str(PRICES),
    "names": {"tools": ["deploy", "a:b/c"], "agents": ["tester"]},
    "privacy": {"previews": False, "stack_traces": False},
    "limits": {
        "sessions": 100, "entries": 200, "realtime_entries": 100, "event_ids": 1_000, "names": 60, "session_lease_seconds": 60,
        "turn_lease_seconds": 300, "task_lease_seconds": 600, "connections": 100, "streams": 50, "scrapes": 4,
        "body_bytes": 65_536, "events_per_request": 1_000,
    },
    "thresholds": {
        "latency.ttfa_p95": {"target": 700, "warning": 1_000, "critical": 1_500},
        "latency.webrtc_connect": {"target": 600},
        "errors.total_errors_per_minute": {"warning": 8},
        "errors.openai_api_per_minute": {"critical": 20},
        "audio.mos_score": {"target": 4.2, "warning": 3.8, "critical": 3},
        "amplifier.queue_depth": {"warning": 25},
    },
}


def check(*arguments, **settings):
    ended = run("check", *arguments, settings=settings)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(
    "content",
    [
        {}, " {} \n", EVERYTHING, {"names": {}, "privacy": {}, "limits": {}, "thresholds": {}},
        {"names": {"tools": [], "agents": []}}, {"names": {"tools": ["task", "task"]}},
        {"names": {"tools": [f"tool{number}" for number in range(44)]}},
        {"limits": {"streams": 1}}, {"limits": {"streams": 1_000_000}}, {"limits": {"streams": 5.0}},
        {"limits": {"task_lease_seconds": 86_400}}, {"sessions_limit": 1}, {"limits": {"names": 6}},
        {"thresholds": {"latency.ttfa_p95": {}}},
        {"thresholds": {"latency.ttfa_p95": {"warning": 800, "target": 800, "critical": 800}}},
        {"thresholds": {"audio.mos_score": {"warning": 4.0}}}, {"thresholds": {"audio.jitter_ms": {"critical": 80}}},
        {"web.listen-address": "0.0.0.0:9477", "insecure": True}, {"demo": True},
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_good_file_is_valid(configured, content):
    assert check(*configured(content)) == VALID


def test_without_a_file_the_defaults_are_valid():
    assert check() == VALID


@pytest.mark.parametrize(
    "content, place, complaint",
    [
        # The file as a whole.
        ("", "", "is not valid JSON."),
        ("{", "", "is not valid JSON."),
        ("{} {}", "", "is not valid JSON."),
        ("{'demo': true}", "", "is not valid JSON."),
        ('{"demo": true,}', "", "is not valid JSON."),
        ('// A comment\n{"demo": true}', "", "is not valid JSON."),
        ('{"limits": {"streams": NaN}}', "", "is not valid JSON."),
        ("[]", "", OBJECT),
        ("null", "", OBJECT),
        ('"demo"', "", OBJECT),
        # Keys that nobody knows, on each level.
        ({"colour": "blue"}, "colour", UNKNOWN),
        ({"config": "other.json"}, "config", UNKNOWN),
        ({"log": {"level": "info"}}, "log", UNKNOWN),
        ({"Limits": {}}, "Limits", UNKNOWN),
        ({"names": {"voices": []}}, "names: voices", UNKNOWN),
        ({"privacy": {"names": False}}, "privacy: names", UNKNOWN),
        ({"limits": {"memory": 1}}, "limits: memory", UNKNOWN),
        ({"thresholds": {"latency.ttfa_p42": {}}}, "thresholds: latency.ttfa_p42", UNKNOWN),
        ({"thresholds": {"ttfa_p95": {}}}, "thresholds: ttfa_p95", UNKNOWN),
        ({"thresholds": {"latency.ttfa_p95": {"info": 1}}}, "thresholds: latency.ttfa_p95: info", UNKNOWN),
        # Other types than they should be.
        ({"web.listen-address": 9477}, "web.listen-address", STRING),
        ({"log.level": None}, "log.level", STRING),
        ({"log.format": ["json"]}, "log.format", STRING),
        ({"insecure": "true"}, "insecure", FLAG),
        ({"demo": 1}, "demo", FLAG),
        ({"sessions_limit": "50"}, "sessions_limit", NUMBER),
        ({"dead_air_after_seconds": "4"}, "dead_air_after_seconds", NUMBER),
        ({"prices": {"models": {}}}, "prices", STRING),
        ({"origins": "https://voice.example"}, "origins", NAMES),
        ({"names": ["deploy"]}, "names", OBJECT),
        ({"names": {"tools": "deploy"}}, "names: tools", NAMES),
        ({"names": {"tools": [1]}}, "names: tools", NAMES),
        ({"names": {"agents": {"tester": 1}}}, "names: agents", NAMES),
        ({"names": {"agents": ["tester", ""]}}, "names: agents", NAMES),
        ({"privacy": None}, "privacy", OBJECT),
        ({"privacy": {"previews": "no"}}, "privacy: previews", FLAG),
        ({"privacy": {"stack_traces": 0}}, "privacy: stack_traces", FLAG),
        ({"limits": []}, "limits", OBJECT),
        ({"limits": {"sessions": "many"}}, "limits: sessions", NUMBER),
        ({"limits": {"streams": None}}, "limits: streams", NUMBER),
        ({"limits": {"streams": True}}, "limits: streams", NUMBER),
        ({"thresholds": 1}, "thresholds", OBJECT),
        ({"thresholds": {"latency.ttfa_p95": 1000}}, "thresholds: latency.ttfa_p95", OBJECT),
        (
            {"thresholds": {"latency.ttfa_p95": {"warning": "1s"}}}, "thresholds: latency.ttfa_p95: warning", NUMBER,
        ),
        ({"thresholds": {"latency.ttfa_p95": {"target": None}}}, "thresholds: latency.ttfa_p95: target", NUMBER),
        # Beyond their ranges.
        ({"sessions_limit": 0}, "sessions_limit", COUNT),
        ({"sessions_limit": 1_000_001}, "sessions_limit", COUNT),
        *[
            ({"limits": {limit: value}}, f"limits: {limit}", COUNT)
            for limit in [
                "sessions", "entries", "realtime_entries", "event_ids", "names", "connections", "streams", "scrapes", "body_bytes",
                "events_per_request"]
            for value in [0, 1_000_001]
        ],
        *[
            ({"dead_air_after_seconds": value}, "dead_air_after_seconds", "must be a whole number from 1 to 600.")
            for value in [0, 601, 2.5]
        ],
        ({"limits": {"streams": -1}}, "limits: streams", COUNT),
        ({"limits": {"streams": 1.5}}, "limits: streams", COUNT),
        ({"limits": {"streams": 1e300}}, "limits: streams", COUNT),
        *[
            ({"limits": {f"{lease}_lease_seconds": value}}, f"limits: {lease}_lease_seconds", SECONDS)
            for lease in ["session", "turn", "task"] for value in [0, 86_401, 0.5]
        ],
        # Thresholds in the wrong order, with each other and with those that stay as they are.
        (
            {"thresholds": {"latency.ttfa_p95": {"warning": 2, "critical": 1, "target": 0}}},
            "thresholds: latency.ttfa_p95", RISING,
        ),
        ({"thresholds": {"latency.ttfa_p95": {"warning": 2_001}}}, "thresholds: latency.ttfa_p95", RISING),
        ({"thresholds": {"latency.ttfa_p95": {"target": 1_201}}}, "thresholds: latency.ttfa_p95", RISING),
        ({"thresholds": {"latency.ttfa_p95": {"critical": 1_199}}}, "thresholds: latency.ttfa_p95", RISING),
        ({"thresholds": {"audio.mos_score": {"warning": 4.1}}}, "thresholds: audio.mos_score", FALLING),
        ({"thresholds": {"audio.mos_score": {"critical": 3.6}}}, "thresholds: audio.mos_score", FALLING),
        # Thresholds that nobody would look at.
        (
            {"thresholds": {"sessions.active_count": {"warning": 40}}}, "thresholds: sessions.active_count",
            "has no thresholds to change.",
        ),
        (
            {"thresholds": {"latency.webrtc_connect": {"warning": 900}}}, "thresholds: latency.webrtc_connect",
            "has only a target to change.",
        ),
        (
            {"thresholds": {"latency.amplifier_task": {"critical": 90_000}}}, "thresholds: latency.amplifier_task",
            "has only a target to change.",
        ),
        # Names that would have no place.
        (
            {"names": {"tools": [f"tool{number}" for number in range(45)]}}, "",
            "has 51 names of tools with SPEC's own, and limits: names leaves 50.",
        ),
        (
            {"names": {"agents": ["tester", "writer", "reader"]}, "limits": {"names": 6}}, "",
            "has 7 names of agents with SPEC's own, and limits: names leaves 6.",
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_file_is_named_with_its_key(configured, content, place, complaint):
    flag, file = configured(content)
    said = f"Error: {flag} {file}{f': {place}' if place else ''} {complaint}"
    code, output, message = check(flag, file)
    assert (code, output, message.splitlines()[0]) == (USAGE_ERROR, "", said)


AS_OF = '{"as_of": "2026-11-23", "models": '
NOT_PRICES = "must be an object with as_of, a text, and models with prices."


@pytest.mark.parametrize(
    "prices, complaint",
    [
        (None, "cannot be read."), ("", NOT_PRICES), ("[]", NOT_PRICES), ('{"models": {}}', NOT_PRICES),
        (AS_OF + '{"m": {"audio_input": "4"}}}', NOT_PRICES),
        (AS_OF + '{"m": {"audio_input": -4}}}', "models.m.audio_input must not be negative."),
        (AS_OF + '{"m": {"laughter": 4}}}', "models.m.laughter is nothing that is priced."),
    ],
)
def test_a_bad_file_of_prices_is_named(configured, tmp_path, prices, complaint):
    path = tmp_path / "prices.json"
    if prices is not None:
        path.write_text(prices)
    flag, file = configured({"prices": str(path)})
    code, output, message = check(flag, file)
    said = f"Error: {flag} {file}: prices: {path} {complaint}"
    assert (code, output, message.splitlines()[0]) == (USAGE_ERROR, "", said)


@pytest.mark.parametrize(
    "content, said",
    [
        ({"web.listen-address": "nonsense"}, 'web.listen-address "nonsense" must be host:port'),
        ({"web.listen-address": "0.0.0.0:9477"}, "0.0.0.0:9477 can be reached from other machines"),
        ({"log.level": "loud"}, 'log.level "loud" is not a log level.'),
        ({"log.format": "xml"}, 'log.format "xml" must be text or json.'),
    ],
)
def test_a_bad_flag_in_the_file_is_named(configured, content, said):
    code, output, message = check(*configured(content))
    assert (code, output) == (USAGE_ERROR, "")
    assert said in message


@pytest.mark.parametrize("command", ["check", "serve", "rules"])
@pytest.mark.parametrize("kind", ["missing", "folder", "empty path"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, command, kind):
    file = {"missing": str(tmp_path / "missing.json"), "folder": str(tmp_path), "empty path": ""}[kind]
    ended = run(command, "--config", file)
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert ended.stderr.splitlines()[0] == f"Error: --config {file} cannot be read."


@pytest.mark.parametrize("command", ["serve", "rules"])
def test_other_commands_refuse_a_bad_file_too(configured, command):
    flag, file = configured({"limits": {"streams": 0}})
    ended = run(command, flag, file)
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert ended.stderr.splitlines()[0] == f"Error: {flag} {file}: limits: streams {COUNT}"


def test_bytes_that_are_no_utf_8_are_no_json(tmp_path):
    file = tmp_path / "latin1.json"
    file.write_bytes('{"names": {"tools": ["dépôt"]}}'.encode("latin-1"))
    code, _, message = check("--config", str(file))
    assert (code, message.splitlines()[0]) == (USAGE_ERROR, f"Error: --config {file} is not valid JSON.")


def test_the_environment_can_name_the_file(configured):
    _, file = configured({"colour": "blue"})
    code, _, message = check(AMPLIFIER_VOICE_EXPORTER_CONFIG=file)
    assert (code, message.splitlines()[0]) == (USAGE_ERROR, f"Error: --config {file}: colour {UNKNOWN}")


def test_the_flag_names_the_file_before_the_environment(configured, tmp_path):
    assert check(*configured({}), AMPLIFIER_VOICE_EXPORTER_CONFIG=str(tmp_path / "missing.json")) == VALID


@pytest.mark.parametrize("arguments", [["--web.listen-address", "nonsense"], ["--log.level", "loud"], ["surplus"]])
def test_check_looks_at_the_flags_too(arguments):
    code, output, message = check(*arguments)
    assert (code, output) == (USAGE_ERROR, "")
    assert arguments[0] in message


def test_an_exporter_starts_with_everything_configured(configured):
    with Exporter(*configured({**EVERYTHING, "log.level": "info"})) as exporter:
        assert exporter.get_json("/metrics/sessions")["limit"] == 20


def keys(value):
    """Every key of a configuration but those of thresholds, which numbers name."""
    for key, child in value.items():
        if isinstance(child, dict) and key != "thresholds":
            yield from (f"{key}.{name}" for name in keys(child))
        else:
            yield key


def section_of_the_readme():
    return README.read_text().partition("\n## Configuration\n")[2].partition("\n## ")[0]


def test_the_example_of_the_readme_is_valid(configured):
    example = re.search("```json\n(.*?)```", section_of_the_readme(), re.DOTALL)[1]
    assert json.loads(example)
    assert check(*configured(example)) == VALID


def test_the_table_of_the_readme_has_every_key():
    cells = re.findall(r"^\| (`.*?) \|", section_of_the_readme(), re.MULTILINE)
    assert sorted(re.findall("`(.+?)`", " ".join(cells))) == sorted(keys(EVERYTHING))
