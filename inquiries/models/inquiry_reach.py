"""Which inquiries a person sees, and those that many ask for."""

from django.db import models
from django.db.models import Q

from accounts.roles import Scope
from inquiries.models.inquiry_choices import WRITTEN
from inquiries.states import OPEN_STATES, InquiryState


class InquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All, the unit's with the units below it, or one's own, as the role says."""
        scope = user.scope_of("inquiries.view_inquiry")
        return self.none() if scope is None else self.filter(within(user, scope))

    def exportable_by(self, user):
        scope = user.scope_of("inquiries.export_inquiry")
        return self.none() if scope is None else self.visible_to(user).filter(within(user, scope))

    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def waiting_for_callback(self):
        return self.filter(state=InquiryState.CALLBACK).order_by("callback_due_at", "pk")

    def in_inbox(self):
        """Written inquiries that wait for an answer, with the day by which it is due."""
        return self.filter(IN_INBOX)

    def with_legal_deadline(self):
        return self.filter(answer_by__isnull=False, state__in=OPEN_STATES)


# In the words of the partial indexes that serve it.
IN_INBOX = Q(channel__in=WRITTEN, answer_by__isnull=False, state__in=sorted(OPEN_STATES))


def unit_and_below(user):
    return list(user.unit.descendants()) if user.unit_id else []


def within(user, scope):
    """The condition that a row is as near to the person as the scope says."""
    if scope == Scope.ALL:
        return Q()
    if scope == Scope.UNIT:
        return Q(owner_unit__in=unit_and_below(user))
    own = user.acts_for_ids
    return Q(agent__in=own) | Q(responsible__in=own)
