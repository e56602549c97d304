"""The cable between a browser and our server: it can be cut, mended, and lose the answer to one request."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Cable:
    """A port of its own, behind which the server stands."""

    def __init__(self, server_url):
        address = urlsplit(server_url)
        self.server = (address.hostname, address.port)
        self.loses_answer_to = b""
        self.lost = threading.Event()
        self.ends = []
        self.port = 0
        self.mend()
        self.host = f"{address.hostname}:{self.port}"
        self.url = f"http://{self.host}"

    def mend(self):
        self.listener = socket.create_server((self.server[0], self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, args=[self.listener], daemon=True).start()

    def cut(self):
        """Nobody is there any more, and whatever was under way is over."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._drop(self.ends)
        self.ends = []

    def lose_answer_to(self, beginning):
        """The next request that begins like this reaches the server, its answer nobody: then it is cut."""
        self.lost.clear()
        self.loses_answer_to = beginning

    def _listen(self, listener):
        while True:
            try:
                near, _where = listener.accept()
            except OSError:
                return
            far = socket.create_connection(self.server)
            self.ends += [near, far]
            for pair in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, come, go, is_asked):
        with contextlib.suppress(OSError):
            while piece := come.recv(65536):
                if is_asked and self.loses_answer_to and piece.startswith(self.loses_answer_to):
                    self.loses_answer_to = b""
                    self._lose(come, piece)
                    return
                go.sendall(piece)
        self._drop([come, go])

    def _lose(self, near, piece):
        lone = socket.create_connection(self.server)
        lone.sendall(piece)
        near.settimeout(0.3)
        with contextlib.suppress(TimeoutError):
            while more := near.recv(65536):
                lone.sendall(more)
        lone.recv(65536)
        lone.close()
        self.cut()
        self.lost.set()

    @staticmethod
    def _drop(ends):
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
