from dataclasses import replace
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.auth import requires
from tickets.lines import lines_of
from tickets.models import TicketGroup
from tickets.queries import TicketFilters, board, work_lists_of

WHOSE = ("all", "mine", "group", "assigned")  # work lists that are shown as a board


@requires("tickets.view_ticket")
@require_safe
def team_board(request):
    """Open tickets by state; each column leads to the list whose number it shows."""
    now, user = timezone.now(), request.user
    offered, whose, groups, group = _chosen(request)
    filters = _filters(whose, group)
    columns = [
        {
            "column": column,
            "lines": lines_of(column.cards, by=user, at=now),
            "address": _address(column.filters),
        }
        for column in board(filters, by=user, at=now)
    ]
    context = {
        "columns": columns,
        "offered": sorted(offered, key=lambda one: WHOSE.index(one.code)),
        "whose": whose,
        "groups": groups,
        "group": group,
    }
    return render(request, "tickets/board.html", context)


def _chosen(request):
    offered = [one for one in work_lists_of(request.user) if one.code in WHOSE]
    whose = next((one for one in offered if one.code == request.GET.get("list")), offered[-1])
    groups = list(TicketGroup.objects.all())
    group = next((one for one in groups if str(one.pk) == request.GET.get("group")), None)
    return offered, whose, groups, group


def _filters(whose, group):
    return TicketFilters(of_list=whose.code, group=group.pk if group else None)


def filters_of_board(request):
    """What may stand on a column of the board that somebody has open."""
    _offered, whose, _groups, group = _chosen(request)
    return replace(_filters(whose, group), state="open")


def _address(filters):
    group = {"group": filters.group} if filters.group else {}
    chosen = {"list": filters.of_list, "state": filters.state, **group}
    return f"{reverse('tickets:list')}?{urlencode(chosen)}"
