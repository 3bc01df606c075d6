"""The program under test: started on a free loopback port, asked over HTTP, stopped by its own process id."""

import http.client
import json
import os
import queue
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

TIMEOUT = 10
MAXIMUM_BODY_SIZE = 1 << 20
MAXIMUM_EVENT_COUNT = 10_000
ENVIRONMENT_PREFIX = "AMPLIFIER_VOICE_EXPORTER_"


def binary():
    path = os.environ.get("EXPORTER")
    assert path, "The environment variable EXPORTER must hold the path of the built program."
    assert Path(path).is_file(), f"EXPORTER: there is no file {path}."
    return path


def environment(settings=None):
    # Settings of the caller's own exporter must not reach the one under test.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ENVIRONMENT_PREFIX)}
    # After a crash the backtracer would hold the log's pipe open for minutes.
    return {**inherited, "SWIFT_BACKTRACE": "enable=no", **(settings or {})}


def run(*arguments, settings=None):
    """Runs the program to its end."""
    return subprocess.run(
        [binary(), *arguments], env=environment(settings), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=TIMEOUT)


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Exporter:
    """A running exporter. Leaving the `with` block stops it and checks that it stopped in peace."""

    def __init__(self, *arguments, settings=None):
        self.log = []
        self._lines = queue.Queue()
        self.process = subprocess.Popen(
            [binary(), "--web.listen-address", "127.0.0.1:0", "--log.format", "json", *arguments],
            env=environment(settings), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True)
        self._reader = threading.Thread(target=self._read_log)
        self._reader.start()
        try:
            self.host, self.port = self._await_address()
        except BaseException:
            self.kill()
            raise

    def _read_log(self):
        for line in self.process.stderr:
            self._lines.put(line)
        self._lines.put(None)

    def _await_address(self):
        while True:
            line = self._lines.get(timeout=TIMEOUT)
            assert line is not None, f"The exporter ended before it listened: {self.log}"
            self.log.append(json.loads(line))
            if self.log[-1]["message"] == "Listening.":
                host, _, port = self.log[-1]["address"].rpartition(":")
                return host, int(port)

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        if failure:
            self.kill()
        elif self.process.returncode is None:
            assert self.stop() == 0, f"The exporter did not end in peace: {self.log}"

    def stop(self, signal_number=signal.SIGTERM):
        """Tells the program to end, and returns its exit code."""
        try:
            self.process.send_signal(signal_number)
            return self.process.wait(TIMEOUT)
        finally:
            self.kill()

    def kill(self):
        """Ends the program, if it still runs, and collects the rest of its log."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        while not self._lines.empty():
            line = self._lines.get()
            if line is not None:
                self.log.append(json.loads(line))
        self.process.stderr.close()

    def connect(self):
        return http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)

    def request(self, method, path, body=None, headers=None):
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def post(self, body, content_type="application/json"):
        """Posts a body as it is, or events as JSON."""
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        return self.request("POST", "/api/events", body, {"Content-Type": content_type})

    def record(self, *events):
        """Posts events, each of which must be accepted."""
        answer = self.post(events)
        assert (answer.status, answer.json) == (202, {"accepted": len(events), "duplicates": 0, "rejected": []})

    def get_json(self, path):
        answer = self.request("GET", path)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        return answer.json

    def exposition(self):
        answer = self.request("GET", "/metrics")
        assert answer.status == 200
        return answer.body.decode()

    def samples(self):
        """The value of every series, by its name as the exposition writes it."""
        return samples(self.exposition())

    def sample(self, series):
        return self.samples()[series]

    def memory(self, field="VmRSS"):
        """A figure of /proc/PID/status, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        kibibytes = next(line for line in status.splitlines() if line.startswith(f"{field}:")).split()[1]
        return int(kibibytes) * 1024


def own(parsed):
    """The families of the exporter itself, an info of OpenMetrics as the gauge that it is in the text format.

    What its libraries count appears when they first count it.
    """
    found = [family for family in parsed if not family.documentation.endswith(", of swift-metrics.")]
    for family in found:
        if family.type == "info":
            family.name, family.type = f"{family.name}_info", "gauge"
    return found


def families(exposition):
    return own(text_string_to_metric_families(exposition))


def samples(exposition):
    values = {}
    for family in families(exposition):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sample.labels.items())
            series = f"{sample.name}{{{labels}}}" if labels else sample.name
            assert series not in values, f"{series} is there twice"
            values[series] = sample.value
    return values
