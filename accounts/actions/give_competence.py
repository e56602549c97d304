from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actions.record_access import record_access
from accounts.models import Competence, CompetenceHolding, User
from common.refusals import Refusal


class CompetenceAlreadyHeld(Refusal):
    """The person may already decide this in some of these days."""

    code = "competence_already_held"
    sentence = _("%(user)s already holds this competence in these days.")


def give_competence(
    *,
    competence: Competence,
    user: User,
    starts_on: date,
    ends_on: date | None,
    basis: str,
    by: User | None,
    at: datetime,
) -> CompetenceHolding:
    """A member of staff may from now on take a kind of decision.

    1. Refuse it if the person holds it already in some of these days.
    2. Write down from when, until when and on what basis, and who gave it.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        overlapping = CompetenceHolding.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), competence=competence, user=user
        )
        if ends_on is not None:
            overlapping = overlapping.filter(starts_on__lte=ends_on)
        if overlapping.exists():
            raise CompetenceAlreadyHeld(user=user)
        holding = CompetenceHolding.objects.create(
            competence=competence, user=user, starts_on=starts_on, ends_on=ends_on, basis=basis
        )
        record_access(what="competence.given", by=by, at=at, subject=holding, reason=basis)
    return holding
