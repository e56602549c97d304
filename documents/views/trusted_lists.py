from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.auth import requires
from common.paging import keyset_page
from documents import actions
from documents.kept_trust import standings
from documents.models import TrustedList
from documents.trust_words import Store

PERMISSION = "documents.keep_trusted_lists"
PAGE = 50


@never_cache
@requires(PERMISSION)
@require_safe
def trusted_lists(request):
    """By which lists signatures are judged, how fresh they are, and all that were kept before."""
    now = timezone.now()
    kept = (
        TrustedList.objects.without_content().select_related("named_by").defer("named_by__content")
    )
    asked = standings(now)
    context = {
        "store": Store(settings.TRUSTED_LIST_STORE),
        "standings": asked,
        "is_fetched": bool(settings.LOTL_URL),
        "is_being_fetched": any(one.source and one.source.is_being_fetched(now) for one in asked),
        "page": keyset_page(
            kept,
            order=("-fetched_at", "-pk"),
            cursor=request.GET.get("cursor", ""),
            size=PAGE,
        ),
    }
    return render(request, "documents/trusted_lists.html", context)


@requires(PERMISSION)
@require_POST
def fetch(request):
    if settings.LOTL_URL:
        actions.ask_for_refresh(at=timezone.now())
        messages.success(request, _("The lists are looked for. In a minute this page says more."))
    else:
        messages.warning(request, _("Here lists are not fetched, but brought as files."))
    return redirect("documents:trusted_lists")
