from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from clients import actions
from clients.codes import has_right_check_digit
from clients.countries import country_name
from clients.forms import BY_HAND, NoteForm, RevealForm
from clients.models import Client, DifferentClients
from clients.versions import versions_of
from common.auth import requires
from common.models import StaleSave
from common.refusals import Refusal


def card_context(client):
    """What the parts in templates/clients/card/ show; the page of another app may include them too."""
    return {
        "client": client,
        "country": country_name(client.country),
        "contact_points": client.contact_points.select_related("confirmed_by"),
        "ways_to_confirm": BY_HAND,
        "code_check_failed": bool(client.registry_code)
        and not has_right_check_digit(client.registry_code),
        "versions": versions_of(client),
        "different": [
            (mark, mark.other_than(client))
            for mark in DifferentClients.objects.of(client).select_related("first", "second", "by")
        ],
        "merges": client.merges.filter(undone_at__isnull=True).select_related("merged", "by"),
    }


@requires("clients.view_client")
@never_cache
def card(request, pk):
    found = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    reason = request.GET.get("inquiry", "")[:40]
    client = actions.open_client(client=found, by=request.user, at=timezone.now(), reason=reason)
    if client.pk != found.pk:
        messages.info(request, _("That card was merged into this one."))
        return redirect("clients:card", pk=client.pk)
    return render(request, "clients/card.html", card_context(client))


@requires("clients.change_client")
def pin_note(request, pk):
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    initial = {"text": client.pinned_note, "version": client.version}
    form = NoteForm(request.POST or None, initial=initial)
    differences, status = [], 200
    if form.is_valid():
        try:
            actions.pin_note(client=client, **form.cleaned_data, by=request.user, at=timezone.now())
        except StaleSave as stale:
            form.add_error(None, str(stale))
            form.data = {**request.POST.dict(), "version": stale.version}
            differences, status = stale.differences, 409
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("clients:card", pk=client.pk)
    status = 422 if form.errors and status == 200 else status
    context = {"client": client, "form": form, "differences": differences}
    return render(request, "clients/note.html", context, status=status)


@requires("clients.reveal_code")
@never_cache
def reveal_code(request, pk):
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    form = RevealForm(request.POST or None)
    code = ""
    if form.is_valid():
        try:
            code = actions.reveal_personal_code(
                client=client, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
    status = 422 if form.errors else 200
    context = {"client": client, "form": form, "code": code}
    return render(request, "clients/code.html", context, status=status)
