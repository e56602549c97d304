"""Somebody who takes webhooks on a real socket, as our page for them will."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """`taken` holds (raw, headers) of every message; the next answers are those in `answers`."""

    def __init__(self):
        self.taken, self.answers = [], []
        handler = type("ReceiverHandler", (_Handler,), {"receiver": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    receiver: Receiver

    def log_message(self, *args):
        pass

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.taken.append((raw, dict(self.headers)))
        self.send_response(self.receiver.answers.pop(0) if self.receiver.answers else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()
