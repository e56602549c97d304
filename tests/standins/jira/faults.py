"""What goes wrong, for which requests and how often."""

import dataclasses
import re
import threading

HTML = b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502</h1></center></body></html>"
CAPTCHA = {
    "X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=http://jira.example/login.jsp",
    "X-Seraph-LoginReason": "AUTHENTICATED_FAILED",
}


@dataclasses.dataclass
class Fault:
    """`kind` is one of: drop, cut, slow, giant, encoded, drip, or answer (then status, body, headers).

    `done` says that Jira first does what was asked, and only the answer goes wrong.
    """

    kind: str
    method: str
    path: re.Pattern
    times: int
    skip: int
    done: bool
    status: int = 200
    body: bytes = b""
    headers: dict = dataclasses.field(default_factory=dict)
    seconds: float = 0.0


class Faults:
    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = []
        self.happened = []

    def add(self, kind, *, method="", path="", times=1, skip=0, done=False, **more):
        """The next `times` requests that fit go wrong, after `skip` that do not."""
        with self.lock:
            self.waiting.append(Fault(kind, method, re.compile(path), times, skip, done, **more))

    def clear(self):
        with self.lock:
            self.waiting = []

    def next_for(self, method, path):
        with self.lock:
            for fault in self.waiting:
                if fault.method not in ("", method) or not fault.path.search(path):
                    continue
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                self.happened.append((fault.kind, method, path))
                return fault
        return None

    # The usual ones, by their names.

    def drop(self, *, done, **where):
        """The connection is closed without an answer, before or after the work."""
        self.add("drop", done=done, **where)

    def busy(self, retry_after="1", **where):
        """429. `retry_after` is what stands in the header; None leaves it out."""
        headers = where.pop("headers", {})
        if retry_after is not None:
            headers = {**headers, "Retry-After": retry_after}
        self.add("answer", status=429, headers=headers, **where)

    def unavailable(self, retry_after=None, **where):
        headers = {} if retry_after is None else {"Retry-After": retry_after}
        self.add("answer", status=503, body=HTML.replace(b"502", b"503"), headers=headers, **where)

    def bad_gateway(self, *, done=False, **where):
        html = {"Content-Type": "text/html"}
        self.add("answer", status=502, body=HTML, headers=html, done=done, **where)

    def expired(self, **where):
        """401 for a while; `site.expire` is for good."""
        self.add("answer", status=401, body=b"<html>Unauthorized (401)</html>", **where)

    def captcha(self, **where):
        self.add("answer", status=403, headers=CAPTCHA, body=b"<html>403</html>", **where)

    def too_large(self, **where):
        self.add("answer", status=413, body=b"<html>413</html>", **where)

    def slow(self, seconds, **where):
        self.add("slow", seconds=seconds, **where)

    def cut(self, **where):
        """Half of the answer, then the end."""
        self.add("cut", done=True, **where)

    def answer(self, body, *, status=200, **where):
        """Any answer at all."""
        self.add("answer", status=status, body=body, **where)
