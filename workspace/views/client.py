from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from clients.models import Client
from common.auth import requires
from workspace.queries.client import dealings_with


@requires("clients.view_client")
@require_GET
@never_cache
def dealings(request, pk):
    """Inquiries and cases of a client: a part of the card, and a page of its own without scripts."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    template = "workspace/client.html#rows" if request.htmx else "workspace/client.html"
    context = {"client": client, "dealings": dealings_with(client, by=request.user)}
    return render(request, template, context)
