"""`simulate` where things go wrong: one clear message on standard error, and the right exit code."""

import itertools
import json
import socket
import threading

import pytest

from exporter import Exporter, run
from simulation import Recorder, accepted, address, simulate

USAGE_ERROR = 2
FAILURE = 1


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def authority(recorder):
    return recorder.target.removeprefix("http://")


def test_nothing_listens():
    target = f"127.0.0.1:{free_port()}"
    ended = simulate(f"http://{target}")
    assert (ended.code, ended.output) == (FAILURE, "")
    assert ended.complaint == f"{target} cannot be reached. Start the exporter, or name another with --target.\n"


def test_the_default_target_is_the_default_address():
    ended = run("help", "simulate")
    assert "(default: http://127.0.0.1:9477)" in ended.stdout


def test_a_name_that_does_not_exist():
    ended = simulate("http://exporter.invalid:9477")
    assert (ended.code, ended.output) == (FAILURE, "")
    assert ended.complaint.startswith("exporter.invalid:9477 cannot be reached. ")


def test_a_server_that_never_answers():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        target = f"127.0.0.1:{silent.getsockname()[1]}"
        ended = simulate(f"http://{target}")
    assert (ended.code, ended.output) == (FAILURE, "")
    assert ended.complaint == f"{target} gave no answer within 10 s.\n"


def test_a_server_that_closes_the_connection():
    with Recorder(lambda events: None) as recorder:
        ended = simulate(recorder.target)
    assert (ended.code, ended.output) == (FAILURE, "")
    assert ended.complaint == f"{authority(recorder)} closed the connection without an answer.\n"


def test_a_server_that_closes_the_connection_before_it_reads():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closing = threading.Thread(target=lambda: listener.accept()[0].close())
        closing.start()
        target = f"127.0.0.1:{listener.getsockname()[1]}"
        ended = simulate(f"http://{target}")
        closing.join()
    assert (ended.code, ended.output) == (FAILURE, "")
    assert ended.complaint == f"{target} closed the connection without an answer.\n"


def test_what_was_accepted_before_a_failure_is_reported():
    answers = iter([accepted, accepted, lambda events: None])
    with Recorder(lambda events: next(answers)(events)) as recorder:
        ended = simulate(recorder.target, rate=1_000)
    assert (ended.code, ended.sums["sent"], ended.sums["accepted"]) == (FAILURE, 200, 200)
    assert ended.complaint == f"{authority(recorder)} closed the connection without an answer.\n"


def test_an_exporter_that_stops_in_between():
    stopping = []

    def answer(events):
        if not stopping and exporter.post(events).status == 202:
            stopping.append(exporter.stop())
            return accepted(events)
        return None

    with Exporter() as exporter, Recorder(answer) as recorder:
        ended = simulate(recorder.target, rate=1_000)
    assert stopping == [0]
    assert (ended.code, ended.sums["sent"]) == (FAILURE, 100)


@pytest.mark.parametrize(
    "status, body, shown",
    [
        (404, '{"error":{"code":"not_found"}}', r'404 "{\"error\":{\"code\":\"not_found\"}}"'),
        (500, "Internal Server Error", '500 "Internal Server Error"'),
        (503, "", '503 ""'),
        (202, "Thank you!", '202 "Thank you!"'),
        (200, '{"accepted":1,"duplicates":0}', r'200 "{\"accepted\":1,\"duplicates\":0}"'),
        (202, "[]", '202 "[]"'),
        (202, '{"accepted":true}', r'202 "{\"accepted\":true}"'),
        # Nothing that a server says reaches the terminal as it is.
        (500, "\x1b[31mred\nsecond line\0", r'500 "\u001b[31mred\nsecond line\u0000"'),
        (500, "x" * 500, '500 "' + "x" * 200 + '"'),
        (500, "x" * 5_000_000, '500 "' + "x" * 200 + '"'),
    ],
    ids=lambda value: ascii(value)[1:30] if isinstance(value, str) else None,
)
def test_a_server_that_is_no_exporter(status, body, shown):
    with Recorder(lambda events: (status, body)) as recorder:
        ended = simulate(recorder.target)
    assert (ended.code, ended.output) == (FAILURE, "")
    assert ended.complaint == f"{authority(recorder)} does not answer as an exporter does: {shown}\n"


