"""A client of the stream, which reads it line by line."""

import time


class StreamClient:
    def __init__(self, exporter):
        self._connection = exporter.connect()
        self._connection.request("GET", "/metrics/stream", headers={"Accept": "text/event-stream"})
        self.response = self._connection.getresponse()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.response.close()
        self._connection.close()

    def message(self):
        """The lines of the next message and the instant at which it was complete; no lines at the end."""
        lines = []
        while line := self.response.readline().decode():
            assert line.endswith("\n"), f"the stream broke off within a line: {line!r}"
            if line == "\n":
                break
            lines.append(line.removesuffix("\n"))
        return lines, time.monotonic()
