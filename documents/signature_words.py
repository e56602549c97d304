"""What a refused file or signature is told to people; the codes are documents/signatures' own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.signatures import Code, Level, Means

SENTENCES: dict[Code, Promise] = {
    Code.NOT_A_CONTAINER: _("This is not a signed container."),
    Code.TOO_LARGE: _("The file or a part of it is larger than is accepted."),
    Code.ZIP_BROKEN: _("The container is broken: its parts do not fit together."),
    Code.ZIP_GAP: _("The container holds bytes that belong to none of its files."),
    Code.ZIP_ENCRYPTED: _("A file in the container is encrypted."),
    Code.ZIP_METHOD: _("A file in the container is packed in a way that is not accepted."),
    Code.ZIP_BOMB: _("The container would unpack to more than is accepted."),
    Code.DUPLICATE_NAME: _("Two files in the container have the same name."),
    Code.UNSAFE_NAME: _("A file in the container has a name that could do harm."),
    Code.MIMETYPE_MISSING: _(
        "The container does not say what it is: the file mimetype is missing."
    ),
    Code.MIMETYPE_NOT_FIRST: _("The file mimetype is not the first one in the container."),
    Code.MIMETYPE_COMPRESSED: _("The file mimetype is compressed, which it must not be."),
    Code.MIMETYPE_WRONG: _("By its mimetype the container is not one for signed documents."),
    Code.UNSUPPORTED_SIGNATURE: _(
        "The container holds a signature of a kind that we cannot check."
    ),
    Code.UNKNOWN_META_INF: _("The container holds a service file that no signature covers."),
    Code.NO_SIGNATURES: _("There is no signature in the file."),
    Code.NO_DATA_FILES: _("There is no document in the container."),
    Code.EMPTY_DATA_FILE: _("A document in the container is empty."),
    Code.MANIFEST_MISSING: _("The container has no list of its files."),
    Code.MANIFEST_BROKEN: _("The list of the container's files cannot be read."),
    Code.MANIFEST_DIFFERS: _("The list of the container's files differs from what is in it."),
    Code.XML_BROKEN: _("The signature file cannot be read."),
    Code.XML_DTD: _("The signature file holds definitions that could do harm."),
    Code.XML_UNSAFE: _(
        "The signature file is written so that different programs may read it differently."
    ),
    Code.DUPLICATE_ID: _("Two parts of the signature have the same identifier."),
    Code.SIGNATURE_STRUCTURE: _("The signature is not built as the standard says."),
    Code.SEVERAL_SIGNATURES: _("One signature file holds several signatures."),
    Code.NESTED_SIGNATURE: _("One signature is hidden inside another."),
    Code.WRONG_TARGET: _("The signed facts belong to another signature."),
    Code.TRANSFORM_REFUSED: _(
        "The signature asks for the documents to be changed before they are compared."
    ),
    Code.CANONICALIZATION_REFUSED: _("The signature uses a form of writing that is not accepted."),
    Code.REFERENCE_UNEXPECTED: _(
        "The signature covers something that is not a document of the container."
    ),
    Code.SIGNED_PROPERTIES_NOT_SIGNED: _(
        "The time and the signer's certificate are not covered by the signature."
    ),
    Code.DATA_FILE_NOT_SIGNED: _("A document in the container is not signed."),
    Code.DATA_FILE_MISSING: _("A document that was signed is missing from the container."),
    Code.DATA_FILE_SIGNED_TWICE: _("The signature names the same document twice."),
    Code.DATA_FILE_CHANGED: _("A document was changed after it was signed."),
    Code.SIGNED_PROPERTIES_CHANGED: _(
        "The time or the signer's certificate was changed after signing."
    ),
    Code.MEDIA_TYPE_DIFFERS: _("The kind of a document is another than was signed."),
    Code.WEAK_DIGEST: _("The signature or its proof uses a digest that is too weak."),
    Code.WEAK_DIGEST_WARNING: _(
        "An old or weaker digest is used, which was accepted at that time."
    ),
    Code.ALGORITHM_REFUSED: _("The signature uses an algorithm that is not accepted."),
    Code.HMAC_REFUSED: _("The signature was made with a key that anybody has."),
    Code.WEAK_KEY: _("The signer's key is too short."),
    Code.SMALL_KEY_WARNING: _(
        "The signer's key is short by today's measure, but was accepted at that time."
    ),
    Code.SIGNATURE_VALUE_WRONG: _(
        "The signature was not made with the signer's key, or was changed."
    ),
    Code.CERTIFICATE_MISSING: _("The signer's certificate is missing."),
    Code.CERTIFICATE_BROKEN: _("The certificate cannot be read or asks for what we do not know."),
    Code.CERTIFICATE_MISMATCH: _("The certificate is not the one that was signed along."),
    Code.NOT_FOR_SIGNING: _(
        "The certificate is not meant for signing, but for example for logging in."
    ),
    Code.NOT_QUALIFIED: _("The signer's certificate is not a qualified one."),
    Code.NOT_QUALIFIED_DEVICE: _("The signature was not made with a qualified device."),
    Code.CERTIFICATE_EXPIRED: _("The certificate had expired when it signed."),
    Code.CERTIFICATE_NOT_YET_VALID: _("The certificate was not yet valid when it signed."),
    Code.ISSUER_UNKNOWN: _("No trusted list names the issuer of the certificate."),
    Code.SERVICE_NOT_QUALIFIED: _(
        "The issuer of the certificate is listed, but not as a qualified one."
    ),
    Code.SERVICE_NOT_GRANTED: _(
        "The issuer of the certificate was not trusted at the time of signing."
    ),
    Code.LIST_OUT_OF_DATE: _("The trusted list is out of date."),
    Code.NO_TRUST_LIST: _(
        "There is no trusted list here to judge signatures by. Tell the administrator."
    ),
    Code.NO_TIMESTAMP: _("Nothing proves when the document was signed: the timestamp is missing."),
    Code.SEVERAL_TIMESTAMPS: _("A timestamp does not hold exactly one token."),
    Code.TIMESTAMP_BROKEN: _("The timestamp cannot be read or its signature is wrong."),
    Code.TIMESTAMP_MISMATCH: _("The timestamp belongs to another signature."),
    Code.TIMESTAMP_UNTRUSTED: _("The timestamp was made by a service that was not trusted then."),
    Code.TIMESTAMP_CERTIFICATE: _(
        "The certificate of the timestamp is missing, expired or meant for something else."
    ),
    Code.EVIDENCE_IN_FUTURE: _("The proof of time lies in the future."),
    Code.TIME_MARK_MISSING: _("The time-mark is missing from the confirmation of validity."),
    Code.TIME_MARK_MISMATCH: _("The time-mark belongs to another signature."),
    Code.TIME_MARK_RESPONDER: _(
        "The time-mark was made by a service that may not make time-marks."
    ),
    Code.POLICY_UNKNOWN: _("The signature follows rules that we do not know."),
    Code.POLICY_INCOMPLETE: _("The signature names its rules incompletely."),
    Code.CLAIMED_TIME_DIFFERS: _("The time on the signer's computer was far from the proved one."),
    Code.NO_REVOCATION: _(
        "Nothing proves that the certificate was in force: the confirmation of validity is missing."
    ),
    Code.OCSP_BROKEN: _("The confirmation of validity cannot be read."),
    Code.OCSP_OTHER_CERTIFICATE: _("The confirmation of validity is about another certificate."),
    Code.OCSP_UNTRUSTED: _("The confirmation of validity was given by one who may not give it."),
    Code.OCSP_SIGNATURE_WRONG: _("The signature of the confirmation of validity is wrong."),
    Code.OCSP_RESPONDER_EXPIRED: _(
        "The certificate of the one who confirmed the validity was not in force."
    ),
    Code.OCSP_BEFORE_TIMESTAMP: _(
        "The validity was confirmed before the signature was timestamped."
    ),
    Code.OCSP_LATE: _("The validity was confirmed more than 15 minutes after the timestamp."),
    Code.OCSP_TOO_LATE: _("The validity was confirmed more than 24 hours after the timestamp."),
    Code.OCSP_STALE: _("The confirmation of validity repeats old news."),
    Code.REVOKED: _("The certificate had been revoked."),
    Code.STATUS_UNKNOWN: _("The one who was asked did not know the certificate."),
    Code.ARCHIVE_TIMESTAMP_WRONG: _("The archive timestamp does not fit what it should cover."),
    Code.PDF_BROKEN: _("The PDF cannot be read."),
    Code.PDF_ENCRYPTED: _("The PDF is encrypted."),
    Code.PDF_NOT_SIGNED: _("There is no signature in the PDF."),
    Code.PDF_FORMAT: _("The signature in the PDF is of an older kind that is not accepted."),
    Code.PDF_BYTE_RANGE: _("The signature of the PDF leaves a gap in what it covers."),
    Code.PDF_CHANGED: _("The PDF was changed after it was signed."),
    Code.PDF_CHANGED_AFTER: _("Something was added to the PDF after it was signed."),
    Code.PDF_NOT_WHOLE: _("The signature does not cover the whole PDF."),
    Code.TOO_SLOW: _("Checking the file took too long."),
    Code.TOO_COSTLY: _("Checking the file needed too much memory."),
    Code.UNREADABLE: _("The file could not be checked."),
}

LEVELS: dict[Level, Promise] = {
    Level.QES: _("Qualified electronic signature"),
    Level.ADES_QC: _("Advanced electronic signature with a qualified certificate"),
    Level.QSEAL: _("Qualified electronic seal"),
    Level.ADESEAL_QC: _("Advanced electronic seal with a qualified certificate"),
    Level.ADES: _("Advanced electronic signature"),
}

MEANS: dict[Means, Promise] = {
    Means.ID_CARD: _("ID card"),
    Means.MOBILE_ID: _("Mobile-ID"),
    Means.SMART_ID: _("Smart-ID"),
    Means.SEAL: _("Electronic seal"),
    Means.OTHER: _("Other means"),
}
