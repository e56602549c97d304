from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.hurry import hurry
from common.refusals import Refusal
from documents import tasks
from documents.models import ReportPaper, ReturnedFile


class NotJudgedYet(Refusal):
    """There is nothing to report on."""

    code = "not_judged_yet"
    sentence = _("The file has not been checked yet.")


def request_report(*, returned: ReturnedFile, by: User, at: datetime) -> ReportPaper:
    """Somebody asks for the report on a returned file as PDF.

    1. A file that nobody has judged has no report.
    2. Write down that it is owed, once; one that could not be made is tried anew. Hurry the worker.

    Raises NotJudgedYet.
    """
    if not returned.report:
        raise NotJudgedYet
    report, is_new = ReportPaper.objects.get_or_create(
        returned=returned, defaults={"asked_at": at, "asked_by": by}
    )
    if not is_new:
        ReportPaper.objects.filter(pk=report.pk, stored_file=None).update(attempts=0, tried_at=None)
        report.refresh_from_db()
    if report.is_owed:
        hurry(tasks.render_report, report_id=report.pk)
    return report
