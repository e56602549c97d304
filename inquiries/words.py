"""What the words of an inquiry are taken from."""

from common.words_table import WordsTable
from inquiries.models import Inquiry, InquiryWords

WORDS = WordsTable(
    words=InquiryWords,
    of=Inquiry,
    fields=("question", "answer", "place", "object_reference", "source_text"),
    moment="started_at",
)
