"""A stand-in for the business register's XML service, over a real socket.

`python -m tests.standins.register --port 8090` starts it by hand (user and password: test). It
answers with registry/seed/register_cases.json. What goes wrong is switched on by
`POST /control` with a JSON object, e.g. {"mode": "unavailable", "times": 3} or {"delay": 2}:

mode   ok | unavailable (503, HTML) | fault | limit (429) | refused (credentials) | truncated |
       bad_utf8 | entities (a DOCTYPE) | cut (closed connection) | empty | html (200) | bomb (endless) |
       other (about another organisation) | no_list (an answer without its list)
times  how many answers it holds for; left out: until changed
delay  seconds before each answer
without  list of operations that it does not know (answers a fault)
"""

import argparse
import json
import re
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from lxml import etree

from registry.open_data.cases import (
    DEVIATION_LABELS,
    FORM_LABELS,
    FORM_NUMBERS,
    NORMAL_RULES,
    ROLE_LABELS,
    STATUS_TEXTS,
    register_cases,
)

NS = "http://arireg.x-road.eu/producer/"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
HEAD = (
    '<SOAP-ENV:Envelope xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"'
    f' xmlns:SOAP-ENV="{SOAP}" xmlns:ZSI="http://www.zolera.com/schemas/ZSI/"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<SOAP-ENV:Header></SOAP-ENV:Header>"
)
COUNTRY_LABELS = {"EST": "Eesti", "LVA": "Läti", "GER": "Saksamaa"}
ROLE_LABELS_SHOWN = {**ROLE_LABELS, "ZZZ": "Tundmatu roll"}
NOTHING_TO_LOOK_FOR = (
    "Sisendparameetrid vigased: palun sisestage kas äriregistri kood, isikukood või isiku ees- ja "
    "perekonnanimi."
)


class Fault(Exception):
    """What the register answers with HTTP 500 and a faultstring."""


def tag(name, content=None, *, nil=False):
    if nil:
        return f'<ns1:{name} xsi:nil="1"></ns1:{name}>'
    return f"<ns1:{name}>{content if content is not None else ''}</ns1:{name}>"


def text(name, value):
    return tag(name, escape(str(value)))


def some(name, value):
    """An optional element: left out where there is nothing to say."""
    return text(name, value) if value else ""


def day(value):
    return f"{value}Z" if value else ""


def estonian_day(value):
    return ".".join(reversed(value.split("-"))) if value else ""


def of_esindus(person, *, with_kind):
    return "".join(
        [
            text("isiku_liik", person["kind"]) if with_kind else "",
            text("fyysilise_isiku_eesnimi", person["first_name"]),
            text("fyysilise_isiku_perenimi", person["last_name"]),
            text("fyysilise_isiku_kood", person["code"]),
            text("isikukood_riik", person["country"]),
            text("isikukoodi_riik_tekstina", COUNTRY_LABELS.get(person["country"], "")),
            some("fyysilise_isiku_synniaeg", person.get("birth_date")),
            text("fyysilise_isiku_roll", person["role"]),
            text("fyysilise_isiku_roll_tekstina", ROLE_LABELS_SHOWN[person["role"]]),
            text("ainuesindusoigus_olemas", "JAH" if person["alone"] else "EI"),
        ]
    )


def esindus(case, *, version):
    persons = [of_esindus(one, with_kind=version == 1) for one in case["persons"]]
    deviations = "".join(
        tag("item", text("item", deviation["text"])) for deviation in case["deviations"]
    )
    groups = "".join(
        tag(
            "grupp",
            text("grupi_nr", number) + "".join(tag("item", persons[index]) for index in group),
        )
        for number, group in enumerate(case["groups"], start=1)
    )
    return tag(
        "item",
        text("ariregistri_kood", case["code"])
        + text("arinimi", case["name"])
        + text("staatus", case["status"])
        + text("staatus_tekstina", STATUS_TEXTS[case["status"]])
        + tag("isikud", "".join(tag("item", one) for one in persons))
        + tag("esindusoiguse_eritingimused", deviations)
        + (tag("esindusoiguse_grupid", groups) if version == 2 else "")
        + text("oiguslik_vorm", case["legal_form"])
        + text("oiguslik_vorm_tekstina", FORM_LABELS[case["legal_form"]]),
    )


