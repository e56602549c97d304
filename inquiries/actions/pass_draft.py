from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.actions import end_after_call
from accounts.models import User
from common.actions import publish_event
from common.refusals import Refusal
from inquiries.actions.save_draft import save_draft
from inquiries.models import MOST_OPEN, DraftPassing, InquiryDraft
from inquiries.refusals import DraftGone
from inquiries.typed import Typed


class ColleagueNotReady(Refusal):
    """The colleague went on a break, or away, or has no business on the line."""

    code = "colleague_not_ready"
    sentence = _("%(who)s is not ready for calls now. Choose again: a callback can be promised.")


class ColleagueIsFull(Refusal):
    code = "colleague_is_full"
    sentence = _("%(who)s has %(n)s contacts open already. Choose somebody else.")


class NothingToPass(Refusal):
    code = "nothing_to_pass"
    sentence = _("Nothing is written down yet, so there is nothing to pass on.")


def pass_draft(
    *,
    key: UUID,
    to: User,
    by: User,
    at: datetime,
    typed: Typed | None = None,
    version: int | None = None,
    attempts: Sequence[str] = (),
) -> DraftPassing:
    """An agent passes a contact on to a colleague who is ready for calls.

    1. Keep what was typed last. If the draft is not the agent's any more because the same passing
       came twice, the one that was made is the answer.
    2. Lock the draft, then the colleague, so that two passings do not take one place. The colleague
       must be ready and have room for another contact.
    3. The draft is the colleague's, with all that is typed and under a version of its own. Who
       passed it on to whom is kept under the contact's key.
    4. Tell the colleague's pages, and those that the agent has open elsewhere.
    5. The agent has nothing more to write down about it.

    Raises StaleSave, DraftGone, AlreadyFinished, NothingToPass, ColleagueNotReady or ColleagueIsFull;
    then the draft stays where it is.
    """
    try:
        if typed is not None and version is not None:
            save_draft(key=key, version=version, typed=typed, by=by, at=at, attempts=attempts)
        with transaction.atomic():
            passing = _passed(key, to, by, at)
    except DraftGone:
        return _made_before(key, to, by)
    end_after_call(user=by, at=at)
    return passing


def _passed(key: UUID, to: User, by: User, at: datetime) -> DraftPassing:
    drafts = InquiryDraft.objects.open().select_for_update(of=("self",))
    draft = drafts.filter(key=key, owner=by).first()
    if draft is None:
        raise DraftGone
    if draft.is_empty:
        raise NothingToPass
    # Not against rows that point at the colleague: two may pass to each other at the same moment.
    to = User.objects.select_for_update(of=("self",), no_key=True).get(pk=to.pk)
    if to.pk == by.pk or not to.takes_calls or not to.is_at_the_line(at):
        raise ColleagueNotReady(who=to)
    if len(InquiryDraft.objects.written_by(to)) >= MOST_OPEN:
        raise ColleagueIsFull(who=to, n=MOST_OPEN)
    passing = DraftPassing.objects.create(
        contact_key=key, by=by, to=to, at=at, version=draft.version + 1
    )
    InquiryDraft.objects.filter(pk=key).update(
        owner=to, passing=passing, version=F("version") + 1, updated_at=at
    )
    publish_event(kind="draft-arrived", about=draft, at=at, to_user=to)
    publish_event(kind="draft-left", about=draft, at=at, to_user=by)
    return passing


def _made_before(key: UUID, to: User, by: User) -> DraftPassing:
    made = DraftPassing.objects.standing().filter(contact_key=key, by=by, to=to).last()
    if made is None:
        raise DraftGone
    return made
