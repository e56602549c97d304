from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from documents.kinds import KINDS
from documents.models import PaperTemplate, TemplateVersion
from documents.template_language import check_template


class TemplateOvertaken(Refusal):
    """A colleague has kept a wording that the writer has not seen."""

    code = "template_overtaken"
    sentence = _(
        "%(name)s has kept version %(number)s meanwhile. Your text stands here and was not kept: look at the difference, and keep it then."
    )


def write_template(
    *,
    kind: str,
    body: str,
    note: str = "",
    seen: int | None = None,
    by: User | None,
    at: datetime,
) -> TemplateVersion:
    """Somebody writes a new wording of a paper. It is used once a second person has approved it.

    1. The text may say no more than the language allows.
    2. Lock the template. If a colleague has kept a version after the last one `seen`, refuse, so
       that neither text is lost. The same text sent twice by one person is one version.
    3. Keep it as the next version. No version ever changes.

    Raises TemplateRefused, TemplateOvertaken.
    """
    check_template(body, KINDS[kind].variables)
    with transaction.atomic():
        template, _created = PaperTemplate.objects.get_or_create(kind=kind)
        template = PaperTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
        newest = template.versions.select_related("written_by").order_by("-number").first()
        last = newest.number if newest else 0
        if newest and seen is not None and last != seen:
            if newest.written_by == by and newest.body == body:
                return newest
            raise TemplateOvertaken(name=newest.written_by or "–", number=last)
        return TemplateVersion.objects.create(
            template=template,
            number=last + 1,
            body=body,
            note=note,
            written_by=by,
            written_at=at,
        )
