from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.log_words import WORDS
from accounts.models import AccessEntry, RoleAssignment
from accounts.queries import staff_with_roles
from common.auth import requires
from common.day_field import is_known_day
from common.paging import keyset_page


@requires("accounts.manage_staff")
def staff(request):
    """Where an administrator begins: people and their roles, and the ways to change them."""
    today = timezone.localdate()
    unknown = RoleAssignment.objects.held_on(today).unknown()
    context = {
        "people": staff_with_roles(today),
        "unknown_roles": unknown.order_by("role").values_list("role", flat=True).distinct(),
    }
    return render(request, "accounts/staff.html", context)


@requires("accounts.view_access_log")
def access_log(request):
    """The access log, newest first, all of it or one kind of act."""
    what, since = request.GET.get("what", ""), _day(request.GET.get("since", ""))
    entries = AccessEntry.objects.visible_to(request.user)
    if what in WORDS:
        entries = entries.filter(what=what)
    if since:
        entries = entries.since(since)
    page = keyset_page(entries, order=("-at", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    kinds = sorted(((code, str(words)) for code, words in WORDS.items()), key=lambda kind: kind[1])
    context = {"page": page, "kinds": kinds, "what": what, "since": since}
    return render(request, "accounts/access_log.html", context)


def _day(text):
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and is_known_day(day) else None