def card_person(number, person):
    is_foreign = person["country"] not in {"EST", ""}
    return tag(
        "item",
        text("kirje_id", 9_000_000 + number)
        + text("kaardi_piirkond", 1)
        + text("kaardi_nr", 1)
        + text("kaardi_tyyp", "R")
        + text("kande_nr", number + 1)
        + text("isiku_tyyp", person["kind"])
        + text("isiku_roll", person["role"])
        + text("isiku_roll_tekstina", ROLE_LABELS_SHOWN[person["role"]])
        + some("eesnimi", person["first_name"])
        + text("nimi_arinimi", person["last_name"])
        + ("" if is_foreign else some("isikukood_registrikood", person["code"]))
        + (some("valis_kood", person["code"]) if is_foreign else "")
        + (text("valis_kood_riik", person["country"]) if is_foreign else "")
        + some("synniaeg", day(person.get("birth_date")))
        + some("volituste_loppemise_kpv", day(person.get("term_ends_on")))
        + text("aadress_ehak_tekstina", "")
        + text("algus_kpv", day(person["starts_on"]))
        + text("email", "keegi@example.ee"),
    )


def details(case):
    rule = NORMAL_RULES.get(case["legal_form"])
    general = (
        text("esmaregistreerimise_kpv", day(case["founded_on"]))
        + some("kustutamise_kpv", day(case.get("deleted_on")))
        + text("staatus", case["status"])
        + text("staatus_tekstina", STATUS_TEXTS[case["status"]])
        + text("oiguslik_vorm", case["legal_form"])
        + text("oiguslik_vorm_nr", FORM_NUMBERS.get(case["legal_form"], 9))
        + text("oiguslik_vorm_tekstina", FORM_LABELS[case["legal_form"]])
        + tag(
            "aadressid",
            tag(
                "item",
                text("ehak", case["ehak_code"])
                + text("ehak_nimetus", case["ehak_text"])
                + text("aadress_ads__ads_normaliseeritud_taisaadress", case["address"])
                + text("postiindeks", case["postal_code"])
                + text("algus_kpv", day(case["founded_on"])),
            ),
        )
        + tag(
            "sidevahendid",
            tag("item", text("liik", "EMAIL") + text("sisu", "info@example.ee")),
        )
        + text("asutatud_sissemakset_tegemata", "false")
    )
    deviations = "".join(
        tag(
            "item",
            text("kirje_id", 1_665_380 + number)
            + text("kaardi_piirkond", 1)
            + text("kaardi_nr", 1)
            + text("kaardi_tyyp", "R")
            + text("kande_nr", 3)
            + text("esinduse_tyyp", deviation["kind"])
            + text("esinduse_tyyp_tekstina", DEVIATION_LABELS[deviation["kind"]])
            + text("esinduse_sisu", deviation["text"])
            + text("algus_kpv", day(deviation["starts_on"])),
        )
        for number, deviation in enumerate(case["deviations"])
    )
    normal = tag("item", text("roll", "JUHL") + text("sisu", rule)) if rule else ""
    people = (
        tag(
            "kaardile_kantud_isikud",
            "".join(card_person(number, one) for number, one in enumerate(case["persons"])),
        )
        + tag("esindusoiguse_normaalregulatsioonid", normal)
        + tag("esindusoiguse_eritingimused", deviations)
        + tag("osapandid_tingimuslikud_voorandamised")
        + tag("kaardivalised_isikud")
        + tag("hooneyhistu_liikmed")
    )
    return tag(
        "item",
        text("ariregistri_kood", case["code"])
        + text("ettevotja_id", f"9{case['code']}")
        + text("nimi", case["name"])
        + tag("yldandmed", general)
        + tag("isikuandmed", people)
        + tag("registrikaardid"),
    )


def basic(case):
    address = (
        text("asukoht_ettevotja_aadressis", case["address"].rsplit(", ", 1)[-1])
        + text("aadress_riik", "EST")
        + text("aadress_riik_tekstina", "Eesti")
        + text("asukoha_ehak_kood", case["ehak_code"])
        + text("asukoha_ehak_tekstina", case["ehak_text"])
        + text("indeks_ettevotja_aadressis", case["postal_code"])
        + text("aadress_ads__ads_normaliseeritud_taisaadress", case["address"])
    )
    return tag(
        "item",
        text("evnimi", case["name"])
        + text("oiguslik_vorm", case["legal_form"])
        + text("oiguslik_vorm_tekstina", FORM_LABELS[case["legal_form"]])
        + text("ariregistri_kood", case["code"])
        + text("staatus", case["status"])
        + text("staatus_tekstina", STATUS_TEXTS[case["status"]])
        + (
            text("registrist_kustutamise_aeg", estonian_day(case["deleted_on"]))
            if case.get("deleted_on")
            else tag("registrist_kustutamise_aeg", nil=True)
        )
        + tag("evaadressid", address)
        + text("esmakande_aeg", estonian_day(case["founded_on"])),
    )


