"""A proxy in front of an exporter, such as people put there for authentication: it lets everything through, or answers
with a status of its own, and its connections can be cut."""

import socket
import socketserver
import threading
from contextlib import contextmanager, suppress

# RFC 9110 wants a challenge with 401, and no body with 204. To a challenge of the scheme Basic the browser itself asks
# for a password, and the page is told nothing meanwhile.
REFUSALS = {
    204: b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
    401: b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n"
         b"Connection: close\r\n\r\n",
    503: b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


class Gate:
    """`rewrite` may change what comes from the exporter, if it keeps its length."""

    def __init__(self, exporter, server):
        self.exporter = exporter
        self.host, self.port = server.server_address
        self.rewrite = lambda data: data
        self._refusal = None
        self._sockets = set()
        self._lock = threading.Lock()

    def refuse(self, status):
        """Answers everything with a status from now on."""
        self._refusal = REFUSALS[status]
        self.cut()

    def open(self):
        """Lets everything through from now on."""
        self._refusal = None
        self.cut()

    def cut(self):
        """Cuts all connections."""
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def handle(self, client):
        with self._kept(client):
            if self._refusal:
                with suppress(OSError):
                    client.recv(65_536)
                    client.sendall(self._refusal)
                return
            with suppress(OSError), socket.create_connection((self.exporter.host, self.exporter.port)) as upstream:
                with self._kept(upstream):
                    up = threading.Thread(target=pump, args=(client, upstream, lambda data: data))
                    up.start()
                    pump(upstream, client, self.rewrite)
                    up.join()

    @contextmanager
    def _kept(self, each):
        with self._lock:
            self._sockets.add(each)
        try:
            yield
        finally:
            with self._lock:
                self._sockets.discard(each)


def pump(source, target, change):
    """Hands on what comes, until one side ends; then the other ends, too."""
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(change(data))
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def gate(exporter):
    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            kept.handle(self.request)

    with Server(("127.0.0.1", 0), Handler) as server:
        kept = Gate(exporter, server)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            kept.cut()
            thread.join()
