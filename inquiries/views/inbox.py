from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.actions import record_access
from accounts.models import Unit, User
from common.auth import requires
from common.paging import keyset_page
from inquiries import actions
from inquiries.choices import answering_agents, units
from inquiries.models import WRITTEN, Inquiry
from inquiries.queries import (
    INBOX_ORDER,
    InboxFilters,
    answers_to_read,
    capped_count,
    first_letters,
    is_registered_late,
    late_units,
    letters_in_inbox,
    letters_to_post,
    mark_readable,
    near_day,
    rows_of_inbox,
)
from inquiries.typed import is_id

PAGE_SIZE = 50
WHOSE = [
    ("", gettext_lazy("All")),
    ("mine", gettext_lazy("Mine")),
    ("unassigned", gettext_lazy("Nobody's")),
]
DUE = [
    ("", gettext_lazy("Any deadline")),
    ("today", gettext_lazy("Due today or late")),
    ("near", gettext_lazy("Due within three working days")),
    ("late", gettext_lazy("Late")),
]


@requires("inquiries.view_inquiry")
@require_safe
@vary_on_headers("HX-Request")
def inbox(request):
    """Letters of every channel that wait for an answer, by legal deadline."""
    today = timezone.localdate()
    chosen = {name: request.GET.get(name, "") for name in ("whose", "due", "channel", "unit")}
    filters = read(chosen)
    found = letters_in_inbox(filters, by=request.user, today=today)
    page = keyset_page(
        found,
        order=INBOX_ORDER,
        cursor=request.GET.get("cursor", ""),
        size=PAGE_SIZE,
        read=rows_of_inbox,
    )
    record_access(
        what="inquiry.inbox",
        by=request.user,
        at=timezone.now(),
        result_count=len(page.rows),
    )
    context = {
        "page": page,
        "rows": lines(page.rows, by=request.user, today=today),
        "count": capped_count(found, page=page, order=INBOX_ORDER),
        "may_assign": request.user.has_perm("inquiries.assign_letter"),
        "may_take": request.user.has_perm("inquiries.answer_letter"),
    }
    if request.htmx:
        return render(request, "inquiries/inbox.html#letters", context)
    context["to_post"] = letters_to_post(by=request.user).count()
    if request.user.has_perm("inquiries.read_for_quality"):
        context["to_read"] = answers_to_read(by=request.user).count()
    if context["may_assign"]:
        context["people"] = answering_agents()
    context |= {
        "chosen": chosen,
        "whose": WHOSE,
        "due": DUE,
        "channels": [("", _("All channels")), *((one.value, one.label) for one in WRITTEN)],
        "units": [("", _("All units")), *units()],
    }
    return render(request, "inquiries/inbox.html", context)


def read(chosen):
    unit = chosen["unit"]
    return InboxFilters(
        whose=chosen["whose"] if chosen["whose"] in dict(WHOSE) else "",
        due=chosen["due"] if chosen["due"] in dict(DUE) else "",
        channel=chosen["channel"] if chosen["channel"] in WRITTEN else "",
        unit=Unit.objects.filter(pk=int(unit)).first() if unit.isdecimal() else None,
    )


def lines(rows, *, by, today):
    """The rows with what stands beside each: its letter, and what is late about it."""
    letters, late, near = first_letters(rows), late_units(rows, today), near_day(today)
    readable: list[Any] = mark_readable(rows, by=by, today=today)
    return [
        {
            "inquiry": row,
            "letter": letters.get(row.pk),
            "is_late": row.answer_by < today,
            "is_near": today <= row.answer_by <= near,
            "is_unit_late": row.pk in late,
            "is_unregistered": is_registered_late(row, today),
        }
        for row in readable
    ]


@requires("inquiries.answer_letter")
@require_POST
def take_next(request):
    inquiry = actions.take_next_letter(by=request.user, at=timezone.now())
    if inquiry is None:
        messages.info(request, _("No letter is in line."))
        return redirect("inquiries:inbox")
    return redirect("inquiries:show", pk=inquiry.pk)


@requires("inquiries.assign_letter")
@require_POST
def assign(request):
    """The coordinator hands the chosen letters out."""
    chosen = [int(pk) for pk in request.POST.getlist("letter") if is_id(pk)]
    typed = request.POST.get("to", "")
    to = get_object_or_404(User.objects.all(), pk=int(typed) if is_id(typed) else 0)
    if not to.has_perm("inquiries.answer_letter"):
        raise PermissionDenied
    rows = Inquiry.objects.visible_to(request.user).filter(pk__in=chosen)
    assigned = actions.assign_letters(inquiries=rows, to=to, by=request.user, at=timezone.now())
    number = len(assigned)
    messages.success(
        request,
        ngettext(
            "%(number)s letter is assigned to %(who)s.",
            "%(number)s letters are assigned to %(who)s.",
            number,
        )
        % {"number": number, "who": to},
    )
    return redirect("inquiries:inbox")
