from inquiries.models.answer_draft import AnswerDraft
from inquiries.models.call_import import (
    BadCallRecord,
    CallImport,
    CallRecord,
    CallRecordProfile,
)
from inquiries.models.callback_try import CallbackTry
from inquiries.models.correction import Correction
from inquiries.models.dialling import Dialling
from inquiries.models.draft_passing import DraftPassing
from inquiries.models.identification import (
    CardFact,
    IdentificationRule,
    IdentifiedHow,
    SpokenOf,
    facts_of,
)
from inquiries.models.inquiry import Inquiry, seen_through_inquiry
from inquiries.models.inquiry_choices import (
    WRITTEN,
    Channel,
    County,
    Language,
    ObjectKind,
    object_key,
)
from inquiries.models.inquiry_draft import MOST_OPEN, InquiryDraft
from inquiries.models.inquiry_words import InquiryWords
from inquiries.models.left_unanswered import LeftUnanswered, UnansweredGround
from inquiries.models.legal_term import ExtensionCount, LegalKind, LegalTerm
from inquiries.models.letter import (
    DIRECTION_OF,
    WRITTEN_BY_PEOPLE,
    Letter,
    LetterDirection,
    LetterKind,
)
from inquiries.models.letter_template import LetterTemplate
from inquiries.models.past_import import PastHolds, PastImport, PastValue, RowAside
from inquiries.models.past_inquiry import PastClient, PastInquiry
from inquiries.models.past_profile import PastProfile
from inquiries.models.phone_call import (
    LONGEST_CALL,
    Direction,
    LinkedHow,
    PhoneCall,
    PhoneEvent,
    PhoneRing,
)
from inquiries.models.phone_line import BlockedNumber, PhoneLine
from inquiries.models.satisfaction import BEST, SatisfactionOptOut, SatisfactionQuestion
from inquiries.models.saved_view import SavedView
from inquiries.models.term_extension import TermExtension
from inquiries.models.unit_request import UnitRequest
from inquiries.models.web_letter import WebLetter

__all__ = [
    "BEST",
    "DIRECTION_OF",
    "LONGEST_CALL",
    "MOST_OPEN",
    "WRITTEN",
    "WRITTEN_BY_PEOPLE",
    "AnswerDraft",
    "BadCallRecord",
    "BlockedNumber",
    "CallImport",
    "CallRecord",
    "CallRecordProfile",
    "CallbackTry",
    "CardFact",
    "Channel",
    "Correction",
    "County",
    "Dialling",
    "Direction",
    "DraftPassing",
    "ExtensionCount",
    "IdentificationRule",
    "IdentifiedHow",
    "Inquiry",
    "InquiryDraft",
    "InquiryWords",
    "Language",
    "LeftUnanswered",
    "LegalKind",
    "LegalTerm",
    "Letter",
    "LetterDirection",
    "LetterKind",
    "LetterTemplate",
    "LinkedHow",
    "ObjectKind",
    "PastClient",
    "PastHolds",
    "PastImport",
    "PastInquiry",
    "PastProfile",
    "PastValue",
    "PhoneCall",
    "PhoneEvent",
    "PhoneLine",
    "PhoneRing",
    "RowAside",
    "SatisfactionOptOut",
    "SatisfactionQuestion",
    "SavedView",
    "SpokenOf",
    "TermExtension",
    "UnansweredGround",
    "UnitRequest",
    "WebLetter",
    "facts_of",
    "object_key",
    "seen_through_inquiry",
]
