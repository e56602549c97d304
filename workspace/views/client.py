from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.actions import record_access
from clients.models import Client
from common.auth import requires
from workspace.queries.accesses import accesses_of
from workspace.queries.client import dealings_with
from workspace.queries.tickets import tickets_of


@requires("clients.view_client")
@require_GET
@never_cache
def dealings(request, pk):
    """Inquiries, tickets and cases of a client: a part of the card, and a page of its own without scripts."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    template = "workspace/client.html#rows" if request.htmx else "workspace/client.html"
    context = {"client": client, "dealings": dealings_with(client, by=request.user)}
    return render(request, template, context)


@requires("documents.view_access")
@require_GET
@never_cache
def accesses(request, pk):
    """Open access cases and accesses held, beside the caller: a part of the call screen."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    found = accesses_of(
        client,
        how=request.GET.get("identified_how", ""),
        day=timezone.localdate(),
        by=request.user,
    )
    if found.held:
        record_access(
            what="access.list",
            by=request.user,
            at=timezone.now(),
            subject=client,
            result_count=len(found.held),
        )
    context = {"client": client, "accesses": found}
    return render(request, "workspace/call/accesses.html", context)


@requires("tickets.view_ticket")
@require_GET
@never_cache
def tickets(request, pk):
    """Tickets of the caller, open ones first, beside the call."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    lines = tickets_of(client.family_ids(), by=request.user, at=timezone.now())
    context = {"client": client, "lines": lines, "is_beside_a_call": True}
    return render(request, "workspace/tickets.html", context)
