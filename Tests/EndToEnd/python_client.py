"""The Python module as a voice server has it, and a server between it and the exporter that can fail in many ways."""

import asyncio
import importlib.util
import json
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "Sources/VoiceMonitoringServer/Clients/Files/voice_monitoring.py"
VARIABLE = "AMPLIFIER_VOICE_EXPORTER_URL"


def load():
    """The module anew, with nothing recorded."""
    spec = importlib.util.spec_from_file_location("voice_monitoring", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def address(server):
    return f"http://{server.host}:{server.port}"


def run_program(text, url, timeout=30):
    """Runs a program that imports the module, as a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", text], env={**os.environ, VARIABLE: url, "PYTHONPATH": str(FILE.parent)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Between:
    """Passes requests on to an exporter, or does with them what it is told, one request after the other.

    `script` holds what happens to the next ones: a status to answer with, `"lose"` for an answer that is lost once the
    exporter took the request, or `"hold"` to wait for `release`. When it is empty, requests pass.
    """

    def __init__(self, exporter=None, script=(), headers=None):
        self.exporter = exporter
        self.script = list(script)
        self.headers = headers or {}
        self.requests = []
        self.times = []
        self.release = threading.Event()
        self.lock = threading.Lock()

    @property
    def events(self):
        with self.lock:
            return [event for body in self.requests for event in json.loads(body)]

    def answer(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self.lock:
            self.requests.append(body)
            self.times.append(time.monotonic())
            step = self.script.pop(0) if self.script else None
        if step == "hold":
            self.release.wait(30)
        if isinstance(step, int):
            return self.send(handler, step, b"{}", self.headers)
        if self.exporter is None:
            report = {"accepted": len(json.loads(body)), "duplicates": 0, "rejected": []}
            return self.send(handler, 202, json.dumps(report).encode(), {})
        answer = self.exporter.request(
            "POST", handler.path, body, {"Content-Type": handler.headers["Content-Type"]})
        if step == "lose":
            handler.close_connection = True
            return None
        return self.send(handler, answer.status, answer.body, {})

    @staticmethod
    def send(handler, status, body, headers):
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    @contextmanager
    def serving(self):
        between = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                between.answer(self)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.host, self.port = server.server_address
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield self
        finally:
            self.release.set()
            server.shutdown()
            thread.join()
            server.server_close()


def accepted(exporter):
    """The accepted events by type."""
    prefix = 'amplifier_voice_exporter_ingest_events_total{kind="'
    return {
        series.removeprefix(prefix).removesuffix('"}'): value
        for series, value in exporter.samples().items() if series.startswith(prefix) and value}


def run(coroutine):
    """What a coroutine returns, in a thread of its own: the tests' own has the event loop of Chromium's driver."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
