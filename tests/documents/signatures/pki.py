"""A world of certificates in memory: an issuer, signers, responders, a timestamp authority, a list."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from asn1crypto import algos, cms, core, tsp
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
YEAR = dt.timedelta(days=365)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
COMPLIANCE, DEVICE = bytes.fromhex("3008060604008e460101"), bytes.fromhex("3008060604008e460104")
QUALIFIED = COMPLIANCE + DEVICE
KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True)
class Holder:
    """A certificate and the key to it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def der(self):
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self):
        return self.certificate.public_bytes(Encoding.PEM)

    def sign(self, content, digest=None):
        digest = digest or hashes.SHA256()
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), digest)
        return self.key.sign(content, ec.ECDSA(digest))


def issue(
    name,
    by=None,
    *,
    usages=("content_commitment",),
    purposes=(),
    serial_number="",
    country="EE",
    statements=b"",
    policies=(),
    begins=NOW - YEAR,
    ends=NOW + 3 * YEAR,
    key=None,
    extensions=(),
    digest=None,
):
    """Issue a certificate; without `by` the holder's own key signs it."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, country)]
    if serial_number:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial_number))
    attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, name))
    subject = x509.Name(attributes)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
    chosen = {usage: usage in usages for usage in KEY_USAGES}
    builder = builder.add_extension(x509.KeyUsage(**chosen), critical=True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    if statements:
        wrapped = b"\x30" + bytes([len(statements)]) + statements
        extension = x509.UnrecognizedExtension(QC_STATEMENTS, wrapped)
        builder = builder.add_extension(extension, critical=False)
    if policies:
        named = [x509.PolicyInformation(x509.ObjectIdentifier(one), None) for one in policies]
        builder = builder.add_extension(x509.CertificatePolicies(named), critical=False)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return Holder(builder.sign(by.key if by else key, digest or hashes.SHA256()), key)


def issuer(name="Test Issuer", **options):
    return issue(name, usages=("key_cert_sign", "crl_sign"), ends=NOW + 10 * YEAR, **options)


def signer(by, name="MÄNNIK,MARI-LIIS,47101010033", code="PNOEE-47101010033", **options):
    options.setdefault("statements", QUALIFIED)
    options.setdefault("policies", ("1.3.6.1.4.1.51361.1.1.1",))
    return issue(name, by, serial_number=code, **options)


def responder(by, name="Test Responder", **options):
    options.setdefault("purposes", (ExtendedKeyUsageOID.OCSP_SIGNING,))
    return issue(name, by, usages=("digital_signature",), **options)


def authority(by, name="Test Timestamps", **options):
    options.setdefault("purposes", (ExtendedKeyUsageOID.TIME_STAMPING,))
    return issue(name, by, usages=("digital_signature",), **options)


@dataclass(frozen=True)
class World:
    issuer: Holder
    signer: Holder
    responder: Holder  # delegated by the issuer
    listed: Holder  # a responder that the list names, fit for time-marks
    authority: Holder


@cache
def world():
    root, ca = issuer("Test Root"), issuer()
    return World(
        ca, signer(ca), responder(ca), responder(root, "Listed Responder"), authority(root)
    )


@cache
def rsa_key(bits=2048):
    return rsa.generate_private_key(65537, bits)


def with_faulty_key(holder, by):
    """Issue the certificate anew with its RSA modulus written without the leading zero."""
    numbers = holder.key.public_key().public_numbers()
    modulus = b"\x02\x82" + (256).to_bytes(2, "big") + numbers.n.to_bytes(256, "big")
    inner = modulus + b"\x02\x03" + numbers.e.to_bytes(3, "big")
    parsed = asn1_x509.Certificate.load(holder.der)
    tbs = parsed["tbs_certificate"]
    key = b"\x30\x82" + len(inner).to_bytes(2, "big") + inner
    spki = tbs["subject_public_key_info"]
    whole = b"\x03\x82" + (len(key) + 1).to_bytes(2, "big") + b"\x00" + key
    faulty = spki["algorithm"].dump() + whole
    body = b"\x30\x82" + len(faulty).to_bytes(2, "big") + faulty
    tbs_der = resized(tbs.dump(), spki.dump(), body)
    signature = core.OctetBitString(by.sign(tbs_der)).dump()
    rest = tbs_der + parsed["signature_algorithm"].dump() + signature
    der = b"\x30\x82" + len(rest).to_bytes(2, "big") + rest
    return FaultyHolder(holder.certificate, holder.key, der)


def resized(outer, old, new):
    """Return a long DER sequence with one part replaced and its size set right."""
    body = outer[4:].replace(old, new)
    return b"\x30\x82" + len(body).to_bytes(2, "big") + body


@dataclass(frozen=True)
class FaultyHolder(Holder):
    bytes_: bytes = b""

    @property
    def der(self):
        return self.bytes_


# --- evidence -------------------------------------------------------------------------------------


def ocsp_response(
    certificate,
    by,
    *,
    responder,
    at,
    this_update=None,
    status=ocsp.OCSPCertStatus.GOOD,
    revoked_at=None,
    nonce=None,
    wrapped=False,
    embed=True,
    digest=None,
    signed_by=None,
):
    """Answer for a certificate. The builder answers now, so the moment is put in and signed anew."""
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certificate,
        issuer=by.certificate,
        algorithm=hashes.SHA1(),
        cert_status=status,
        this_update=this_update or at,
        next_update=None,
        revocation_time=revoked_at,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, responder.certificate)
    if nonce is not None:
        kind = ocsp_nonce(nonce, wrapped)
        builder = builder.add_extension(kind, critical=False)
    response = builder.sign(responder.key, hashes.SHA256())
    return moved(response, responder, at, embed, digest, signed_by or responder)


def ocsp_nonce(nonce, wrapped):
    if wrapped:
        return x509.OCSPNonce(nonce)
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.48.1.2"), nonce)


def moved(response, by, at, embed, digest, signed_by):
    made = f"{response.produced_at_utc:%Y%m%d%H%M%SZ}".encode()
    tbs = response.tbs_response_bytes.replace(made, f"{at:%Y%m%d%H%M%SZ}".encode(), 1)
    digest = digest or hashes.SHA256()
    family = "rsa" if isinstance(by.key, rsa.RSAPrivateKey) else "ecdsa"
    basic = asn1_ocsp.BasicOCSPResponse(
        {
            "tbs_response_data": asn1_ocsp.ResponseData.load(tbs),
            "signature_algorithm": {"algorithm": f"{digest.name}_{family}"},
            "signature": signed_by.sign(tbs, digest),
            "certs": [asn1_x509.Certificate.load(by.der)] if embed else None,
        }
    )
    return asn1_ocsp.OCSPResponse(
        {
            "response_status": "successful",
            "response_bytes": {"response_type": "basic_ocsp_response", "response": basic},
        }
    ).dump()


def digest_info(content, name="sha256"):
    hashed = hashes.Hash(getattr(hashes, name.upper())())
    hashed.update(content)
    return tsp.MessageImprint(
        {"hash_algorithm": {"algorithm": name}, "hashed_message": hashed.finalize()}
    ).dump()


def timestamp(covered, *, by, at, imprint_digest="sha256", names=None, hashed=None):
    """Make a timestamp token; `names` is the certificate that the attributes tell, when another."""
    imprint = tsp.MessageImprint.load(digest_info(covered, imprint_digest))
    if hashed:  # what is covered comes as its digest already
        imprint["hashed_message"] = hashed
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "0.4.0.2023.1.1",
            "message_imprint": imprint,
            "serial_number": 1,
            "gen_time": at,
        }
    )
    content = info.dump()
    return message(by, "tst_info", _sha256(content), content=content, names=names)


def message(by, kind, hashed, *, content=None, names=None, unsigned=None, signed_at=None):
    """Make a CMS message over a digest; `unsigned` makes attributes from the signature's value."""
    named = {"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": _sha256(names or by.der)}
    values = {
        "content_type": kind,
        "message_digest": hashed,
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [named]}),
    }
    if signed_at:
        values["signing_time"] = cms.Time({"utc_time": signed_at})
    attributes = cms.CMSAttributes(
        [cms.CMSAttribute({"type": name, "values": [value]}) for name, value in values.items()]
    )
    data = signed_data(by, kind, attributes, content, unsigned)
    return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def signed_data(by, kind, attributes, content, unsigned):
    parsed = asn1_x509.Certificate.load(by.der)
    signature = by.sign(attributes.dump())
    inner = {"content_type": kind}
    if content is not None:
        inner["content"] = core.ParsableOctetString(content)
    return cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": inner,
            "certificates": [parsed],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": cms.SignerIdentifier(
                        name="issuer_and_serial_number",
                        value={"issuer": parsed.issuer, "serial_number": parsed.serial_number},
                    ),
                    "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                    "signed_attrs": attributes,
                    "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                    "signature": signature,
                    "unsigned_attrs": unsigned(signature) if unsigned else None,
                }
            ],
        }
    )


def _sha256(content):
    hashed = hashes.Hash(hashes.SHA256())
    hashed.update(content)
    return hashed.finalize()