class Register:
    """The data set, the switches, and a record of what was asked."""

    def __init__(self):
        self.cases = {case["code"]: case for case in register_cases()}
        self.lock = threading.Lock()
        self.asked = []
        self.bodies = deque(maxlen=50)
        self.in_flight = 0
        self.overlaps = 0
        self.reset()

    def reset(self):
        self.mode, self.times, self.delay, self.without = "ok", None, 0.0, []

    def control(self, wishes):
        with self.lock:
            self.reset()
            self.mode = wishes.get("mode", "ok")
            self.times = wishes.get("times")
            self.delay = float(wishes.get("delay", 0))
            self.without = wishes.get("without", [])

    def take_mode(self):
        with self.lock:
            mode = self.mode
            if self.times is not None and mode != "ok":
                self.times -= 1
                if self.times <= 0:
                    self.mode, self.times = "ok", None
            return mode

    def answer(self, operation, query):
        """Return the content of `keha`."""
        if (query.get("ariregister_kasutajanimi"), query.get("ariregister_parool")) != (
            "test",
            "test",
        ) and operation != "earveRegistriParing_v1":
            raise Fault("Vale kasutajanimi või parool")
        known = {
            "esindus_v1": lambda: self.esindus(query, version=1),
            "esindus_v2": lambda: self.esindus(query, version=2),
            "detailandmed_v2": lambda: self.details(query),
            "detailandmed_v3": lambda: self.details(query),
            "detailandmed_v4": lambda: self.details(query),
            "lihtandmed_v3": lambda: self.basic(query),
            "klassifikaatorid_v1": self.classifiers,
            "earveRegistriParing_v1": lambda: tag("kliendid"),
        }
        if operation not in known or operation in self.without:
            raise Fault(f"Teenust {operation} ei leitud")
        return known[operation]()

    def found(self, query):
        code, person = query.get("ariregistri_kood"), query.get("fyysilise_isiku_kood")
        if code:
            return [self.cases[code]] if code in self.cases else []
        if person:
            country = query.get("fyysilise_isiku_koodi_riik") or "EST"
            return [
                case
                for case in self.cases.values()
                if any(
                    (one["code"], one["country"]) == (person, country) for one in case["persons"]
                )
            ]
        raise Fault(NOTHING_TO_LOOK_FOR)

    def esindus(self, query, *, version):
        return tag(
            "ettevotjad", "".join(esindus(case, version=version) for case in self.found(query))
        )

    def details(self, query):
        found = self.found(query)
        return tag("ettevotjad", "".join(details(case) for case in found)) + text(
            "leitud_ettevotjate_arv", len(found)
        )

    def basic(self, query):
        name = query.get("evnimi", "").casefold()
        found = (
            [case for case in self.cases.values() if name in case["name"].casefold()]
            if name
            else self.found(query)
        )[: int(query.get("evarv") or 10)]
        return tag("ettevotjad", "".join(basic(case) for case in found)) + text(
            "leitud_ettevotjate_arv", len(found)
        )

    def classifiers(self):
        roles = "".join(
            tag("item", text("kood", code) + text("tekst", label))
            for code, label in ROLE_LABELS.items()
        )
        return tag("klassifikaatorid", roles)

    def autocomplete(self, words):
        words = words.casefold()
        found = [
            case
            for case in self.cases.values()
            if case["code"].startswith(words)
            or any(words in name.casefold() for name in names_of(case))
        ]
        return {"status": "OK", "data": [suggestion(case) for case in found[:10]]}


def names_of(case):
    return [case["name"], *case.get("historical_names", [])]


def suggestion(case):
    return {
        "company_id": int(f"9{case['code']}"),
        "reg_code": int(case["code"]),
        "name": case["name"],
        "historical_names": case.get("historical_names", []),
        "status": case["status"],
        "legal_address": case["address"],
        "zip_code": case["postal_code"],
        "legal_form": str(FORM_NUMBERS.get(case["legal_form"], 9)),
        "url": f"https://ariregister.rik.ee/est/company/{case['code']}",
    }


def read_query(body):
    """Return the operation, its fields, and the echo of them as XML."""
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    operation = root.find(f"{{{SOAP}}}Body")[0]
    fields = next((child for child in operation if local(child) == "keha"), [])
    query = {local(field): (field.text or "").strip() for field in fields}
    echo = "".join(text(local(field), (field.text or "").strip()) for field in fields)
    return local(operation), query, echo


def local(element):
    return etree.QName(element).localname


