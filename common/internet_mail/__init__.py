"""What a letter says that came as bytes (RFC 5322, MIME), whatever was done to it. No Django here.

Nothing in a letter is believed: sizes are bounded before anything is parsed, a charset is a hint, and
HTML is only ever read as text.
"""

from common.internet_mail.automatic import Kind
from common.internet_mail.bounces import Bounce
from common.internet_mail.language import language_of
from common.internet_mail.letter import Attachment, Letter, TooTangled, read_head, read_letter
from common.internet_mail.quoted import split_quoted

__all__ = [
    "Attachment",
    "Bounce",
    "Kind",
    "Letter",
    "TooTangled",
    "language_of",
    "read_head",
    "read_letter",
    "split_quoted",
]
