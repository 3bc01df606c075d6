"""A client of the stream, which reads it line by line."""

import json
import time


class StreamClient:
    def __init__(self, exporter, topics=None):
        self._connection = exporter.connect()
        query = f"?topics={topics}" if topics else ""
        self._connection.request("GET", f"/metrics/stream{query}", headers={"Accept": "text/event-stream"})
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

    def event(self):
        """The name and the content of the next named event; none at the end."""
        lines, _ = self.message()
        if not lines:
            return None
        fields = dict(line.split(": ", 1) for line in lines)
        assert len(fields) == len(lines), f"a field is there twice: {lines}"
        return fields["event"], json.loads(fields["data"])
