"""Flags, the environment, messages and exit codes."""

import re
import socket

import pytest

from exporter import Exporter, run

USAGE_ERROR = 2
FAILURE = 1

FLAGS = [
    "--web.listen-address", "--insecure", "--demo", "--config", "--log.level", "--log.format", "--version", "--help"]

# The commands, and the flags that are theirs.
COMMANDS = {
    "serve": FLAGS,
    "simulate": ["--target", "--sessions", "--rate", "--seed", "--conditions", "--version", "--help"],
    "check": FLAGS,
    "rules": ["--output", "--runbook-url", "--config", "--version", "--help"],
}


@pytest.mark.parametrize(
    "flag, value",
    [
        ("--web.listen-address", "nonsense"),
        ("--web.listen-address", ""),
        ("--web.listen-address", "127.0.0.1"),
        ("--web.listen-address", "127.0.0.1:65536"),
        ("--web.listen-address", "127.0.0.1:-1"),
        ("--web.listen-address", "::1:9477"),
        ("--log.level", "loud"),
        ("--log.level", ""),
        ("--log.format", "xml"),
    ],
)
def test_a_bad_value_names_its_flag(flag, value):
    ended = run(flag, value)
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert f'{flag} "{value}"' in ended.stderr


@pytest.mark.parametrize(
    "variable, value",
    [
        ("AMPLIFIER_VOICE_EXPORTER_WEB_LISTEN_ADDRESS", "nonsense"),
        ("AMPLIFIER_VOICE_EXPORTER_LOG_LEVEL", "loud"),
        ("AMPLIFIER_VOICE_EXPORTER_LOG_FORMAT", "xml"),
        ("AMPLIFIER_VOICE_EXPORTER_INSECURE", "perhaps"),
    ],
)
def test_a_bad_value_in_the_environment_names_its_variable(variable, value):
    ended = run(settings={variable: value})
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert f'{variable} "{value}"' in ended.stderr


@pytest.mark.parametrize("arguments", [["--unknown"], ["--log.level"], ["surplus"], ["serve", "--unknown"]])
def test_a_bad_command_line_names_what_is_wrong(arguments):
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert arguments[-1] in ended.stderr


@pytest.mark.parametrize("address", ["0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "voice.example:0", "127.example:0"])
def test_another_address_than_loopback_is_refused(address):
    ended = run("--web.listen-address", address)
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert "--web.listen-address" in ended.stderr
    assert "--insecure" in ended.stderr


@pytest.mark.parametrize(
    "arguments, settings", [(["--insecure"], {}), ([], {"AMPLIFIER_VOICE_EXPORTER_INSECURE": "true"})])
def test_another_address_is_allowed_where_it_is_called_insecure(arguments, settings):
    with Exporter("--web.listen-address", "0.0.0.0:0", *arguments, settings=settings) as exporter:
        assert exporter.request("GET", "/-/ready").status == 200


def test_a_taken_port_is_a_failure_that_names_the_address():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ended = run("--web.listen-address", address)
    assert (ended.returncode, ended.stdout) == (FAILURE, "")
    assert address in ended.stderr
    assert "Address already in use" in ended.stderr


def test_the_environment_stands_behind_the_flags():
    settings = {
        "AMPLIFIER_VOICE_EXPORTER_WEB_LISTEN_ADDRESS": "nonsense",
        "AMPLIFIER_VOICE_EXPORTER_LOG_FORMAT": "xml",
        "AMPLIFIER_VOICE_EXPORTER_LOG_LEVEL": "notice",
    }
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ended = run("--web.listen-address", address, "--log.format", "json", settings=settings)
    # The level is the environment's, so that there is no "Starting.".
    assert ended.returncode == FAILURE
    assert [re.search('"level":"([a-z]+)"', line)[1] for line in ended.stderr.splitlines()] == ["error"]


def test_serve_is_the_default_command():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert run("serve", "--web.listen-address", address).returncode == FAILURE
        assert run("--web.listen-address", address).returncode == FAILURE


def test_a_log_line_of_text_quotes_its_values():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("--web.listen-address", f"127.0.0.1:{taken.getsockname()[1]}")
    pair = r'[a-z_]+="(?:[^"\\]|\\.)*"'
    for line in ended.stderr.splitlines():
        assert re.fullmatch(rf'time="[^"]+" level="[a-z]+" message="[^"]+"(?: {pair})*', line)


def test_version_names_the_program():
    ended = run("--version")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert re.fullmatch(r"amplifier-voice-exporter \d+\.\d+\.\d+\n", ended.stdout)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_help_lists_the_commands(arguments):
    ended = run(*arguments)
    assert (ended.returncode, ended.stderr) == (0, "")
    _, _, listed = ended.stdout.partition("SUBCOMMANDS:\n")
    assert re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE) == list(COMMANDS)
    assert "serve (default)" in listed
    assert "--version" in ended.stdout
    assert "AMPLIFIER_VOICE_EXPORTER_" in ended.stdout


@pytest.mark.parametrize("command, flags", COMMANDS.items())
@pytest.mark.parametrize("form", ["{} --help", "help {}"])
def test_help_names_every_flag_of_a_command(command, flags, form):
    ended = run(*form.format(command).split())
    assert (ended.returncode, ended.stderr) == (0, "")
    _, _, options = ended.stdout.partition("OPTIONS:\n")
    assert re.findall(r"^  (?:-h, )?(--[a-z.-]+)", options, re.MULTILINE) == flags


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_knows_the_version(command):
    assert run(command, "--version").stdout == run("--version").stdout
