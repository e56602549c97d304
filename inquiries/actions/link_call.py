from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from inquiries.models import Inquiry, LinkedHow, PhoneCall
from inquiries.versions import keep_first_version, save_version


class CallIsLinked(Refusal):
    """The call belongs to an inquiry already."""

    code = "call_is_linked"
    sentence = _("This call belongs to an inquiry already.")


def link_call(*, call: PhoneCall, inquiry: Inquiry, by: User, at: datetime) -> PhoneCall:
    """A person says to which inquiry a call belongs.

    1. Lock the call and write the link.
    2. The exchange's reference to a recording goes along.

    Raises CallIsLinked.
    """
    with transaction.atomic():
        call = PhoneCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
        if call.contact_key == inquiry.key:
            return call
        if call.contact_key and Inquiry.objects.filter(key=call.contact_key).exists():
            raise CallIsLinked
        call.contact_key, call.linked_how, call.linked_by = inquiry.key, LinkedHow.HAND, by
        call.save(update_fields=["contact_key", "linked_how", "linked_by"])
        keep_recording(inquiry=inquiry, call=call, by=by, at=at)
    return call


def unlink_call(*, call: PhoneCall, by: User, at: datetime) -> PhoneCall:
    """A person says that a call does not belong to its inquiry.

    1. Take the link away. The rule keeps off a call that a person parted.
    """
    with transaction.atomic():
        call = PhoneCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
        call.contact_key, call.linked_how, call.linked_by = None, LinkedHow.APART, by
        call.save(update_fields=["contact_key", "linked_how", "linked_by"])
    return call


def keep_recording(*, inquiry: Inquiry, call: PhoneCall, by: User | None, at: datetime) -> bool:
    """The exchange recorded the call: its reference is kept with the inquiry until it expires.

    1. Nothing, if there is none, one stands already, or its time is over.
    2. Else write it, and a version. Nobody edits it, so no editor's version is overtaken.
    """
    until = timezone.localdate(inquiry.started_at) + timedelta(days=settings.RECORDING_DAYS)
    if not call.recording_reference or until < timezone.localdate(at):
        return False
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if inquiry.recording_reference:
            return False
        keep_first_version(inquiry)
        inquiry.recording_reference = call.recording_reference
        inquiry.recording_expires_on = until
        fields = ["recording_reference", "recording_expires_on"]
        save_version(inquiry, why="recording_came", by=by, at=at, fields=fields)
    return True
