"""Why a file or a signature is refused, or accepted with a remark; each code with its clause.

The sentences for people stand in documents/signature_words.py, since this package knows no Django.
"""

from enum import StrEnum


class Code(StrEnum):
    # the container
    NOT_A_CONTAINER = "not_a_container"
    TOO_LARGE = "too_large"
    ZIP_BROKEN = "zip_broken"
    ZIP_GAP = "zip_gap"
    ZIP_ENCRYPTED = "zip_encrypted"
    ZIP_METHOD = "zip_method"
    ZIP_BOMB = "zip_bomb"
    DUPLICATE_NAME = "duplicate_name"
    UNSAFE_NAME = "unsafe_name"
    MIMETYPE_MISSING = "mimetype_missing"
    MIMETYPE_NOT_FIRST = "mimetype_not_first"
    MIMETYPE_COMPRESSED = "mimetype_compressed"
    MIMETYPE_WRONG = "mimetype_wrong"
    UNSUPPORTED_SIGNATURE = "unsupported_signature"
    UNKNOWN_META_INF = "unknown_meta_inf"
    NO_SIGNATURES = "no_signatures"
    NO_DATA_FILES = "no_data_files"
    EMPTY_DATA_FILE = "empty_data_file"
    MANIFEST_MISSING = "manifest_missing"
    MANIFEST_BROKEN = "manifest_broken"
    MANIFEST_DIFFERS = "manifest_differs"
    # XML
    XML_BROKEN = "xml_broken"
    XML_DTD = "xml_dtd"
    XML_UNSAFE = "xml_unsafe"
    DUPLICATE_ID = "duplicate_id"
    SIGNATURE_STRUCTURE = "signature_structure"
    SEVERAL_SIGNATURES = "several_signatures"
    NESTED_SIGNATURE = "nested_signature"
    WRONG_TARGET = "wrong_target"
    TRANSFORM_REFUSED = "transform_refused"
    CANONICALIZATION_REFUSED = "canonicalization_refused"
    # references and the signature's value
    REFERENCE_UNEXPECTED = "reference_unexpected"
    SIGNED_PROPERTIES_NOT_SIGNED = "signed_properties_not_signed"
    DATA_FILE_NOT_SIGNED = "data_file_not_signed"
    DATA_FILE_MISSING = "data_file_missing"
    DATA_FILE_SIGNED_TWICE = "data_file_signed_twice"
    DATA_FILE_CHANGED = "data_file_changed"
    SIGNED_PROPERTIES_CHANGED = "signed_properties_changed"
    MEDIA_TYPE_DIFFERS = "media_type_differs"
    WEAK_DIGEST = "weak_digest"
    WEAK_DIGEST_WARNING = "weak_digest_warning"
    ALGORITHM_REFUSED = "algorithm_refused"
    HMAC_REFUSED = "hmac_refused"
    WEAK_KEY = "weak_key"
    SMALL_KEY_WARNING = "small_key_warning"
    SIGNATURE_VALUE_WRONG = "signature_value_wrong"
    # the signing certificate
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_BROKEN = "certificate_broken"
    CERTIFICATE_MISMATCH = "certificate_mismatch"
    NOT_FOR_SIGNING = "not_for_signing"
    NOT_QUALIFIED = "not_qualified"
    NOT_QUALIFIED_DEVICE = "not_qualified_device"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    # trust
    ISSUER_UNKNOWN = "issuer_unknown"
    SERVICE_NOT_QUALIFIED = "service_not_qualified"
    SERVICE_NOT_GRANTED = "service_not_granted"
    LIST_OUT_OF_DATE = "list_out_of_date"
    NO_TRUST_LIST = "no_trust_list"
    # time
    NO_TIMESTAMP = "no_timestamp"
    SEVERAL_TIMESTAMPS = "several_timestamps"
    TIMESTAMP_BROKEN = "timestamp_broken"
    TIMESTAMP_MISMATCH = "timestamp_mismatch"
    TIMESTAMP_UNTRUSTED = "timestamp_untrusted"
    TIMESTAMP_CERTIFICATE = "timestamp_certificate"
    EVIDENCE_IN_FUTURE = "evidence_in_future"
    TIME_MARK_MISSING = "time_mark_missing"
    TIME_MARK_MISMATCH = "time_mark_mismatch"
    TIME_MARK_RESPONDER = "time_mark_responder"
    POLICY_UNKNOWN = "policy_unknown"
    POLICY_INCOMPLETE = "policy_incomplete"
    CLAIMED_TIME_DIFFERS = "claimed_time_differs"
    # revocation
    NO_REVOCATION = "no_revocation"
    OCSP_BROKEN = "ocsp_broken"
    OCSP_OTHER_CERTIFICATE = "ocsp_other_certificate"
    OCSP_UNTRUSTED = "ocsp_untrusted"
    OCSP_SIGNATURE_WRONG = "ocsp_signature_wrong"
    OCSP_RESPONDER_EXPIRED = "ocsp_responder_expired"
    OCSP_BEFORE_TIMESTAMP = "ocsp_before_timestamp"
    OCSP_LATE = "ocsp_late"
    OCSP_TOO_LATE = "ocsp_too_late"
    OCSP_STALE = "ocsp_stale"
    REVOKED = "revoked"
    STATUS_UNKNOWN = "status_unknown"
    # long term
    ARCHIVE_TIMESTAMP_WRONG = "archive_timestamp_wrong"
    # PDF
    PDF_BROKEN = "pdf_broken"
    PDF_ENCRYPTED = "pdf_encrypted"
    PDF_NOT_SIGNED = "pdf_not_signed"
    PDF_FORMAT = "pdf_format"
    PDF_BYTE_RANGE = "pdf_byte_range"
    PDF_CHANGED = "pdf_changed"
    PDF_CHANGED_AFTER = "pdf_changed_after"
    PDF_NOT_WHOLE = "pdf_not_whole"
    # the run
    TOO_SLOW = "too_slow"
    TOO_COSTLY = "too_costly"
    UNREADABLE = "unreadable"


