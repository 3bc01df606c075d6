"""One connection with given bytes: the answers in their order, what becomes of the connection, and of the exporter."""

import json
import time
from dataclasses import dataclass

from rawhttp import RawConnection

HEALTHY = b"GET /-/healthy HTTP/1.1\r\nHost: exporter\r\n\r\n"


@dataclass
class RawAnswer:
    version: str
    status: int
    headers: dict
    body: bytes

    @property
    def code(self):
        """The code of a refusal; none in an answer that is none."""
        if not self.body.startswith(b'{"error":{"code":'):
            return None
        return json.loads(self.body)["error"]["code"]


class RawExchange(RawConnection):
    """Reads answers one by one, and never a byte more than an answer has."""

    def __init__(self, exporter):
        super().__init__(exporter)
        self._received = b""

    def deliver(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            # The exporter may refuse and close before everything was sent.
            pass

    def next_answer(self, method="GET"):
        head = self._take(self._find(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        version, status = head[0].split(" ")[:2]
        status = int(status)
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        has_body = method != "HEAD" and status >= 200
        size = int(headers["content-length"]) if has_body else 0
        while len(self._received) < size:
            self._receive()
        return RawAnswer(version, status, headers, self._take(size))

    def is_at_end(self):
        """Whether the exporter closes the connection, with nothing more on it."""
        return self._received + self.read_to_end() == b""

    def _take(self, size):
        taken, self._received = self._received[:size], self._received[size:]
        return taken

    def _find(self, end):
        while end not in self._received:
            self._receive()
        return self._received.index(end) + len(end)

    def _receive(self):
        part = self.socket.recv(65536)
        assert part, f"the connection ended after {self._received!r}"
        self._received += part


def check_exchange(exporter, data, expected, closes, methods=("GET",)):
    """That given bytes are answered with these statuses and codes, and that the exporter is well after that.

    `expected` holds pairs of status and code. Where the connection stays open, it takes another request: the answers
    had no byte too many and no request was taken for another.
    """
    with RawExchange(exporter) as connection:
        connection.deliver(data)
        answers = [
            connection.next_answer(methods[min(index, len(methods) - 1)]) for index in range(len(expected))]
        assert [(answer.status, answer.code) for answer in answers] == expected
        assert_healthy(exporter)
        if closes:
            assert connection.is_at_end()
        else:
            connection.deliver(HEALTHY)
            answer = connection.next_answer()
            assert (answer.status, answer.body) == (200, b"amplifier-voice-exporter is healthy.\n")
    return answers


def assert_healthy(exporter):
    begin = time.monotonic()
    assert exporter.request("GET", "/-/healthy").status == 200
    assert time.monotonic() - begin < 1


def request(path="/-/ready", *fields, method="GET", version="HTTP/1.1", host="Host: exporter", body=b""):
    """A request as bytes. Fields are text without their line ends, or bytes as they are."""
    lines = [f"{method} {path} {version}", *([host] if host else []), *fields, "", ""]
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + body


EVENT = b'{"type":"session.started","session_id":"one"}'
JSON = "Content-Type: application/json"
LENGTH = f"Content-Length: {len(EVENT)}"
CHUNKED = "Transfer-Encoding: chunked"
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(EVENT), EVENT)


def post(*fields, body=EVENT, path="/api/events", version="HTTP/1.1"):
    return request(path, JSON, *fields, method="POST", version=version, body=body)
