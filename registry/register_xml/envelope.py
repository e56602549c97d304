"""Requests built by hand: the published WSDL names no usable address and draws in sixty files."""

from lxml import etree

NS = "http://arireg.x-road.eu/producer/"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def esindus_request(operation: str, *, user: str, password: str, code: str) -> bytes:
    return _request(
        operation, _credentials(user, password), [("ariregistri_kood", code), ("keel", "est")]
    )


def details_request(operation: str, *, user: str, password: str, code: str) -> bytes:
    """Ask for general data and persons; the five booleans are required, the order is the schema's."""
    wanted = [
        ("ariregistri_kood", code),
        ("yandmed", "true"),
        ("iandmed", "true"),
        ("kandmed", "false"),
        ("dandmed", "false"),
        ("maarused", "false"),
        ("ainult_kehtivad", "true"),
        ("keel", "est"),
    ]
    return _request(operation, _credentials(user, password), wanted)


def basic_request(operation: str, *, user: str, password: str, code: str) -> bytes:
    return _request(
        operation, _credentials(user, password), [("ariregistri_kood", code), ("keel", "est")]
    )


def _credentials(user: str, password: str) -> list[tuple[str, str]]:
    """Over X-tee there are none: the security server has already said who we are."""
    if not user:
        return []
    return [("ariregister_kasutajanimi", user), ("ariregister_parool", password)]


def _request(operation: str, *parts: list[tuple[str, str]]) -> bytes:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "prod": NS})
    body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
    query = etree.SubElement(etree.SubElement(body, f"{{{NS}}}{operation}"), f"{{{NS}}}keha")
    for part in parts:
        for name, value in part:
            etree.SubElement(query, f"{{{NS}}}{name}").text = value
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