def as_json(element):
    """JSON mode: no envelope, `{}` for what is empty, company codes as numbers."""
    if not len(element):
        value = (element.text or "").strip()
        if local(element) == "ariregistri_kood" and value.isdigit():
            return int(value)
        return value or {}
    content = {}
    for child in element:
        if local(child) in {"item", "grupp"}:
            content.setdefault(local(child), []).append(as_json(child))
        else:
            content[local(child)] = as_json(child)
    return content


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    register: Register

    def log_message(self, *args):
        pass

    def send(self, status, content, kind="text/xml; charset=utf-8"):
        content = content.encode() if isinstance(content, str) else content
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/control":
            state = {"asked": self.register.asked, "overlaps": self.register.overlaps}
            return self.send(200, json.dumps(state), "application/json")
        if parts.path.endswith("/api/autocomplete"):
            words = parse_qs(parts.query).get("q", [""])[0]
            return self.send(200, json.dumps(self.register.autocomplete(words)), "application/json")
        return self.send(404, "not here", "text/plain")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/control":
            self.register.control(json.loads(body))
            return self.send(200, "{}", "application/json")
        with self.register.lock:
            self.register.in_flight += 1
            overlap = self.register.in_flight > 1
            self.register.overlaps += overlap
        try:
            time.sleep(self.register.delay)
            if overlap:
                return self.fault("Lubatud on üks samaaegne päring.")
            return self.answer(body)
        finally:
            with self.register.lock:
                self.register.in_flight -= 1

    def answer(self, body):
        mode = self.register.take_mode()
        broken = {
            "unavailable": lambda: self.send(503, "<html><body>Hooldus</body></html>", "text/html"),
            "html": lambda: self.send(200, "<html><body>Tere</body></html>", "text/html"),
            "limit": lambda: self.send(429, "Too Many Requests", "text/plain"),
            "fault": lambda: self.fault("Süsteemi viga"),
            "refused": lambda: self.fault("Vale kasutajanimi või parool"),
            "cut": self.cut,
            "bomb": self.bomb,
            "empty": lambda: self.send(200, ""),
        }
        if mode in broken:
            return broken[mode]()
        try:
            operation, query, echo = read_query(body)
            self.register.asked.append([operation, query.get("ariregistri_kood", "")])
            self.register.bodies.append(body)
            content = self.register.answer(operation, query)
        except Fault as fault:
            return self.fault(str(fault))
        reply = (
            f'{HEAD}<SOAP-ENV:Body xmlns:ns1="{NS}"><ns1:{operation}Response>'
            f"{tag('paring', echo)}{tag('keha', content)}"
            f"</ns1:{operation}Response></SOAP-ENV:Body></SOAP-ENV:Envelope>"
        )
        if query.get("ariregister_valjundi_formaat") == "json":
            response = etree.fromstring(reply).find(f"{{{SOAP}}}Body")[0]
            return self.send(
                200,
                json.dumps({local(part): as_json(part) for part in response}),
                "application/json",
            )
        return self.send(200, self.spoilt(reply, mode))

    def spoilt(self, reply, mode):
        content = reply.encode()
        if mode == "truncated":
            return content[: len(content) // 2]
        if mode == "bad_utf8":
            return content.replace(b"</ns1:arinimi>", b"\xff\xfe</ns1:arinimi>")
        if mode == "entities":
            head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            return head + content.replace(b"</ns1:arinimi>", b"&e;</ns1:arinimi>")
        if mode == "other":
            return re.sub(rb"(<ns1:ariregistri_kood>)\d+", rb"\g<1>19999812", content)
        if mode == "no_list":
            return content.replace(b"ns1:ettevotjad", b"ns1:vastus")
        return content

    def fault(self, words):
        self.send(
            500,
            f"{HEAD}<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode>"
            f"<faultstring>{escape(words)}</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body>"
            "</SOAP-ENV:Envelope>",
        )

    def cut(self):
        self.close_connection = True
        self.connection.close()

    def bomb(self):
        """More than anybody should read."""
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(400):
                self.wfile.write(b" " * 100_000)
        except OSError:
            pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is part of the play


def start(port=0, host="127.0.0.1"):
    """Start on a thread of its own; return the server, whose `register` holds switches and record."""
    register = Register()
    server = Server((host, port), type("RegisterHandler", (Handler,), {"register": register}))
    server.register = register
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    ).start()
    return server


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args()
    server = start(options.port, options.host)
    print(f"business register on http://{options.host}:{server.server_port}/", flush=True)  # noqa: T201
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.shutdown()


if __name__ == "__main__":
    main()
