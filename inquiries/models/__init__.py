from inquiries.models.callback_try import CallbackTry
from inquiries.models.correction import Correction
from inquiries.models.inquiry import Channel, County, Inquiry, Language, ObjectKind, object_key
from inquiries.models.inquiry_draft import InquiryDraft
from inquiries.models.legal_term import LegalKind, LegalTerm
from inquiries.models.saved_view import SavedView

__all__ = [
    "CallbackTry",
    "Channel",
    "Correction",
    "County",
    "Inquiry",
    "InquiryDraft",
    "Language",
    "LegalKind",
    "LegalTerm",
    "ObjectKind",
    "SavedView",
    "object_key",
]
