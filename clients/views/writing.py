from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clients import actions
from clients.codes import has_right_check_digit
from clients.forms import OrganisationForm, PersonForm
from clients.models import Client, ClientKind, ContactKind
from clients.queries import find_doubles
from common.actions import note_presence
from common.auth import requires
from common.models import StaleSave
from common.queries import others_present
from common.refusals import Refusal

FORMS = {ClientKind.PERSON: PersonForm, ClientKind.ORGANISATION: OrganisationForm}
FIELD_OF_REFUSAL = {
    "personal_code_taken": "personal_code",
    "personal_code_not_valid": "personal_code",
    "registry_code_not_valid": "registry_code",
}


@requires("clients.change_client")
def new_client(request, kind):
    if kind not in ClientKind.values:
        raise Http404
    form = FORMS[ClientKind(kind)](request.POST or None)
    doubles: list[Client] = []
    if form.is_valid():
        doubles = [] if "anyway" in request.POST else _doubles(form)
        client = None if doubles else _create(request, kind, form)
        if client:
            return redirect("clients:card", pk=client.pk)
    context = {"form": form, "kind": kind, "doubles": doubles}
    status = 422 if form.errors else 200
    return render(request, "clients/new.html", context, status=status)


@requires("clients.change_client")
def change_client(request, pk):
    client = get_object_or_404(Client.objects.visible_to(request.user).living(), pk=pk)
    form = _form_of(client, request.POST or None)
    differences, status = [], 200
    if form.is_valid():
        try:
            _change(request, client, form)
        except StaleSave as stale:
            form.add_error(None, str(stale))
            # What was typed stays; saving again then replaces theirs.
            form.data = {**request.POST.dict(), "version": stale.version}
            differences, status = stale.differences, 409
        except Refusal as refusal:
            form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        else:
            return redirect("clients:card", pk=client.pk)
    if request.method == "GET":
        actions.open_client(client=client, by=request.user, at=timezone.now(), reason="change")
    note_presence(about=client, by=request.user, at=timezone.now())
    context = {
        "client": client,
        "form": form,
        "differences": differences,
        "others": others_present(client, request.user, timezone.now()),
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "clients/change.html", context, status=status)


def _doubles(form):
    names = [form.cleaned_data.get(name, "") for name in ("name", "first_name", "last_name")]
    return find_doubles(
        name=" ".join(names),
        registry_code=form.cleaned_data.get("registry_code", ""),
        contacts=form.contacts(),
    )


def _create(request, kind, form):
    contacts = form.contacts()
    try:
        client = actions.create_client(
            kind=kind,
            phones=[value for kind_, value in contacts if kind_ == ContactKind.PHONE],
            emails=[value for kind_, value in contacts if kind_ == ContactKind.EMAIL],
            **form.client_fields(),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        return None
    _warn_of_check_digit(request, client)
    return client


def _change(request, client, form):
    changed = actions.change_client(
        client=client,
        version=form.cleaned_data["version"] or 0,
        fields=form.client_fields(),
        by=request.user,
        at=timezone.now(),
    )
    _warn_of_check_digit(request, changed)


def _warn_of_check_digit(request, client):
    if client.registry_code and not has_right_check_digit(client.registry_code):
        messages.warning(
            request, _("Saved, but the last digit of the registry code does not fit. Check it.")
        )


def _form_of(client, posted):
    initial = {
        name: getattr(client, name)
        for name in ("name", "first_name", "last_name", "registry_code", "foreign_code")
    } | {"country": client.country, "language": client.language, "version": client.version}
    if client.is_person:
        shown = client.code_shown
        return PersonForm(posted, initial=initial, is_new=False, code_shown=shown)
    return OrganisationForm(posted, initial=initial, is_new=False)
