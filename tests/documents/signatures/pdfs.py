"""Signed PDF of our own: pyHanko lays the signature in, our certificates make it."""

import io
from dataclasses import dataclass, field

from asn1crypto import cms
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, PdfSignedData
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.documents.signatures import pki

TEXT = b"BT /F1 12 Tf 72 720 Td (The client pays 10 euros) Tj ET"


@dataclass
class Making:
    world: pki.World = field(default_factory=pki.world)
    signer: pki.Holder | None = None
    signed_at: object = pki.NOW
    name: str = "Signature1"
    timestamp: bool = True
    ocsp: bool = True
    ocsp_at: object = None
    ocsp_options: dict = field(default_factory=dict)
    subfilter: object = SigSeedSubFilter.PADES


def page(writer, text=TEXT):
    stream = writer.add_object(generic.StreamObject(stream_data=text))
    return PageObject(contents=stream, media_box=(0, 0, 595, 842))


def plain_pdf(text=TEXT):
    writer = PdfFileWriter()
    writer.insert_page(page(writer, text))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def update(content):
    return IncrementalPdfFileWriter(io.BytesIO(content))


def written(writer):
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def signed_pdf(content=None, making=None):
    """Sign a PDF and put the evidence into its store."""
    making = making or Making()
    signer = making.signer or making.world.signer
    placeholder = PdfSignedData(
        obj_type=pdf_name("/Sig"), subfilter=making.subfilter, bytes_reserved=16_384
    )

    def message(hashed):
        return pki.message(
            signer, "data", hashed, unsigned=_stamp(making), signed_at=making.signed_at
        )

    content = _laid_in(content or plain_pdf(), making.name, placeholder, message)
    return _with_store(content, making, signer) if making.ocsp else content


def _stamp(making):
    if not making.timestamp:
        return None

    def attributes(signature):
        token = pki.timestamp(signature, by=making.world.authority, at=making.signed_at)
        value = cms.ContentInfo.load(token)
        return cms.CMSAttributes(
            [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [value]})]
        )

    return attributes


def _laid_in(content, name, placeholder, message, box=None):
    field = SigFieldSpec(name, box=box) if box else None
    steps = PdfCMSEmbedder(new_field_spec=field).write_cms(field_name=name, writer=update(content))
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    prepared, output = steps.send(SigIOSetup(md_algorithm="sha256", in_place=False))
    steps.send(message(prepared.document_digest))
    return output.getvalue()


def _with_store(content, making, signer):
    answer = pki.ocsp_response(
        signer.certificate,
        making.world.issuer,
        responder=making.world.responder,
        at=making.ocsp_at or making.signed_at + pki.MINUTE,
        **making.ocsp_options,
    )
    buffer = io.BytesIO(content)
    DocumentSecurityStore.add_dss(
        buffer,
        sig_contents=None,
        certs=[asn1_x509.Certificate.load(making.world.issuer.der)],
        ocsps=[asn1_ocsp.OCSPResponse.load(answer)],
    )
    return buffer.getvalue()


def stamped(content, at=pki.NOW + 2 * pki.MINUTE, name="Timestamp1", covered=None, box=None):
    """Put a document timestamp over the whole file."""
    authority = pki.world().authority

    def message(hashed):
        return pki.timestamp(b"", by=authority, at=at, hashed=covered or hashed)

    return _laid_in(content, name, DocumentTimestamp(bytes_reserved=16_384), message, box)
