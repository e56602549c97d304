from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients import actions
from clients.forms import ConfirmForm, ContactForm
from clients.models import Client, ContactKind, ContactPoint
from common.auth import requires
from common.refusals import Refusal


@requires("clients.change_client")
def add_contact(request, pk, kind):
    client = _client(request, pk)
    if kind not in ContactKind.values:
        raise Http404
    form = ContactForm(request.POST or None, kind=kind)
    if form.is_valid():
        try:
            actions.add_contact_point(
                client=client, kind=kind, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("value", str(refusal))
        else:
            return redirect("clients:card", pk=pk)
    status = 422 if form.errors else 200
    context = {"client": client, "form": form, "kind": kind}
    return render(request, "clients/contact.html", context, status=status)


@requires("clients.change_client")
def change_contact(request, pk, contact_point):
    point = _point(request, pk, contact_point)
    initial = {"value": point.shown, "note": point.note}
    form = ContactForm(request.POST or None, kind=point.kind, initial=initial)
    if form.is_valid():
        try:
            actions.change_contact_point(
                contact_point=point, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("value", str(refusal))
        else:
            return redirect("clients:card", pk=pk)
    status = 422 if form.errors else 200
    context = {"client": point.client, "form": form, "kind": point.kind, "point": point}
    return render(request, "clients/contact.html", context, status=status)


@requires("clients.change_client")
@require_POST
def remove_contact(request, pk, contact_point):
    point = _point(request, pk, contact_point)
    return _done(
        request,
        pk,
        lambda: actions.remove_contact_point(
            contact_point=point, by=request.user, at=timezone.now()
        ),
        _("%(value)s was removed.") % {"value": point.shown},
    )


@requires("clients.change_client")
@require_POST
def confirm_contact(request, pk, contact_point):
    point = _point(request, pk, contact_point)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how you know that it works."))
        return redirect("clients:card", pk=pk)
    return _done(
        request,
        pk,
        lambda: actions.confirm_contact_point(
            contact_point=point, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        _("%(value)s is confirmed.") % {"value": point.shown},
    )


@requires("clients.change_client")
@require_POST
def request_confirmation(request, pk, contact_point):
    point = _point(request, pk, contact_point)
    return _done(
        request,
        pk,
        lambda: actions.request_contact_confirmation(
            contact_point=point, by=request.user, at=timezone.now()
        ),
        _("A letter with a link is on its way to %(value)s.") % {"value": point.shown},
    )


def _done(request, pk, act, words):
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("clients:card", pk=pk)


def _client(request, pk):
    return get_object_or_404(Client.objects.visible_to(request.user).living(), pk=pk)


def _point(request, pk, contact_point):
    points = ContactPoint.objects.filter(client=_client(request, pk)).select_related("client")
    return get_object_or_404(points, pk=contact_point)
