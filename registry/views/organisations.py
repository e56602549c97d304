from typing import Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from common.auth import requires
from common.refusals import Refusal
from registry import actions
from registry.forms import CheckForm, SearchForm, SignatoryFormSet
from registry.models import FileKind, Organisation, RegisterAnswer, RepresentationCheck
from registry.queries import data_moment, known_organisation, search_organisations
from registry.representation.codes import (
    code_to_ask,
    has_registry_check_digit,
    is_registry_code,
)

SHOWN = 20
HISTORY = 20


@requires("registry.view_organisation")
def search(request):
    """The text is posted: names of sole traders are personal data."""
    form = SearchForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "found": None,
        "has_more": False,
        "code_to_ask": "",
        "moment": data_moment(),
    }
    if form.is_valid() and form.cleaned_data["text"].strip():
        found = search_organisations(form.cleaned_data["text"], limit=SHOWN + 1)
        context |= {
            "found": found[:SHOWN],
            "has_more": len(found) > SHOWN,
            "code_to_ask": code_to_ask(form.cleaned_data["text"], found),
        }
    template = "registry/search.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


@requires("registry.view_organisation")
@never_cache
def organisation(request, registry_code):
    found = (
        Organisation.objects.visible_to(request.user).filter(registry_code=registry_code).first()
    )
    if found is None:
        if not is_registry_code(registry_code):
            raise Http404
        return redirect("registry:live", registry_code=registry_code)
    actions.open_organisation(organisation=found, by=request.user, at=timezone.now())
    return render(request, "registry/organisation.html", _context(request, found))


@requires("registry.view_organisation")
@never_cache
def live(request, registry_code):
    """What the live register said last of an organisation; asked when the button is pressed."""
    if not is_registry_code(registry_code):
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            actions.look_up_organisation(
                registry_code=registry_code, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            problem = str(refusal)
        else:
            return redirect("registry:live", registry_code=registry_code)
    answer = RegisterAnswer.objects.latest_of(registry_code)
    if answer is not None:
        actions.open_answer(answer=answer, by=request.user, at=timezone.now())
    found = Organisation.objects.visible_to(request.user).filter(registry_code=registry_code)
    context = {
        "registry_code": registry_code,
        "answer": answer,
        "organisation": answer.organisation if answer else None,
        "in_open_data": found.first(),
        "is_code_odd": not has_registry_check_digit(registry_code),
        "problem": problem,
    }
    return render(request, "registry/live.html", context)


@requires("registry.check_representation")
def request_check(request, registry_code):
    """An organisation may be too young for the open data: its code is enough to ask."""
    known = known_organisation(registry_code)
    if known is None and not is_registry_code(registry_code):
        raise Http404
    form = CheckForm(request.POST or None)
    people = SignatoryFormSet(request.POST or None, prefix="people")
    if request.method == "POST" and form.is_valid() and people.is_valid():
        signatories = [one.signatory() for one in people.forms]
        check = actions.request_representation_check(
            registry_code=registry_code,
            purpose=form.cleaned_data["purpose"],
            signatories=[one for one in signatories if one],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("registry:check", pk=check.pk)
    found = Organisation.objects.visible_to(request.user).filter(registry_code=registry_code)
    context = {
        "form": form,
        "people": people,
        "registry_code": registry_code,
        "organisation": found.first(),
        "known": known,
        "is_code_odd": not has_registry_check_digit(registry_code),
    }
    return render(
        request, "registry/request_check.html", context, status=422 if request.POST else 200
    )


def _context(request, found):
    checks = RepresentationCheck.objects.visible_to(request.user).of(found.registry_code)
    rules = list(found.rules.order_by("is_deviation", "pk"))
    return {
        "organisation": found,
        "people": found.people.order_by("pk"),
        "normal_rules": [rule for rule in rules if not rule.is_deviation],
        "deviations": [rule for rule in rules if rule.is_deviation],
        "checks": checks.select_related("requested_by")[:HISTORY],
        "moment": data_moment(),
        "cards_moment": data_moment(FileKind.CARDS),
        "is_code_odd": not has_registry_check_digit(found.registry_code),
        "today": timezone.localdate(),
    }
