"""`simulate` run to its end: what it reports, and servers in an exporter's place that record what they are sent."""

import contextlib
import json
import re
import subprocess
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from exporter import binary, environment

# Longer than the deadline of an answer, which one test waits for.
TIMEOUT = 30

_SUM = re.compile(
    r"Sent (?P<sent>\d+) events of seed (?P<seed>\d+) in \d+ s \(\d+ a second\): (?P<accepted>\d+) accepted, "
    r"(?P<duplicates>\d+) duplicates, (?P<rejected>\d+) rejected\.")


@dataclass
class Ended:
    """A simulation that ended."""

    code: int
    output: str
    complaint: str

    @property
    def sums(self):
        """Sent, accepted, duplicates and rejected, and the seed."""
        found = _SUM.fullmatch(self.output.splitlines()[0])
        assert found, self.output
        return {name: int(value) for name, value in found.groupdict().items()}

    @property
    def counts(self):
        """Events sent, by type."""
        lines = [line.rpartition(" ") for line in self.output.splitlines()[1:] if "rejection" not in line]
        return {kind: int(count) for kind, _, count in lines}


def command(target, *arguments, sessions, rate, seed):
    seeded = [] if seed is None else ["--seed", str(seed)]
    return [
        binary(), "simulate", "--target", target, "--sessions", str(sessions), "--rate", str(rate), *seeded, *arguments]


def simulate(target, *arguments, sessions=2, rate=100_000, seed=7):
    ended = subprocess.run(
        command(target, *arguments, sessions=sessions, rate=rate, seed=seed), env=environment(),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@contextlib.contextmanager
def simulating(target, *arguments, sessions, rate, seed):
    """A simulation that goes on beside the test, and is cut off where it is not over by then."""
    process = subprocess.Popen(
        command(target, *arguments, sessions=sessions, rate=rate, seed=seed), env=environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield
        assert process.poll() in (None, 0), "not everything was accepted"
    finally:
        process.terminate()
        process.wait(TIMEOUT)


def address(exporter):
    return f"http://{exporter.host}:{exporter.port}"


def accepted(events):
    """The answer of an exporter that takes everything."""
    return 202, json.dumps({"accepted": len(events), "duplicates": 0, "rejected": []})


class Recorder:
    """A server that keeps what it is sent and answers as it is told: with a status and a body for each batch of events.

    None in the place of an answer closes the connection.
    """

    def __init__(self, answer=accepted):
        recorder = self
        self.paths = []
        self.batches = []
        self.bodies = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                recorder.paths.append(self.path)
                recorder.bodies.append(body)
                recorder.batches.append(json.loads(body))
                answer_of_batch = answer(recorder.batches[-1])
                if answer_of_batch is None:
                    self.close_connection = True
                    return
                status, text = answer_of_batch
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def target(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def events(self):
        return [event for batch in self.batches for event in batch]
