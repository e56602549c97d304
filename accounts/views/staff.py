from django.shortcuts import render
from django.utils import timezone

from accounts.log_words import WORDS
from accounts.models import AccessEntry
from accounts.queries import staff_with_roles
from common.auth import requires
from common.paging import keyset_page


@requires("accounts.manage_staff")
def staff(request):
    """Where an administrator begins: people and their roles, and the ways to change them."""
    people = staff_with_roles(timezone.localdate())
    return render(request, "accounts/staff.html", {"people": people})


@requires("accounts.view_access_log")
def access_log(request):
    """The access log, newest first, all of it or one kind of act."""
    what = request.GET.get("what", "")
    entries = AccessEntry.objects.visible_to(request.user)
    if what in WORDS:
        entries = entries.filter(what=what)
    page = keyset_page(entries, order=("-at", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    kinds = sorted(((code, str(words)) for code, words in WORDS.items()), key=lambda kind: kind[1])
    return render(request, "accounts/access_log.html", {"page": page, "kinds": kinds, "what": what})
