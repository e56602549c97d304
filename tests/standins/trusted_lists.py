"""A stand-in for those who publish trusted lists, over a real socket: a list of lists and countries'.

Everything is signed by keys of its own, made in memory. A test changes `lists` (number, dates,
signers) and switches faults on by path: `publisher.faults["/XT.xml"] = "slow"`.

fault  error (500) | missing (404) | slow (a byte now and then) | cut (closed connection) |
       hesitant (all of it, later) | truncated (half of it, honestly said) | short (less than was announced) | huge (endless) |
       changed (one word other than was signed) | html (200) | redirect to `publisher.redirects[path]`
"""

import dataclasses
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.documents.signatures import lists, pki

LOTL = "/lotl.xml"


def keeper(name):
    return pki.issue(name, usages=("digital_signature",))


@dataclasses.dataclass
class Country:
    territory: str
    signer: pki.Holder  # who signs the list
    named: pki.Holder  # whom the list of lists names; in an honest world the same
    sequence: int = 7
    next_update: object = pki.NOW + 180 * pki.DAY
    says_territory: str = ""  # what the list itself says, when that differs
    kind: str = "EUgeneric"
    services: tuple = ()


class Publisher:
    """What is published now. Changed between requests by whoever plays."""

    def __init__(self):
        self.commission = self.signer = keeper("Commission")
        self.countries = {}
        self.sequence, self.next_update = 300, pki.NOW + 90 * pki.DAY
        self.kind, self.territory = "EUlistofthelists", "EU"
        self.faults, self.redirects, self.asked = {}, {}, []
        self.known = {}
        self.address = ""
        self.slowness = 0.2

    def add_country(self, territory, **facts):
        holder = keeper(f"Keeper of {territory}")
        self.countries[territory] = Country(territory, holder, holder, **facts)
        return self.countries[territory]

    def list_of_lists(self):
        pointers = "".join(
            lists.one_pointer(f"{self.address}/{one.territory}.xml", one.named, one.territory)
            for one in self.countries.values()
        )
        xml = lists.list_xml(
            pointers=f"<PointersToOtherTSL>{pointers}</PointersToOtherTSL>",
            sequence=self.sequence,
            next_update=self.next_update,
            territory=self.territory,
            kind=self.kind,
        )
        return self.signed(xml, self.signer)

    def list_of(self, territory):
        country = self.countries[territory]
        xml = lists.list_xml(
            *(country.services or lists.usual()),
            sequence=country.sequence,
            next_update=country.next_update,
            territory=country.says_territory or territory,
            kind=country.kind,
        )
        return self.signed(xml, country.signer)

    def signed(self, xml, by):
        """Signed once, so that whoever asks twice gets the same file."""
        key = (xml, by.der)
        if key not in self.known:
            self.known[key] = lists.signed_list(xml, by)
        return self.known[key]

    def content(self, path):
        if path == LOTL:
            return self.list_of_lists()
        territory = path.strip("/").removesuffix(".xml")
        return self.list_of(territory) if territory in self.countries else None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.publisher.asked.append(self.path)
        fault = self.publisher.faults.get(self.path)
        if self.path in self.publisher.redirects:
            return self.redirect(self.publisher.redirects[self.path])
        if fault in ("error", "missing"):
            return self.answer(500 if fault == "error" else 404, b"<html>Hooldus</html>")
        content = self.publisher.content(self.path)
        if content is None:
            return self.answer(404, b"not here")
        return getattr(self, fault or "honest")(content)

    def answer(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "application/vnd.etsi.tsl+xml")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def honest(self, content):
        self.answer(200, content)

    def html(self, content):
        self.answer(200, b"<html><body>Tere</body></html>")

    def truncated(self, content):
        self.answer(200, content[: len(content) // 2])

    def changed(self, content):
        self.answer(200, content.replace(b"TSLSequenceNumber>", b"TSLSequenceNumber>1", 1))

    def redirect(self, target):
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def cut(self, content):
        self.close_connection = True
        self.connection.close()

    def short(self, content):
        self.begin_endless(len(content))
        self.wfile.write(content[: len(content) // 2])

    def huge(self, content):
        """More than anybody should read."""
        self.begin_endless()
        try:
            for _ in range(1000):
                self.wfile.write(b" " * 100_000)
        except OSError:
            pass

    def hesitant(self, content):
        """All of it, after a while."""
        time.sleep(self.publisher.slowness)
        self.answer(200, content)

    def slow(self, content):
        self.begin_endless(len(content))
        try:
            for place in range(len(content)):
                self.wfile.write(content[place : place + 1])
                time.sleep(self.publisher.slowness)
        except OSError:
            pass

    def begin_endless(self, length=None):
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is part of the play


def start(port=0, host="127.0.0.1"):
    """Start on a thread of its own; return the server, whose `publisher` holds what is published."""
    publisher = Publisher()
    server = Server((host, port), type("ListHandler", (Handler,), {"publisher": publisher}))
    server.publisher = publisher
    publisher.address = f"http://{host}:{server.server_port}"
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    ).start()
    return server
