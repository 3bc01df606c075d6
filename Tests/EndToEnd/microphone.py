"""A page of its own origin in a Chromium that has a microphone, where nothing may be thrown into the page."""

import functools
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chromium import TIMEOUT

FAKE_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                   "--autoplay-policy=no-user-gesture-required"]


@pytest.fixture(scope="module")
def browser(launch):
    browser = launch(*FAKE_MICROPHONE)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def host():
    """A page of another origin."""
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>voice</title>")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=functools.partial(server.serve_forever, poll_interval=0.02))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser, host):
    context = browser.new_context(permissions=["microphone"])
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    page.failures = []
    page.on("pageerror", lambda error: page.failures.append(str(error)))
    page.goto(host)
    yield page
    # Nothing was thrown into the page.
    assert page.failures == []
    context.close()
