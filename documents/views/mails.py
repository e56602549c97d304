"""What somebody wrote beside signed papers: the mail as words alone."""

import io

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import record_access
from common.auth import requires
from common.file_names import safe_name
from common.internet_mail import read_letter
from common.models import IncomingMail
from documents.models import AccessCase, CaseEvent


def _mail_of(request, pk):
    """The mail that an event of a case speaks of; opening it is written down."""
    cases = AccessCase.objects.visible_to(request.user)
    events = CaseEvent.objects.select_related("case").filter(what="mail_came", case__in=cases)
    event = get_object_or_404(events, pk=pk)
    mail = get_object_or_404(
        IncomingMail.objects.select_related("raw"), pk=event.parameters.get("mail")
    )
    record_access(
        what="paper.mail",
        by=request.user,
        at=timezone.now(),
        subject=mail,
        reason=event.case.number,
    )
    return event, mail


@never_cache
@requires("documents.view_case")
@require_safe
def case_mail(request, pk):
    event, mail = _mail_of(request, pk)
    context = {"event": event, "case": event.case, "mail": mail}
    context["letter"] = read_letter(mail.content())
    return render(request, "documents/mail.html", context)


@requires("documents.view_case")
@require_safe
def case_mail_file(request, pk, number):
    """A file of the mail as it came; it has not passed the gate, and is never opened here."""
    _event, mail = _mail_of(request, pk)
    attachments = read_letter(mail.content()).attachments
    if number >= len(attachments):
        raise Http404
    return _as_download(attachments[number].content, safe_name(attachments[number].name))


def _as_download(content, name):
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
