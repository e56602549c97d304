from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from documents.kinds import KINDS
from documents.models import PaperTemplate, TemplateVersion
from documents.template_language import check_template


def write_template(
    *, kind: str, body: str, note: str = "", by: User | None, at: datetime
) -> TemplateVersion:
    """Somebody writes a new wording of a paper. It is used once a second person has approved it.

    Raises TemplateRefused if the text says more than the language allows.
    """
    check_template(body, KINDS[kind].variables)
    with transaction.atomic():
        template, _created = PaperTemplate.objects.get_or_create(kind=kind)
        template = PaperTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
        last = template.versions.aggregate(last=Max("number"))["last"] or 0
        return TemplateVersion.objects.create(
            template=template,
            number=last + 1,
            body=body,
            note=note,
            written_by=by,
            written_at=at,
        )
