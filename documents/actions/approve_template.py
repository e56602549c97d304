from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import need_competence
from accounts.models import User
from common.refusals import Refusal
from documents.models import PaperTemplate, TemplateVersion
from documents.states import TEMPLATE_MOVES, TemplateState

APPROVING = "approve_template"  # competence


class SecondPersonNeeded(Refusal):
    """Nobody approves one's own wording."""

    code = "second_person_needed"
    sentence = _("A template is approved by somebody other than the person who wrote it.")


class WordingOvertaken(Refusal):
    """A later wording of the kind has been written; approving this one would undo what it brought."""

    code = "wording_overtaken"
    sentence = _(
        "Version %(number)s by %(name)s has overtaken this one. Only the newest wording is approved."
    )


def approve_template(*, version: TemplateVersion, by: User, at: datetime) -> TemplateVersion:
    """A second person approves a wording; from then on it never changes and new papers follow it.

    1. Who approves must hold the competence for it.
    2. Lock the template, so that nobody writes a later version meanwhile, and the version.
    3. Nobody approves what they wrote themselves, and nobody what a later version has overtaken.
    4. Write who approved it and when.

    Raises NoCompetence, SecondPersonNeeded, WordingOvertaken, MoveNotAllowed.
    """
    need_competence(competence=APPROVING, by=by, at=at)
    with transaction.atomic():
        template = PaperTemplate.objects.select_for_update(of=("self",)).get(versions=version)
        version = TemplateVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if version.written_by_id == by.pk:
            raise SecondPersonNeeded
        newest = template.versions.select_related("written_by").order_by("-number")[0]
        if newest != version:
            raise WordingOvertaken(number=newest.number, name=newest.written_by or "–")
        version.state = TEMPLATE_MOVES.target("approve", TemplateState(version.state))
        version.approved_by, version.approved_at = by, at
        version.save(update_fields=["state", "approved_by", "approved_at"])
    return version
