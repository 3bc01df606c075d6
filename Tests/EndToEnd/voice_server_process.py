"""The voice server of the tests as a process of its own on a free port, and its client."""

import http.client
import json
import os
import sys
import time
from pathlib import Path

from listening import ListeningProgram
from python_client import FILE, VARIABLE


class VoiceServer(ListeningProgram):
    """Ends with its `with` block."""

    address_in_log = r"running on http://(127\.0\.0\.1:\d+)"

    def __init__(self, api, log, exporter_url="", queue_size=10_000):
        self.start(
            [sys.executable, "-m", "uvicorn", "voice_server.observed:app", "--port", "0", "--no-access-log",
             "--timeout-keep-alive", "600"],
            log, cwd=Path(__file__).parent,
            env={**os.environ, VARIABLE: exporter_url, "REALTIME_API_URL": api.address,
                 "QUEUE_SIZE": str(queue_size), "PYTHONPATH": str(FILE.parent)})
        self.connection = http.client.HTTPConnection(self.address, timeout=30)

    def __exit__(self, *_):
        self.connection.close()
        self.stop()

    def ask(self, method, path, body=None, headers=None):
        """What a route answers: its headers, its JSON, and how many seconds it took."""
        begin = time.perf_counter()
        self.connection.request(method, path, body and json.dumps(body), headers or {})
        response = self.connection.getresponse()
        text = response.read()
        took = time.perf_counter() - begin
        assert response.status == 200, (path, response.status, text, self.log.read_text())
        is_json = response.headers["Content-Type"] == "application/json"
        return response.headers, json.loads(text) if is_json else text.decode(), took

    def counts(self):
        return self.ask("GET", "/counts")[1]
