"""The voice server of the tests as a process of its own on a free port, and its client."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from python_client import FILE, VARIABLE
from waiting import wait_until


class VoiceServer:
    """Ends with its `with` block."""

    def __init__(self, api, log, exporter_url="", queue_size=10_000):
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", "voice_server.observed:app", "--port", "0", "--no-access-log",
                 "--timeout-keep-alive", "600"],
                cwd=Path(__file__).parent, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env={**os.environ, VARIABLE: exporter_url, "REALTIME_API_URL": api.address,
                     "QUEUE_SIZE": str(queue_size), "PYTHONPATH": str(FILE.parent)})
        try:
            self.port = int(wait_until(self._find_port, "the voice server")[1])
        except BaseException:
            self.stop()
            raise
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()

    def _find_port(self):
        log = self.log.read_text()
        assert self.process.poll() is None, log
        return re.search(r"running on http://127\.0\.0\.1:(\d+)", log)

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