def rejecting(kind, errors):
    """An exporter that does not know one type of event, with an error for each."""
    def answer(events):
        rejected = [
            {"index": index, "field": "type", "error": next(errors)}
            for index, event in enumerate(events) if event["type"] == kind]
        taken = len(events) - len(rejected)
        return 202 if taken else 400, json.dumps({"accepted": taken, "duplicates": 0, "rejected": rejected})
    return answer


def test_an_exporter_that_rejects_some_events():
    with Recorder(rejecting("vad", (f"is wrong ({number})." for number in itertools.count(1)))) as recorder:
        ended = simulate(recorder.target)
    assert (ended.code, ended.complaint) == (FAILURE, "")
    count = ended.counts["vad"]
    assert count > 0
    assert (ended.sums["rejected"], ended.sums["accepted"]) == (count, ended.sums["sent"] - count)
    assert ended.output.splitlines()[1] == 'The first rejection: "type is wrong (1)."'


def test_a_rejection_reaches_the_terminal_quoted():
    with Recorder(rejecting("vad", itertools.repeat("\x1b[2J\nis bad"))) as recorder:
        ended = simulate(recorder.target)
    assert ended.output.splitlines()[1] == r'The first rejection: "type \u001b[2J\nis bad"'


def test_an_exporter_that_rejects_everything():
    with Recorder(lambda events: (400, json.dumps({
        "accepted": 0, "duplicates": 0,
        "rejected": [{"index": 0, "field": None, "error": "This is not valid JSON."}],
    }))) as recorder:
        ended = simulate(recorder.target)
    assert (ended.code, ended.sums["accepted"]) == (FAILURE, 0)
    assert ended.output.splitlines()[1] == 'The first rejection: "event This is not valid JSON."'


@pytest.mark.parametrize("counted", ["duplicates", None])
def test_an_exporter_that_takes_nothing_for_new(counted):
    def answer(events):
        report = {"accepted": 0, "duplicates": 0, "rejected": []}
        return 202, json.dumps(report | ({counted: len(events)} if counted else {}))
    with Recorder(answer) as recorder:
        ended = simulate(recorder.target)
    assert (ended.code, ended.sums["accepted"], ended.sums["rejected"]) == (FAILURE, 0, 0)


def test_an_exporter_whose_limit_is_smaller_than_a_batch(tmp_path):
    file = tmp_path / "limits.json"
    file.write_text('{"limits": {"events_per_request": 10}}')
    with Exporter("--config", str(file)) as exporter:
        ended = simulate(address(exporter))
    assert ended.code == FAILURE
    assert "does not answer as an exporter does: 413 " in ended.complaint
    assert "too_many_events" in ended.complaint


@pytest.mark.parametrize(
    "flag, value",
    [
        ("--target", "nonsense"), ("--target", ""), ("--target", "127.0.0.1:9477"), ("--target", "http://"),
        ("--target", "https://127.0.0.1:9477"), ("--target", "ftp://127.0.0.1"), ("--target", "http://:80"),
        ("--target", "http://user@127.0.0.1"), ("--target", "http://127.0.0.1?query"),
        ("--target", "http://127.0.0.1#fragment"), ("--target", "http://127.0.0.1:-1"),
        ("--target", "http://127.0.0.1:0"), ("--target", "http://127.0.0.1:65536"),
        ("--target", "http://127.0.0.1:18446744073709551616"), ("--target", "http://[::1]:65536"),
        ("--target", "http://127.0.0.1:port"),
        ("--sessions", "0"), ("--sessions", "5001"), ("--sessions", "-1"), ("--sessions", "1.5"),
        ("--sessions", "many"),
        ("--rate", "0"), ("--rate", "0.09"), ("--rate", "1000001"), ("--rate", "-1"), ("--rate", "nan"),
        ("--rate", "inf"), ("--rate", "fast"),
        ("--seed", "-1"), ("--seed", "0.5"), ("--seed", "18446744073709551616"), ("--seed", "chance"),
        ("--conditions", "ugly"), ("--conditions", ""), ("--conditions", "Bad"),
    ],
)
def test_a_bad_value_names_its_flag(flag, value):
    ended = run("simulate", flag, value)
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert flag in ended.stderr.splitlines()[0]


@pytest.mark.parametrize("arguments", [["--unknown"], ["surplus"], ["--target"], ["--log.level", "info"]])
def test_a_bad_command_line_names_what_is_wrong(arguments):
    ended = run("simulate", *arguments)
    assert (ended.returncode, ended.stdout) == (USAGE_ERROR, "")
    assert arguments[0] in ended.stderr
