"""A loopback server that stands for Slack, PagerDuty or a dead man's switch: it keeps what is posted to it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Sink:
    def __init__(self):
        self._received = []
        self._lock = threading.Lock()
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with sink._lock:
                    sink._received.append((self.path, self.headers.get("Authorization"), json.loads(body)))
                # PagerDuty accepts with 202 and an object, Slack with 200 and "ok".
                is_event = self.path == "/pagerduty"
                answer = b'{"status": "success", "message": "Event processed", "dedup_key": "-"}' if is_event else b"ok"
                self.send_response(202 if is_event else 200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def paths(self):
        with self._lock:
            return {path for path, _, _ in self._received}

    def posts(self, path):
        with self._lock:
            return [body for received, _, body in self._received if received == path]

    def authorizations(self, path):
        with self._lock:
            return {authorization for received, authorization, _ in self._received if received == path}
