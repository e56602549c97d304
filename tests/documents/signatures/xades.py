"""Containers of our own: signed in the way of XAdES, with knobs for everything that can be wrong."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from tests.documents.signatures import pki

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
XADES141 = "http://uri.etsi.org/01903/v1.4.1#"
ASIC = "http://uri.etsi.org/02918/v1.2.1#"
NS = {"ds": DS, "x": XADES, "x141": XADES141}
ASICE = "application/vnd.etsi.asic-e+zip"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
TIME_MARK = "urn:oid:1.3.6.1.4.1.10015.1000.3.2.1"
FILES = {"leping.pdf": b"%PDF-1.4 the agreement", "lisa 1.txt": "lisa, õun".encode()}


@dataclass
class Making:
    """How a signature is made; a test changes what it is about."""

    files: dict = field(default_factory=lambda: dict(FILES))
    world: pki.World = field(default_factory=pki.world)
    signer: pki.Holder | None = None
    issuer: pki.Holder | None = None
    signed_at: object = pki.NOW
    identifier: str = "S0"
    media_type: str = "application/octet-stream"
    digest: str = SHA256
    cert_digest: str = SHA256
    c14n: str = EXCLUSIVE
    pss: bool = False
    signature_method: str = ""  # the identifier written, when it is to differ from what is done
    policy: str = ""  # XML of SignaturePolicyIdentifier
    # evidence
    timestamps: int = 1
    timestamp_at: object = None
    authority: pki.Holder | None = None
    imprint_digest: str = "sha256"
    ocsp: int = 1
    ocsp_at: object = None
    ocsp_options: dict = field(default_factory=dict)
    ocsp_for: pki.Holder | None = None
    responder: pki.Holder | None = None
    time_mark: bool = False
    nonce_digest: str = "sha256"
    archive: bool = False
    # changes before signing, and after
    before: Callable | None = None
    after: Callable | None = None


def sha(identifier):
    return getattr(hashlib, identifier.rsplit("#", 1)[-1])


def digest_value(content, identifier=SHA256):
    return base64.b64encode(sha(identifier)(content).digest()).decode()


def c14n(element, exclusive=False):
    return etree.tostring(element, method="c14n", exclusive=exclusive)


def raw_ecdsa(der, size=32):
    r, s = decode_dss_signature(der)
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def time_mark_policy(identifier=TIME_MARK, qualifier="OIDAsURN", address="https://example.ee/p"):
    return (
        "<x:SignaturePolicyIdentifier><x:SignaturePolicyId><x:SigPolicyId>"
        f'<x:Identifier Qualifier="{qualifier}">{identifier}</x:Identifier></x:SigPolicyId>'
        f'<x:SigPolicyHash><ds:DigestMethod Algorithm="{SHA256}"/>'
        "<ds:DigestValue>AAAA</ds:DigestValue></x:SigPolicyHash><x:SigPolicyQualifiers>"
        f"<x:SigPolicyQualifier><x:SPURI>{address}</x:SPURI></x:SigPolicyQualifier>"
        "</x:SigPolicyQualifiers></x:SignaturePolicyId></x:SignaturePolicyIdentifier>"
    )


def signature_xml(making):
    """Make one signature file."""
    signer = making.signer or making.world.signer
    if making.time_mark:
        making.timestamps = 0
        making.policy = making.policy or time_mark_policy()
    root = etree.fromstring(_template(making, signer))
    if making.before:
        making.before(root)
    _sign(root, making, signer)
    _add_evidence(root, making, signer)
    if making.after:
        making.after(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _template(making, signer):
    name = making.identifier
    references, formats = "", ""
    for number, (file, content) in enumerate(making.files.items()):
        references += (
            f'<ds:Reference Id="{name}-r{number}" URI="{quote(file)}">'
            f'<ds:DigestMethod Algorithm="{making.digest}"/>'
            f"<ds:DigestValue>{digest_value(content, making.digest)}</ds:DigestValue></ds:Reference>"
        )
        formats += (
            f'<x:DataObjectFormat ObjectReference="#{name}-r{number}">'
            f"<x:MimeType>{making.media_type}</x:MimeType></x:DataObjectFormat>"
        )
    family = "rsa" if isinstance(signer.key, rsa.RSAPrivateKey) else "ecdsa"
    method = making.signature_method or f"{MORE}{family}-sha256"
    if making.pss:
        method = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"
    certificate = base64.b64encode(signer.der).decode()
    return (
        f'<asic:XAdESSignatures xmlns:asic="{ASIC}" xmlns:ds="{DS}" xmlns:x="{XADES}" '
        f'xmlns:x141="{XADES141}"><ds:Signature Id="{name}"><ds:SignedInfo>'
        f'<ds:CanonicalizationMethod Algorithm="{making.c14n}"/>'
        f'<ds:SignatureMethod Algorithm="{method}"/>{references}'
        f'<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#{name}-sp">'
        f'<ds:Transforms><ds:Transform Algorithm="{making.c14n}"/></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{SHA256}"/><ds:DigestValue/></ds:Reference>'
        f'</ds:SignedInfo><ds:SignatureValue Id="{name}-v"/><ds:KeyInfo><ds:X509Data>'
        f"<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        f'<ds:Object><x:QualifyingProperties Target="#{name}"><x:SignedProperties Id="{name}-sp">'
        "<x:SignedSignatureProperties>"
        f"<x:SigningTime>{making.signed_at:%Y-%m-%dT%H:%M:%SZ}</x:SigningTime>"
        "<x:SigningCertificateV2><x:Cert><x:CertDigest>"
        f'<ds:DigestMethod Algorithm="{making.cert_digest}"/>'
        f"<ds:DigestValue>{digest_value(signer.der, making.cert_digest)}</ds:DigestValue>"
        f"</x:CertDigest></x:Cert></x:SigningCertificateV2>{making.policy}"
        "</x:SignedSignatureProperties><x:SignedDataObjectProperties>"
        f"{formats}</x:SignedDataObjectProperties></x:SignedProperties>"
        "<x:UnsignedProperties><x:UnsignedSignatureProperties/></x:UnsignedProperties>"
        "</x:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>"
    )


def _sign(root, making, signer):
    exclusive = making.c14n == EXCLUSIVE
    properties = root.find(".//x:SignedProperties", NS)
    own = root.find(".//ds:Reference[@Type]/ds:DigestValue", NS)
    if own is not None and properties is not None:
        own.text = digest_value(c14n(properties, exclusive))
    content = c14n(root.find(".//ds:SignedInfo", NS), exclusive)
    if making.pss:
        mask = padding.MGF1(hashes.SHA256())
        value = signer.key.sign(content, padding.PSS(mask, 32), hashes.SHA256())
    elif isinstance(signer.key, rsa.RSAPrivateKey):
        value = signer.sign(content)
    else:
        value = raw_ecdsa(signer.sign(content), (signer.key.key_size + 7) // 8)
    root.find(".//ds:SignatureValue", NS).text = base64.b64encode(value).decode()


def _add_evidence(root, making, signer):
    holder = root.find(".//x:UnsignedSignatureProperties", NS)
    world = making.world
    value = root.find(".//ds:SignatureValue", NS)
    stamped_at = making.timestamp_at or making.signed_at
    for _ in range(making.timestamps):
        token = pki.timestamp(
            c14n(value, exclusive=True),
            by=making.authority or world.authority,
            at=stamped_at,
            imprint_digest=making.imprint_digest,
        )
        holder.append(timestamp_element("x:SignatureTimeStamp", token))
    if making.ocsp:
        options = dict(making.ocsp_options)
        if making.time_mark:
            octets = base64.b64decode(value.text)
            options.setdefault("nonce", pki.digest_info(octets, making.nonce_digest))
        asked = making.ocsp_for or signer
        answered = making.responder or (world.listed if making.time_mark else world.responder)
        content = pki.ocsp_response(
            asked.certificate,
            making.issuer or world.issuer,
            responder=answered,
            at=making.ocsp_at or stamped_at + pki.MINUTE / 60,
            **options,
        )
        holder.append(ocsp_element(content))
    if making.archive:
        holder.append(_archive(root, making))


def timestamp_element(name, token):
    prefix, local = name.split(":")
    return etree.fromstring(
        f'<{name} xmlns:x="{XADES}" xmlns:x141="{XADES141}" xmlns:ds="{DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
        f"<x:EncapsulatedTimeStamp>{base64.b64encode(token).decode()}</x:EncapsulatedTimeStamp>"
        f"</{prefix}:{local}>"
    )


def ocsp_element(content):
    return etree.fromstring(
        f'<x:RevocationValues xmlns:x="{XADES}"><x:OCSPValues><x:EncapsulatedOCSPValue>'
        f"{base64.b64encode(content).decode()}</x:EncapsulatedOCSPValue></x:OCSPValues>"
        "</x:RevocationValues>"
    )


def _archive(root, making):
    octets = b"".join(making.files.values())
    octets += c14n(root.find(".//x:SignedProperties", NS), exclusive=True)
    for name in ("SignedInfo", "SignatureValue", "KeyInfo"):
        octets += c14n(root.find(f".//ds:{name}", NS), exclusive=True)
    for one in root.find(".//x:UnsignedSignatureProperties", NS):
        octets += c14n(one, exclusive=True)
    at = (making.timestamp_at or making.signed_at) + pki.MINUTE
    token = pki.timestamp(octets, by=making.authority or making.world.authority, at=at)
    return timestamp_element("x141:ArchiveTimeStamp", token)


# --- the container --------------------------------------------------------------------------------


def manifest(names, media_type="application/octet-stream"):
    entries = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="{media_type}"/>' for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{ASICE}"/>{entries}</m:manifest>'
    ).encode()


def entries_of(*makings, **options):
    """Return (name, bytes) of a whole container with one signature for each making."""
    makings = makings or (Making(**options),)
    files = makings[0].files
    return [
        ("mimetype", ASICE.encode()),
        ("META-INF/manifest.xml", manifest(files)),
        *files.items(),
        *(
            (f"META-INF/signatures{number}.xml", signature_xml(making))
            for number, making in enumerate(makings)
        ),
    ]


def zipped(entries, stored=("mimetype",)):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, kind)
    return buffer.getvalue()


def container(*makings, **options):
    return zipped(entries_of(*makings, **options))
