"""The public page on which anybody may write to us."""

import ipaddress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clients.emails import masked_email
from common.actions import LinkNotValid
from inquiries import actions
from inquiries.ask_forms import AskForm
from inquiries.models import Language, WebLetter
from inquiries.refusals import TooManyLetters

TYPED = ("key", "sender_name", "sender_address", "topic", "county", "subject", "text")


def shown(request, template, language, status=200, **context):
    """A page of the agency's, in the language of the letter."""
    with translation.override(language):
        response = render(
            request,
            template,
            {"agency": settings.AGENCY, **context},
            status=status,
        )
    response.headers["Content-Language"] = language
    return response


@csrf_exempt  # nobody is signed in here, and a lost cookie must not cost a letter
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request, language=""):
    language = language or translation.get_language()[:2]
    if language not in Language.values:
        raise Http404
    with translation.override(language):
        form = AskForm(request.POST or None, request.FILES or None, language=language)
        written = _written(request, form) if form.is_valid() else None
    if written is not None:
        return redirect("ask:sent", key=written.key)
    status = 422 if form.errors else 200
    return shown(
        request,
        "inquiries/public/ask.html",
        language,
        status,
        form=form,
        had_files=bool(request.FILES),
    )


def _written(request, form):
    typed = {name: form.cleaned_data[name] for name in TYPED}
    try:
        return actions.write_web_letter(
            **typed,
            files=form.cleaned_data["sent_files"],
            language=form.language,
            network=network_of(request),
            at=timezone.now(),
        )
    except TooManyLetters as refusal:
        form.add_error(None, str(refusal))
        return None


def network_of(request):
    """The network that the letter comes from: a neighbourhood of addresses, not a person."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a server that is called by a socket of this machine
        return ""
    prefix = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


@login_not_required
@never_cache
@require_safe
def sent(request, key):
    letter = WebLetter.objects.filter(key=key).first()
    if letter is None:
        return redirect("ask:ask")
    return shown(
        request,
        "inquiries/public/sent.html",
        letter.language,
        address=masked_email(letter.sender_address),
    )


@csrf_exempt  # whoever holds the link in our mail
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request, token):
    now = timezone.now()
    try:
        if request.method == "POST":
            letter = actions.confirm_web_letter(token=token, at=now)
        else:
            letter = actions.open_web_letter(token=token, at=now)
    except LinkNotValid:
        return shown(
            request,
            "inquiries/public/confirm.html",
            translation.get_language(),
            410,
            state="not_valid",
        )
    if letter.letter is None:
        return shown(request, "inquiries/public/confirm.html", letter.language, state="open")
    return shown(
        request,
        "inquiries/public/confirm.html",
        letter.language,
        state="confirmed",
        inquiry=letter.letter.inquiry,
    )
