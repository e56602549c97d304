from datetime import datetime

from accounts.models import User
from clients.actions import open_client
from clients.models import Client
from inquiries.models import DraftPassing, InquiryDraft
from inquiries.typed import is_id


def see_passing(*, passing: DraftPassing, draft: InquiryDraft, by: User, at: datetime) -> None:
    """What a colleague passed on comes on the screen for the first time.

    1. Note it, once.
    2. The client's card comes along: that stands in the access log.
    """
    unseen = DraftPassing.objects.filter(pk=passing.pk, seen_at__isnull=True)
    if not unseen.update(seen_at=at):
        return
    chosen = str(draft.typed.get("client", ""))
    client = Client.objects.visible_to(by).filter(pk=chosen).first() if is_id(chosen) else None
    if client is not None:
        open_client(client=client, by=by, at=at, reason="call")