_ASIC = "EN 319 162-1"
_XADES = "EN 319 132-1"
_VALIDATION = "EN 319 102-1"
_BDOC = "BDOC 2.1.2"

CLAUSES: dict[Code, str] = {
    Code.NOT_A_CONTAINER: f"{_ASIC} 4.4.1",
    Code.TOO_LARGE: "docs/signature-policy.md, limits",
    Code.ZIP_BROKEN: f"{_ASIC} 4.4.2; ZIP 4.3",
    Code.ZIP_GAP: f"{_ASIC} 4.4.2; ZIP 4.3.6",
    Code.ZIP_ENCRYPTED: f"{_ASIC} 4.4.2",
    Code.ZIP_METHOD: f"{_ASIC} 4.4.2; ZIP 4.4.5",
    Code.ZIP_BOMB: "docs/signature-policy.md, limits",
    Code.DUPLICATE_NAME: f"{_BDOC} 8.1",
    Code.UNSAFE_NAME: f"{_BDOC} 8.1",
    Code.MIMETYPE_MISSING: f"{_BDOC} 8.1; {_ASIC} A.1",
    Code.MIMETYPE_NOT_FIRST: f"{_ASIC} A.1",
    Code.MIMETYPE_COMPRESSED: f"{_ASIC} A.1",
    Code.MIMETYPE_WRONG: f"{_ASIC} 4.4.3.1",
    Code.UNSUPPORTED_SIGNATURE: f"{_ASIC} 4.4.4",
    Code.UNKNOWN_META_INF: f"{_ASIC} 4.4.3.2",
    Code.NO_SIGNATURES: f"{_ASIC} 4.4.3.2",
    Code.NO_DATA_FILES: f"{_ASIC} 4.4.3.2",
    Code.EMPTY_DATA_FILE: "docs/signature-policy.md",
    Code.MANIFEST_MISSING: f"{_BDOC} 8.1",
    Code.MANIFEST_BROKEN: f"{_BDOC} 8.1; OpenDocument 1.2 part 3, 3.2",
    Code.MANIFEST_DIFFERS: f"{_BDOC} 8.1",
    Code.XML_BROKEN: f"{_VALIDATION} 5.2.2",
    Code.XML_DTD: "XML-Signature best practices, 2.1",
    Code.XML_UNSAFE: "XML-Signature best practices, 2",
    Code.DUPLICATE_ID: "XML-Signature best practices, 2.8",
    Code.SIGNATURE_STRUCTURE: f"{_XADES} 4.3; XML-Signature 4",
    Code.SEVERAL_SIGNATURES: f"{_BDOC} 8.1",
    Code.NESTED_SIGNATURE: f"{_XADES} 4.3",
    Code.WRONG_TARGET: f"{_XADES} 4.3.1",
    Code.TRANSFORM_REFUSED: f"{_BDOC} 5; XML-Signature best practices, 2.1",
    Code.CANONICALIZATION_REFUSED: "XML-Signature 6.5",
    Code.REFERENCE_UNEXPECTED: f"{_ASIC} 4.4.3.2",
    Code.SIGNED_PROPERTIES_NOT_SIGNED: f"{_XADES} 4.3.2",
    Code.DATA_FILE_NOT_SIGNED: f"{_BDOC} 8.1",
    Code.DATA_FILE_MISSING: f"{_VALIDATION} 5.2.7.4 SIGNED_DATA_NOT_FOUND",
    Code.DATA_FILE_SIGNED_TWICE: f"{_BDOC} 8.1",
    Code.DATA_FILE_CHANGED: f"{_VALIDATION} 5.2.7.4 HASH_FAILURE",
    Code.SIGNED_PROPERTIES_CHANGED: f"{_VALIDATION} 5.2.7.4 HASH_FAILURE",
    Code.MEDIA_TYPE_DIFFERS: f"{_XADES} 5.2.4; {_BDOC} 8.1",
    Code.WEAK_DIGEST: "TS 119 312 5; EN 319 102-1 5.2.8 CRYPTO_CONSTRAINTS_FAILURE",
    Code.WEAK_DIGEST_WARNING: "TS 119 312 5",
    Code.ALGORITHM_REFUSED: "TS 119 312 6",
    Code.HMAC_REFUSED: "XML-Signature 6.3; XML-Signature best practices",
    Code.WEAK_KEY: "TS 119 312 8; EN 319 102-1 5.2.8",
    Code.SMALL_KEY_WARNING: "TS 119 312 8",
    Code.SIGNATURE_VALUE_WRONG: f"{_VALIDATION} 5.2.7.4 SIG_CRYPTO_FAILURE",
    Code.CERTIFICATE_MISSING: f"{_VALIDATION} 5.2.3 NO_SIGNING_CERTIFICATE_FOUND",
    Code.CERTIFICATE_BROKEN: "RFC 5280 4.1",
    Code.CERTIFICATE_MISMATCH: f"{_VALIDATION} 5.2.3; {_XADES} 5.2.2",
    Code.NOT_FOR_SIGNING: "EN 319 412-2 4.3.2",
    Code.NOT_QUALIFIED: "eIDAS 28; EN 319 412-5 4.2.1; TS 119 615",
    Code.NOT_QUALIFIED_DEVICE: "eIDAS 29; EN 319 412-5 4.2.2; TS 119 615",
    Code.CERTIFICATE_EXPIRED: f"{_VALIDATION} 5.2.6 OUT_OF_BOUNDS",
    Code.CERTIFICATE_NOT_YET_VALID: f"{_VALIDATION} 5.2.6 OUT_OF_BOUNDS",
    Code.ISSUER_UNKNOWN: f"{_VALIDATION} 5.2.6 NO_CERTIFICATE_CHAIN_FOUND",
    Code.SERVICE_NOT_QUALIFIED: "TS 119 615 4.3; TS 119 612 5.5.1",
    Code.SERVICE_NOT_GRANTED: "TS 119 615 4.3; TS 119 612 5.5.4",
    Code.LIST_OUT_OF_DATE: "TS 119 612 5.3.15",
    Code.NO_TRUST_LIST: "TS 119 615 4.1",
    Code.NO_TIMESTAMP: f"{_XADES} 6.3 level T",
    Code.SEVERAL_TIMESTAMPS: "docs/signature-policy.md",
    Code.TIMESTAMP_BROKEN: "RFC 3161 2.4.2; EN 319 102-1 5.4",
    Code.TIMESTAMP_MISMATCH: f"{_VALIDATION} 5.4; {_XADES} 5.3",
    Code.TIMESTAMP_UNTRUSTED: "TS 119 615 4.5",
    Code.TIMESTAMP_CERTIFICATE: "RFC 3161 2.3",
    Code.EVIDENCE_IN_FUTURE: f"{_VALIDATION} 5.5.4 TIMESTAMP_ORDER_FAILURE",
    Code.TIME_MARK_MISSING: f"{_BDOC} 6.1",
    Code.TIME_MARK_MISMATCH: f"{_BDOC} 6.1",
    Code.TIME_MARK_RESPONDER: f"{_BDOC} 6.1",
    Code.POLICY_UNKNOWN: f"{_VALIDATION} 5.2.4 SIGNATURE_POLICY_NOT_AVAILABLE; {_BDOC} 5.2",
    Code.POLICY_INCOMPLETE: f"{_BDOC} 5.2",
    Code.CLAIMED_TIME_DIFFERS: f"{_XADES} 5.2.1",
    Code.NO_REVOCATION: f"{_XADES} 6.3 level LT",
    Code.OCSP_BROKEN: "RFC 6960 4.2",
    Code.OCSP_OTHER_CERTIFICATE: "RFC 6960 3.2 (1)",
    Code.OCSP_UNTRUSTED: "RFC 6960 4.2.2.2",
    Code.OCSP_SIGNATURE_WRONG: "RFC 6960 3.2 (2)",
    Code.OCSP_RESPONDER_EXPIRED: "RFC 6960 4.2.2.2; EN 319 102-1 5.2.5",
    Code.OCSP_BEFORE_TIMESTAMP: f"{_VALIDATION} 5.2.5, 5.5.4",
    Code.OCSP_LATE: "docs/signature-policy.md",
    Code.OCSP_TOO_LATE: "docs/signature-policy.md",
    Code.OCSP_STALE: f"{_VALIDATION} 5.2.5",
    Code.REVOKED: f"{_VALIDATION} 5.2.6 REVOKED",
    Code.STATUS_UNKNOWN: "RFC 6960 2.2",
    Code.ARCHIVE_TIMESTAMP_WRONG: f"{_XADES} 5.5.2",
    Code.PDF_BROKEN: "ISO 32000-1 7.5",
    Code.PDF_ENCRYPTED: "docs/signature-policy.md",
    Code.PDF_NOT_SIGNED: "EN 319 142-1 5.1",
    Code.PDF_FORMAT: "EN 319 142-1 6.3",
    Code.PDF_BYTE_RANGE: "ISO 32000-1 12.8.1; EN 319 142-1 5.3",
    Code.PDF_CHANGED: f"{_VALIDATION} 5.2.7.4 HASH_FAILURE",
    Code.PDF_CHANGED_AFTER: "ISO 32000-1 12.8.2.2; EN 319 142-1 5.5",
    Code.PDF_NOT_WHOLE: "EN 319 142-1 5.3",
    Code.TOO_SLOW: "docs/signature-policy.md, limits",
    Code.TOO_COSTLY: "docs/signature-policy.md, limits",
    Code.UNREADABLE: "docs/signature-policy.md, limits",
}
