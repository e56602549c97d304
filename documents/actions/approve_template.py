from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import need_competence
from accounts.models import User
from common.refusals import Refusal
from documents.models import TemplateVersion
from documents.states import TEMPLATE_MOVES, TemplateState

APPROVING = "approve_template"  # competence


class SecondPersonNeeded(Refusal):
    """Nobody approves one's own wording."""

    code = "second_person_needed"
    sentence = _("A template is approved by somebody other than the person who wrote it.")


def approve_template(*, version: TemplateVersion, by: User, at: datetime) -> TemplateVersion:
    """A second person approves a wording; from then on it never changes and new papers follow it.

    1. Who approves must hold the competence for it.
    2. Lock the version. Nobody approves what they wrote themselves.
    3. Write who approved it and when.

    Raises NoCompetence, SecondPersonNeeded, MoveNotAllowed.
    """
    need_competence(competence=APPROVING, by=by, at=at)
    with transaction.atomic():
        version = TemplateVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if version.written_by_id == by.pk:
            raise SecondPersonNeeded
        version.state = TEMPLATE_MOVES.target("approve", TemplateState(version.state))
        version.approved_by, version.approved_at = by, at
        version.save(update_fields=["state", "approved_by", "approved_at"])
    return version
