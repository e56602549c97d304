import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.actions import publish_event
from common.refusals import Refusal
from inquiries.actions.count_as_sent import count_as_sent
from inquiries.field_refusals import InTheFuture
from inquiries.models import Inquiry, Letter
from inquiries.refusals import LetterNotComplete

NOON = dt.time(12, 0)  # a letter on paper has a day, not an hour


class PostedAlready(Refusal):
    """A colleague was quicker, or the letter was taken back."""

    code = "posted_already"
    sentence = _("This letter does not wait to be posted any more.")


class NotWrittenThen(Refusal):
    code = "not_written_then"
    sentence = _("The letter was not written yet on this day.")


def mark_letter_posted(*, letter: Letter, posted_on: dt.date, by: User, at: dt.datetime) -> Letter:
    """Somebody printed a letter, put it into an envelope and gave it to the post.

    1. The day cannot lie ahead of us.
    2. Lock the inquiry. The letter must wait to be posted, and have been written by that day.
    3. It has left: keep the day and who posted it.
    4. From its dispatch it counts as sent: the state moves, the longer term begins to count.

    Raises LetterNotComplete or PostedAlready.
    """
    if posted_on > timezone.localdate(at):
        label = Letter._meta.get_field("posted_on").verbose_name  # type: ignore[union-attr]
        raise LetterNotComplete({"posted_on": [InTheFuture(field=label)]})
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=letter.inquiry_id)
        waiting = Letter.objects.to_post().filter(pk=letter.pk).first()
        if waiting is None or waiting.to_post_since is None:
            raise PostedAlready
        if posted_on < timezone.localdate(waiting.to_post_since):
            raise LetterNotComplete({"posted_on": [NotWrittenThen()]})
        left_at = _dispatched(waiting.to_post_since, posted_on, at)
        waiting.left_at, waiting.posted_on, waiting.posted_by = left_at, posted_on, by
        waiting.leaves_at = waiting.leaves_at or left_at
        waiting.save()
        count_as_sent(inquiry=inquiry, letter=waiting, by=by, at=left_at)
        publish_event(kind="letter-posted", about=inquiry, to_user=inquiry.responsible, at=at)
    return waiting


def _dispatched(written_at: dt.datetime, posted_on: dt.date, at: dt.datetime) -> dt.datetime:
    """Today's post left now; that of an earlier day at noon, but never before it was written."""
    if posted_on == timezone.localdate(at):
        return at
    return max(timezone.make_aware(dt.datetime.combine(posted_on, NOON)), written_at)
