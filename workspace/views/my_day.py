from django.shortcuts import render
from django.utils import timezone

from common.auth import requires
from workspace.queries.my_day import cards_for
from workspace.queries.my_day.people import substituted_by


@requires("workspace.view_my_day")
def my_day(request):
    """Figures first, each leading to its rows; below them the first rows of what waits."""
    now = timezone.now()
    cards = cards_for(request.user, now)
    page = {
        "cards": cards,
        "panels": [card for card in cards if card.lines],
        # A figure alone may say that something waits: it has a colour then.
        "is_quiet": not any(card.count and card.tone for card in cards),
        "substituted": substituted_by(request.user, now),
    }
    return render(request, "workspace/my_day.html", page)
