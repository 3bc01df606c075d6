"""A connection on which a test decides about every byte that is sent."""

import http.client
import socket
import struct

from exporter import TIMEOUT, Answer


class RawConnection:
    def __init__(self, exporter, receive_buffer=None):
        self.socket = socket.socket()
        self.socket.settimeout(TIMEOUT)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect((exporter.host, exporter.port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def reset(self):
        """Closes with a reset instead of an end of the data."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def send(self, head, body=b""):
        """Sends a request line with its headers, one a line, and as much of the body as is given."""
        self.socket.sendall("\r\n".join([*head, "Host: exporter", "", ""]).encode() + body)

    def answer(self):
        response = http.client.HTTPResponse(self.socket)
        response.begin()
        return Answer(response.status, response.headers, response.read())

    def read_until(self, end):
        received = b""
        while end not in received:
            part = self.socket.recv(65536)
            assert part, f"the connection ended after {received!r}"
            received += part
        return received

    def read_to_end(self):
        """Reads until the other side closes; none where it does not, which is a timeout."""
        received = b""
        try:
            while part := self.socket.recv(65536):
                received += part
        except ConnectionResetError:
            # What was sent and not read by the other side turns its close into a reset.
            pass
        return received
