"""A proxy between a scraper and the exporter that asks for the text format, whatever the scraper asks for."""

import http.server
import threading
from contextlib import contextmanager


@contextmanager
def text_proxy(exporter):
    """The address at which the exporter can be scraped in text alone."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            answer = exporter.request("GET", self.path, headers={"Accept": "text/plain;version=0.0.4"})
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield "127.0.0.1:%d" % server.server_port
        finally:
            server.shutdown()
            thread.join()
