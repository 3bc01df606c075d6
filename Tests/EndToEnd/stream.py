"""A client of the stream, which reads it line by line."""

import json
import time


class StreamClient:
    """`id` is that of the last event that had one, as browsers keep it."""

    def __init__(self, exporter, topics=None, last_id=None, query=""):
        self.id = last_id
        self._connection = exporter.connect()
        query = f"?topics={topics}{query}" if topics else ""
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last_id} if last_id else {})}
        self._connection.request("GET", f"/metrics/stream{query}", headers=headers)
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

    def wait_for(self, name):
        """The content of the next event of a name."""
        while event := self.event():
            if event[0] == name:
                return event[1]
        raise AssertionError(f"the stream ended without an event {name}")

    def event(self):
        """The name and the content of the next named event; none at the end."""
        lines, _ = self.message()
        if not lines:
            return None
        fields = dict(line.split(": ", 1) for line in lines)
        assert len(fields) == len(lines), f"a field is there twice: {lines}"
        self.id = fields.get("id", self.id)
        return fields["event"], json.loads(fields["data"])
