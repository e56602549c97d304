from datetime import datetime

from accounts.models import User
from inquiries.models import Channel, Inquiry, Letter, LetterDirection, LetterKind


def note_inside(*, inquiry: Inquiry, text: str, by: User, at: datetime) -> Letter:
    """A colleague leaves a word about a letter for the others who deal with it.

    1. Put it into the thread, where only we see it.
    """
    return Letter.objects.create(
        inquiry=inquiry,
        direction=LetterDirection.INTERNAL,
        kind=LetterKind.NOTE,
        channel=Channel.WEB,
        language=inquiry.language,
        sender_name=str(by),
        text=text,
        at=at,
        written_by=by,
    )
