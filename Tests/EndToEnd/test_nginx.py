"""nginx with its defaults in front: it speaks HTTP/1.0 to the exporter and would buffer answers."""

import shutil
import socket
import subprocess
import time
from types import SimpleNamespace

import pytest

import exporter as exporter_module
from chromium import dashboard
from stream import StreamClient
from waiting import wait_until

CONFIGURATION = """
daemon off;
pid {folder}/pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://{exporter.host}:{exporter.port}; }}
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def proxy(exporter, tmp_path):
    """Where nginx listens, with the methods of an exporter that its clients need."""
    executable = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    assert executable, "The tests need the Debian package nginx-light."
    port = free_port()
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=tmp_path, port=port, exporter=exporter))
    process = subprocess.Popen(
        [executable, "-c", configuration, "-p", tmp_path, "-e", "stderr"], stdin=subprocess.DEVNULL)
    proxy = SimpleNamespace(host="127.0.0.1", port=port)
    proxy.connect = lambda: exporter_module.Exporter.connect(proxy)
    try:
        wait_until(lambda: process.poll() is not None or answers(proxy), "nginx")
        assert process.poll() is None
        yield proxy
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            process.kill()
            process.wait()


def answers(proxy):
    try:
        return socket.create_connection((proxy.host, proxy.port), 1).close() is None
    except OSError:
        return False


def first_event(proxy):
    """How long it takes until a new client hears something, in seconds."""
    begin = time.monotonic()
    with StreamClient(proxy, "errors") as client:
        assert client.event()[0] == "hello"
        return time.monotonic() - begin


def test_events_come_at_once_and_not_when_a_buffer_is_full(proxy, exporter):
    first = sorted(first_event(proxy) for _ in range(10))
    delays = []
    with StreamClient(proxy, "errors") as client:
        for number in range(10):
            time_posted = time.monotonic()
            exporter.record({"type": "error", "category": "audio", "code": "codec_error", "message": f"{number}"})
            while not any(error["message"] == f"{number}" for error in client.wait_for("errors")["recent_errors"]):
                pass
            delays.append(time.monotonic() - time_posted)
    delays.sort()
    print(f"first event after {1000 * first[5]:.0f} ms, an error after {1000 * delays[5]:.0f} ms (medians)")
    # A proxy that buffers takes minutes for so few bytes. What is told at once waits for its like for 50 ms; a machine
    # that does other things too delays some of them.
    assert first[0] <= 0.1
    assert delays[0] <= 0.1


def test_the_dashboard_is_live_behind_it(chromium, proxy, exporter):
    with dashboard(chromium, proxy) as page:
        exporter.record({"type": "session.started", "session_id": "one"})
        wait_until(lambda: page.locator("#sessions .figure b").inner_text() == "1", "the session")
