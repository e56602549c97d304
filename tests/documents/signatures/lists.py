"""Trusted lists of our own, signed or not."""

import base64
import datetime as dt

from lxml import etree

from documents.signatures import read_trust_list
from tests.documents.signatures import pki
from tests.documents.signatures.xades import c14n, digest_value, raw_ecdsa

TSL = "http://uri.etsi.org/02231/v2#"
DS = "http://www.w3.org/2000/09/xmldsig#"
GRANTED, WITHDRAWN = "granted", "withdrawn"
LONG_AGO = dt.datetime(2016, 7, 1, tzinfo=dt.UTC)


def service(holder, kind, *, status=GRANTED, since=LONG_AGO, history=(), extensions="", others=()):
    """A service of a list; `history` holds (status, since), the newest first."""
    certificates = "".join(
        f"<DigitalId><X509Certificate>{base64.b64encode(one.der).decode()}"
        "</X509Certificate></DigitalId>"
        for one in (holder, *others)
    )
    past = "".join(
        f"<ServiceHistoryInstance>{_state(kind, was, when)}</ServiceHistoryInstance>"
        for was, when in history
    )
    return (
        "<TSPService><ServiceInformation>"
        "<ServiceName><Name>A service</Name></ServiceName>"
        f"<ServiceDigitalIdentity>{certificates}</ServiceDigitalIdentity>"
        f"{_state(kind, status, since)}{extensions}</ServiceInformation>"
        f"<ServiceHistory>{past}</ServiceHistory></TSPService>"
    )


def _state(kind, status, since):
    return (
        f"<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/{kind}</ServiceTypeIdentifier>"
        f"<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{status}</ServiceStatus>"
        f"<StatusStartingTime>{since:%Y-%m-%dT%H:%M:%SZ}</StatusStartingTime>"
    )


def qualification(qualifier, criteria):
    ecc = "http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"
    return (
        f'<ServiceInformationExtensions xmlns:ecc="{ecc}"><Extension Critical="true">'
        "<ecc:Qualifications><ecc:QualificationElement><ecc:Qualifiers>"
        f'<ecc:Qualifier uri="http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/{qualifier}"/>'
        f"</ecc:Qualifiers>{criteria}</ecc:QualificationElement></ecc:Qualifications>"
        "</Extension></ServiceInformationExtensions>"
    )


def usual(world=None):
    world = world or pki.world()
    return (
        service(world.issuer, "CA/QC"),
        service(world.listed, "Certstatus/OCSP/QC"),
        service(world.authority, "TSA/QTST"),
    )


def list_xml(
    *services,
    next_update=pki.NOW + 180 * pki.DAY,
    pointers="",
    sequence=7,
    territory="XT",
    kind="EUgeneric",
):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList xmlns="{TSL}" Id="L">'
        f"<SchemeInformation><TSLSequenceNumber>{sequence}</TSLSequenceNumber>"
        f"<TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/{kind}</TSLType>"
        f"<SchemeTerritory>{territory}</SchemeTerritory>{pointers}"
        f"<ListIssueDateTime>{pki.NOW:%Y-%m-%dT%H:%M:%SZ}</ListIssueDateTime>"
        f"<NextUpdate><dateTime>{next_update:%Y-%m-%dT%H:%M:%SZ}</dateTime></NextUpdate>"
        "</SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPServices>"
        f"{''.join(services)}</TSPServices></TrustServiceProvider></TrustServiceProviderList>"
        "</TrustServiceStatusList>"
    ).encode()


def pointer(location, holder, territory="XT", media_type="application/vnd.etsi.tsl+xml"):
    return f"<PointersToOtherTSL>{one_pointer(location, holder, territory, media_type)}</PointersToOtherTSL>"


def one_pointer(location, holder, territory="XT", media_type="application/vnd.etsi.tsl+xml"):
    certificate = base64.b64encode(holder.der).decode()
    additional = "http://uri.etsi.org/02231/v2/additionaltypes#"
    return (
        "<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity>"
        f"<DigitalId><X509Certificate>{certificate}</X509Certificate></DigitalId>"
        "</ServiceDigitalIdentity></ServiceDigitalIdentities>"
        f"<TSLLocation>{location}</TSLLocation><AdditionalInformation><OtherInformation>"
        f"<SchemeTerritory>{territory}</SchemeTerritory></OtherInformation><OtherInformation>"
        f'<MimeType xmlns="{additional}">{media_type}</MimeType></OtherInformation>'
        "</AdditionalInformation></OtherTSLPointer>"
    )


def trust(*services, **options):
    return read_trust_list(list_xml(*(services or usual()), **options))


def signed_list(content, by):
    """Sign a list as the countries do: enveloped, over the whole."""
    root = etree.fromstring(content)
    covered = digest_value(c14n(root))
    certificate = base64.b64encode(by.der).decode()
    signature = etree.fromstring(
        f'<ds:Signature xmlns:ds="{DS}" Id="S"><ds:SignedInfo>'
        '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>'
        '<ds:Reference URI="#L"><ds:Transforms>'
        f'<ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<ds:DigestValue>{covered}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        "<ds:SignatureValue/><ds:KeyInfo><ds:X509Data>"
        f"<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        "</ds:Signature>"
    )
    root.append(signature)
    value = raw_ecdsa(by.sign(c14n(signature[0])))
    signature[1].text = base64.b64encode(value).decode()
    return etree.tostring(root)
