"""One question by mail: the page that its links lead to, and the figures for those who lead."""

import datetime as dt

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from common.actions import LinkNotValid
from common.auth import requires
from inquiries import actions
from inquiries.forms import long_text
from inquiries.models import BEST
from inquiries.queries import satisfaction_by, satisfaction_figures, words_of_clients
from inquiries.views.ask import shown

FIRST_YEAR = 2000
SCORES = {
    5: _("Very well"),
    4: _("Well"),
    3: _("So-so"),
    2: _("Badly"),
    1: _("Very badly"),
}


class OpinionForm(forms.Form):
    score = forms.IntegerField(min_value=1, max_value=BEST)
    words = forms.CharField(
        label=_("Would you say why?"), max_length=2_000, required=False, widget=long_text(4)
    )


@csrf_exempt  # whoever holds the link in our mail
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def opinion(request, token, score=None):
    """The link of a score opens with it chosen; a script of ours sends it at once, a filter's look does not."""
    now = timezone.now()
    try:
        question = actions.open_satisfaction(token=token, at=now)
    except LinkNotValid:
        return shown(
            request,
            "inquiries/public/opinion.html",
            translation.get_language(),
            410,
            state="not_valid",
        )
    chosen = score if score in SCORES else None
    form = OpinionForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["words"] if "words" in request.POST else None
        question = actions.answer_satisfaction(
            token=token, score=form.cleaned_data["score"], words=words, at=now
        )
        chosen = question.score
    context = {
        "state": "answered" if form.is_valid() else "open",
        "has_words": bool(question.words),
        "chosen": chosen or question.score,
        "send_at_once": request.method == "GET" and chosen is not None and question.score != chosen,
        "scores": SCORES.items(),
        "token": token,
        "form": OpinionForm(initial={"words": question.words}),
    }
    return shown(request, "inquiries/public/opinion.html", question.language, **context)


@csrf_exempt  # whoever holds the link in our mail
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request, token):
    now = timezone.now()
    try:
        if request.method == "POST":
            question = actions.stop_asking(token=token, at=now)
            return shown(
                request, "inquiries/public/opinion.html", question.language, state="stopped"
            )
        question = actions.open_satisfaction(token=token, at=now)
    except LinkNotValid:
        return shown(
            request,
            "inquiries/public/opinion.html",
            translation.get_language(),
            410,
            state="not_valid",
        )
    return shown(request, "inquiries/public/opinion.html", question.language, state="stop")


@requires("inquiries.view_satisfaction")
@require_safe
def satisfaction(request):
    """What clients say of the service, as figures: nobody's name, and nobody's league table."""
    month = _month(request.GET.get("month", ""))
    first = timezone.make_aware(dt.datetime.combine(month, dt.time()))
    following = (month + dt.timedelta(days=32)).replace(day=1)
    last = timezone.make_aware(dt.datetime.combine(following, dt.time()))
    context = {
        "month": month,
        "before": (month - dt.timedelta(days=1)).replace(day=1),
        "after": following if following <= timezone.localdate() else None,
        "all": satisfaction_figures(first, last),
        "groups": [
            (title, satisfaction_by(field, first, last))
            for title, field in (
                (_("By topic group"), "main_topic"),
                (_("By channel"), "channel"),
                (_("By language"), "language"),
            )
        ],
        "words": words_of_clients(first, last),
    }
    return render(request, "inquiries/satisfaction.html", context)


def _month(typed):
    try:
        month = dt.datetime.strptime(typed, "%Y-%m").date()  # noqa: DTZ007  # a month has no zone
    except ValueError:
        month = None
    if month is None or not FIRST_YEAR <= month.year < FIRST_YEAR + 100:
        return timezone.localdate().replace(day=1)
    return month
