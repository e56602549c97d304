"""Reads a trusted list's XML. Whether the list itself may be believed: list_signature.py."""

import base64
import binascii
import datetime as dt
from dataclasses import dataclass

from lxml import etree

from documents.signatures import safe_xml
from documents.signatures.certificate import Certificate, load
from documents.signatures.names import TSL
from documents.signatures.policy import Policy
from documents.signatures.qualification import read_qualifications
from documents.signatures.report import Refused
from documents.signatures.trust import Service, ServiceStatus, TrustList

LIST_POLICY = Policy(max_xml_bytes=50_000_000)  # the largest national lists have several megabytes
# Of elements and attributes: the largest lists have a tenth of it; each costs memory before anything
# is known of who wrote it.
MOST_MARKS = 1_000_000
MOST_DIGITS = 9  # of a sequence number; lists are issued some times a year
_LIST_OF_LISTS = "/TSLType/EUlistofthelists"
_ADDITIONAL = "{http://uri.etsi.org/02231/v2/additionaltypes#}"
_TYPE, _STATUS = "/Svctype/", "http://uri.etsi.org/TrstSvc/"


class ListUnreadable(Exception):
    """The file is not a trusted list."""


@dataclass(frozen=True)
class Pointer:
    """Where a list of lists says another list is, and who signs it."""

    location: str
    territory: str
    certificates: tuple[Certificate, ...]


def read_trust_list(content: bytes) -> TrustList:
    """Return what the list holds; its signature is not looked at. Raises ListUnreadable."""
    root = read_list_xml(content)
    scheme = root.find(f"{TSL}SchemeInformation")
    if scheme is None:
        raise ListUnreadable("no scheme information")
    return TrustList(
        services=tuple(_services(root)),
        territory=_text(scheme, "SchemeTerritory"),
        sequence=_number(_text(scheme, "TSLSequenceNumber")),
        issued_at=_moment(_text(scheme, "ListIssueDateTime")),
        next_update=_moment(_text(scheme, f"NextUpdate/{TSL}dateTime")),
        is_list_of_lists=_text(scheme, "TSLType").endswith(_LIST_OF_LISTS),
    )


def read_list_xml(content: bytes) -> etree._Element:
    if content.count(b"<") + content.count(b"=") > MOST_MARKS:
        raise ListUnreadable("too many elements")
    try:
        root = safe_xml.parse(content, LIST_POLICY)
    except Refused as refused:
        raise ListUnreadable(refused.finding.code) from refused
    if root.tag != f"{TSL}TrustServiceStatusList":
        raise ListUnreadable("not a trusted list")
    return root


def read_pointers(root: etree._Element) -> list[Pointer]:
    """Return the pointers of a list of lists to the XML lists of countries."""
    pointers = []
    for element in root.iterfind(f".//{TSL}OtherTSLPointer"):
        location = _text(element, "TSLLocation")
        media_type = element.findtext(f".//{_ADDITIONAL}MimeType", default="")
        if location.lower().endswith(".pdf") or media_type.strip().endswith("/pdf"):
            continue
        certificates = _certificates(element.find(f"{TSL}ServiceDigitalIdentities"))
        territory = element.findtext(f".//{TSL}SchemeTerritory", default="").strip()
        pointers.append(Pointer(location, territory, tuple(certificates)))
    return pointers


def _services(root: etree._Element) -> list[Service]:
    services = []
    for element in root.iterfind(f".//{TSL}TSPService"):
        now = element.find(f"{TSL}ServiceInformation")
        if now is None:
            continue
        history = element.findall(f"{TSL}ServiceHistory/{TSL}ServiceHistoryInstance")
        statuses = [status for one in [now, *history] if (status := _status(one))]
        statuses.sort(key=lambda status: status.since, reverse=True)
        services.append(
            Service(
                name=now.findtext(f"{TSL}ServiceName/{TSL}Name", default="").strip(),
                certificates=tuple(_certificates(now.find(f"{TSL}ServiceDigitalIdentity"))),
                statuses=tuple(statuses),
            )
        )
    return services


def _status(element: etree._Element) -> ServiceStatus | None:
    since = _moment(_text(element, "StatusStartingTime"))
    kind = _text(element, "ServiceTypeIdentifier").partition(_TYPE)[2]
    status = _text(element, "ServiceStatus")
    if since is None or not kind or not status.startswith(_STATUS):
        return None
    extensions = element.find(f"{TSL}ServiceInformationExtensions")
    return ServiceStatus(
        type=kind,
        status=status.rsplit("/", 1)[-1],
        since=since,
        qualifications=read_qualifications(extensions),
        purposes=frozenset(_purposes(extensions)),
    )


def _purposes(extensions: etree._Element | None) -> list[str]:
    if extensions is None:
        return []
    found = extensions.iterfind(f".//{TSL}AdditionalServiceInformation/{TSL}URI")
    return [(one.text or "").strip().rsplit("/", 1)[-1] for one in found]


def _certificates(element: etree._Element | None) -> list[Certificate]:
    found = []
    for one in [] if element is None else element.iter(f"{TSL}X509Certificate"):
        try:
            found.append(load(base64.b64decode(one.text or "")))
        except (Refused, binascii.Error, ValueError):
            continue  # one certificate that cannot be read makes its service unknown, not the list
    return found


def _text(element: etree._Element, path: str) -> str:
    return element.findtext(f"{TSL}{path}", default="").strip()


def _number(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ListUnreadable("sequence number")
    return int(text or 0)


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):  # the first and the last year have hours that UTC lacks
        return None
