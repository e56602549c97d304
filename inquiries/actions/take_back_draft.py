from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import resume_after_call
from accounts.models import User
from common.actions import publish_event
from common.refusals import Refusal
from inquiries.models import DraftPassing, InquiryDraft
from inquiries.refusals import DraftGone


class ColleagueHasGoneOn(Refusal):
    """The colleague has typed something, or has finished the contact or passed it on."""

    code = "colleague_has_gone_on"
    sentence = _("%(who)s has gone on with it already; it cannot be taken back.")


def take_back_draft(*, key: UUID, by: User, at: datetime) -> InquiryDraft:
    """An agent takes a contact back that was passed on, as long as the colleague has typed nothing.

    1. Lock the draft. It must be as it came to the colleague.
    2. It is the agent's again, under a version of its own, and the passing is marked.
    3. Tell the colleague's pages. The agent, whom the passing made ready for the next call, writes
       after the call again.

    Asked for twice, it answers with the draft again. Raises ColleagueHasGoneOn or DraftGone.
    """
    with transaction.atomic():
        drafts = InquiryDraft.objects.open().select_for_update(of=("self",))
        draft = drafts.filter(key=key).first()
        if draft is not None and draft.owner_id == by.pk:
            return draft
        passings = DraftPassing.objects.standing().filter(contact_key=key, is_callback=False)
        passing = passings.filter(by=by).select_related("to").last()
        if passing is None:
            raise DraftGone
        if draft is None or (draft.passing_id, draft.version) != (passing.pk, passing.version):
            raise ColleagueHasGoneOn(who=passing.to)
        DraftPassing.objects.filter(pk=passing.pk).update(taken_back_at=at)
        draft.owner, draft.passing = by, passings.filter(to=by, pk__lt=passing.pk).last()
        draft.version, draft.updated_at = draft.version + 1, at
        draft.save(update_fields=["owner", "passing", "version", "updated_at"])
        publish_event(kind="draft-left", about=draft, at=at, to_user=passing.to)
        resume_after_call(user=by, ended_at=passing.at, at=at)
    return draft
