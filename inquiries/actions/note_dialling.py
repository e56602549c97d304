from datetime import datetime, timedelta

from accounts.models import User
from clients.models import Client
from inquiries.field_judge import stored_phone
from inquiries.models import Dialling, Inquiry

TWICE_IS_ONCE = timedelta(seconds=10)  # a double click


def note_dialling(
    *, number: str, client: Client | None, inquiry: Inquiry | None, by: User, at: datetime
) -> Dialling:
    """Somebody pressed a client's number on the screen, and the telephone dials it.

    1. Write down who, when, which number, and to which inquiry or client; a double click once.
    """
    number = stored_phone(number)
    if client is None and inquiry is not None:
        client = inquiry.client
    mine = Dialling.objects.filter(by=by, number=number, at__gt=at - TWICE_IS_ONCE)
    return mine.last() or Dialling.objects.create(
        number=number, client=client, inquiry=inquiry, by=by, at=at
    )
