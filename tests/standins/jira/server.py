"""The door: HTTP on a real socket, who asks, what goes wrong, and the answer."""

import base64
import contextlib
import gzip
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from tests.standins.jira import control, routes, talk, world
from tests.standins.jira.answers import Answer, Refused, Request, query_of
from tests.standins.jira.site import Site

NO_LOGIN = "Client must be authenticated to access this resource."
PAGE = {"Content-Type": "text/html;charset=UTF-8"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site
    is_controlled = False

    def setup(self):
        self.site.connections += 1
        super().setup()

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.take()

    def do_POST(self):
        self.take()

    def do_PUT(self):
        self.take()

    def do_DELETE(self):
        self.take()

    def take(self):
        address = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(
            self.site,
            self.command,
            address.path,
            query_of(address.query),
            self.headers,
            self.rfile.read(length),
        )
        if self.is_controlled and request.path == "/control":
            return self.answer(control.done(self.site, request.body))
        self.site.asked.append((self.command, self.path))
        fault = self.site.faults.next_for(self.command, self.path)
        if fault is None:
            return self.answer(answered(request))
        return self.go_wrong(fault, request)

    def go_wrong(self, fault, request):
        answer = answered(request) if fault.done else None
        getattr(self, f"wrong_{fault.kind}")(fault, request, answer)

    def answer(self, answer):
        content = answer.content()
        self.send_response(answer.status)
        for name, value in (
            {"Content-Type": "application/json;charset=UTF-8"} | answer.headers
        ).items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def wrong_answer(self, fault, request, answer):
        body = fault.body
        if not body and fault.status in (429, 503):
            body = b'{"errorMessages":["Rate limit exceeded."],"errors":{}}'
        self.answer(Answer(fault.status, body, dict(fault.headers)))

    def wrong_slow(self, fault, request, answer):
        time.sleep(fault.seconds)
        with contextlib.suppress(OSError):
            self.answer(answer or answered(request))

    def wrong_drop(self, fault, request, answer):
        self.close_connection = True

    def wrong_cut(self, fault, request, answer):
        content = answer.content()
        self.begin(answer.status, length=len(content))
        self.wfile.write(content[: len(content) // 2])

    def wrong_encoded(self, fault, request, answer):
        content = gzip.compress((answer or answered(request)).content())
        self.begin(200, length=len(content), encoding="gzip")
        self.wfile.write(content)

    def wrong_giant(self, fault, request, answer):
        """More than anybody should read."""
        self.begin(200)
        with contextlib.suppress(OSError):
            for _ in range(1000):
                self.site.given += self.wfile.write(b" " * 100_000)

    def wrong_drip(self, fault, request, answer):
        """An answer that never ends, a byte at a time."""
        self.begin(200)
        with contextlib.suppress(OSError):
            for _ in range(1000):
                self.wfile.write(b" ")
                time.sleep(fault.seconds)

    def begin(self, status, *, length=None, encoding=""):
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        if length is not None:
            self.send_header("Content-Length", str(length))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True


def answered(request):
    """What an honest Jira answers."""
    try:
        with request.site.lock:
            return handled(request)
    except Refused as refused:
        return refused.answer()
    except Exception:  # the stand-in's own fault must not look like a fault of the play
        return Answer(500, traceback.format_exc().encode(), {"Content-Type": "text/plain"})


def handled(request):
    file = routes.FILE.fullmatch(unquote(request.path))
    if file:
        request.person = request.site.mart  # the address itself is the key
        return talk.attachment_content(request, *file.groups())
    if request.path == routes.LINKED_APPLICATIONS:
        return Answer(body={"list": []})
    address = routes.API.fullmatch(request.path)
    if not address or (address[1] == "3" and not request.site.is_cloud):
        return Answer(404, b"<html><title>Oops, you&#39;ve found a dead link.</title></html>", PAGE)
    request.version = "2" if address[1] == "latest" else address[1]
    request.person = who_asks(request)
    if request.person is None and address[2] not in routes.FOR_ALL:
        return no_login(request)
    found = routes.found(request.method, address[2], is_cloud=request.site.is_cloud)
    if not found:
        return Answer(404, {"message": "null for uri: " + request.path, "status-code": 404})
    handler, names = found
    return handler(request, *map(unquote, names))


def who_asks(request):
    """Data Center: Bearer, or name and token. Cloud: e-mail and token."""
    method, _, rest = request.headers.get("Authorization", "").partition(" ")
    name = None
    if method == "Basic":
        with contextlib.suppress(ValueError):
            name, _, rest = base64.b64decode(rest).decode().partition(":")
    elif request.site.is_cloud:
        return None
    if rest in request.site.expired:
        return None
    person = request.site.tokens.get(rest)
    if person and name is not None:
        wanted = person.email if request.site.is_cloud else person.name
        return person if name == wanted else None
    return person


def no_login(request):
    headers = {
        "WWW-Authenticate": 'OAuth realm="jira"',
        "X-Seraph-LoginReason": "AUTHENTICATED_FAILED",
    }
    if request.site.is_cloud:
        return Refused(401, NO_LOGIN, headers=headers).answer()
    return Answer(401, b"<html><title>Unauthorized (401)</title></html>", PAGE | headers)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is part of the play

    def server_close(self):
        self.site.hooks.close()
        super().server_close()


def start(
    edition=world.DATA_CENTER, *, port=0, host="127.0.0.1", context=None, is_controlled=False
):
    """Start on a thread of its own; return the server, whose `site` is the Jira. `context` is for TLS."""
    site = Site(edition)
    members = {"site": site, "is_controlled": is_controlled}
    server = Server((host, port), type("JiraHandler", (Handler,), members))
    server.site = site
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.address = f"{'https' if context else 'http'}://{host}:{server.server_port}"
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    ).start()
    return server
