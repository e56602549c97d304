from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from clients import actions
from clients.actions.merge_clients import CHOICES
from clients.countries import country_name
from clients.forms import MergeForm, SearchForm
from clients.models import Client, ClientMerge
from clients.queries import DuplicateKind
from common.auth import requires
from common.encryption import decrypt, encrypt
from common.refusals import Refusal

GROUPS = 25


@requires("clients.merge_client")
def choose_double(request, pk):
    """Find the card that is the same client as this one."""
    client = _living(request, pk)
    form = SearchForm(request.POST or None)
    matches = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        found = actions.search_clients(text=text, by=request.user, at=timezone.now(), limit=20)
        matches = [
            match
            for match in found
            if match.client.pk != client.pk and match.client.kind == client.kind
        ]
    context = {"client": client, "form": form, "matches": matches}
    return render(request, "clients/choose_double.html", context)


@requires("clients.merge_client")
def merge(request, pk, other):
    kept, merged = _living(request, pk), _living(request, other)
    if request.method == "GET":
        for client in (kept, merged):
            actions.open_client(client=client, by=request.user, at=timezone.now(), reason="merge")
    form = MergeForm(request.POST or None, choices=CHOICES)
    if form.is_valid():
        try:
            done = actions.merge_clients(
                kept=kept,
                merged=merged,
                take=form.taken(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Merged. Nothing is lost: the merge can be undone on this card.")
            )
            return redirect("clients:card", pk=done.kept_id)
    context = {
        "kept": kept,
        "merged": merged,
        "form": form,
        "rows": _side_by_side(form, kept, merged),
    }
    return render(request, "clients/merge.html", context, status=422 if form.errors else 200)


@requires("clients.merge_client")
@require_POST
def undo_merge(request, pk, merge):
    kept = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    merge = get_object_or_404(ClientMerge, pk=merge, kept=kept)
    try:
        actions.undo_merge(merge=merge, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The merge was undone: there are two cards again."))
    return redirect("clients:card", pk=pk)


@requires("clients.merge_client")
@require_POST
def mark_different(request, pk, other):
    client, second = _living(request, pk), _living(request, other)
    try:
        actions.mark_different(client=client, other=second, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("These two are not offered as doubles again; the card can undo it.")
        )
    return redirect("clients:card", pk=pk)


@requires("clients.merge_client")
@require_POST
def unmark_different(request, pk, other):
    cards = Client.objects.visible_to(request.user)
    client, second = get_object_or_404(cards, pk=pk), get_object_or_404(cards, pk=other)
    actions.unmark_different(client=client, other=second, by=request.user, at=timezone.now())
    messages.success(request, _("These two are offered as possible doubles again."))
    return redirect("clients:card", pk=pk)


@requires("clients.merge_client")
def duplicates(request):
    kind = request.GET.get("by", DuplicateKind.PHONE)
    kind = DuplicateKind(kind) if kind in DuplicateKind.values else DuplicateKind.PHONE
    after = _opened(request.GET.get("after", ""))
    groups = actions.list_duplicates(
        kind=kind, by=request.user, at=timezone.now(), after=after, size=GROUPS
    )
    context = {
        "kind": kind,
        "kinds": DuplicateKind.choices,
        "groups": groups,
        # Sealed, since a number or an address must not stand in an address line.
        "next": encrypt(groups[-1].value) if len(groups) == GROUPS else "",
    }
    return render(request, "clients/duplicates.html", context)


def _opened(sealed):
    try:
        return decrypt(sealed) if sealed else ""
    except InvalidToken:
        return ""


def _living(request, pk):
    clients = Client.objects.visible_to(request.user).living()
    return get_object_or_404(clients.prefetch_related("contact_points"), pk=pk)


def _side_by_side(form, kept, merged):
    labels = {
        "name": pgettext("client", "Name"),
        "code": _("Code"),
        "language": _("Language"),
        "pinned_note": _("Note for the next call"),
    }
    chosen = {name: form[f"from_{name}"].value() for name in CHOICES}
    return [
        {
            "name": f"from_{name}",
            "label": label,
            "kept": _shown(kept, name),
            "merged": _shown(merged, name),
            "takes_merged": chosen[name] == "merged",
        }
        for name, label in labels.items()
    ]


def _shown(client, choice):
    if choice == "language":
        return client.get_language_display()
    if choice == "code":
        return " ".join(filter(None, [client.code_shown, country_name(client.country)]))
    return getattr(client, choice)
