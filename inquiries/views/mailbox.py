"""The mailbox: how it stands, and the mails that wait for a person's decision."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.file_names import safe_name
from common.internet_mail import TooTangled, read_head, read_letter
from common.mail_states import IncomingState
from common.models import IncomingMail
from common.paging import keyset_page
from common.refusals import Refusal
from inquiries import actions
from inquiries.models import Letter
from inquiries.queries import mailbox_line

PERMISSION = "inquiries.keep_mailbox"
PAGE_SIZE = 50


@never_cache
@requires(PERMISSION)
@require_safe
def mailbox(request):
    page = keyset_page(
        IncomingMail.objects.filter(state=IncomingState.SET_ASIDE),
        order=("-received_at", "-pk"),
        cursor=request.GET.get("cursor", ""),
        size=PAGE_SIZE,
    )
    line = mailbox_line(timezone.now())
    return render(request, "inquiries/mailbox.html", {"page": page, "line": line})


@never_cache
@requires(PERMISSION)
@require_safe
def mail(request, pk):
    """A mail as words alone: nothing of it is shown as it wants to be shown."""
    found = opened(request, pk, "inquiry.mail")
    letter, is_whole = _read(found)
    filed = (
        Letter.objects.filter(pk=found.about_id) if found.about_type == "inquiries.letter" else None
    )
    context = {
        "mail": found,
        "letter": letter,
        "is_whole": is_whole,
        "filed": filed.select_related("inquiry").first() if filed is not None else None,
        "waits": found.state == IncomingState.SET_ASIDE,
    }
    return render(request, "inquiries/mail.html", context)


def _read(found):
    content = found.content()
    if len(content) >= found.size:
        try:
            return read_letter(content), True
        except TooTangled:
            pass
    return read_head(content), False


@requires(PERMISSION)
@require_safe
def raw_mail(request, pk):
    found = opened(request, pk, "inquiry.mail_raw")
    return as_download(found.content(), f"mail-{found.pk}.eml")


@requires(PERMISSION)
@require_safe
def mail_file(request, pk, number):
    """A file that did not pass the gate, for whoever decides about it. Never opened here."""
    found = opened(request, pk, "inquiry.mail_raw")
    letter, _is_whole = _read(found)
    if number >= len(letter.attachments):
        raise Http404
    file = letter.attachments[number]
    return as_download(file.content, safe_name(file.name))


def opened(request, pk, what):
    found = get_object_or_404(IncomingMail.objects.select_related("raw", "mailbox"), pk=pk)
    record_access(what=what, by=request.user, at=timezone.now(), subject=found)
    return found


def as_download(content, name):
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )


@requires(PERMISSION)
@require_POST
def file_mail(request, pk):
    found = get_object_or_404(IncomingMail, pk=pk)
    try:
        found = actions.file_mail(mail=found, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("inquiries:mail", pk=pk)
    if found.state != IncomingState.FILED:
        messages.error(
            request, _("The mail cannot be filed by itself; save it as a file and look.")
        )
        return redirect("inquiries:mail", pk=pk)
    messages.success(request, _("The mail stands among the letters now."))
    return redirect("inquiries:mailbox")


@requires(PERMISSION)
@require_POST
def dismiss_mail(request, pk):
    found = get_object_or_404(IncomingMail, pk=pk)
    try:
        actions.dismiss_mail(mail=found, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Put away as not for us."))
    return redirect("inquiries:mailbox")
