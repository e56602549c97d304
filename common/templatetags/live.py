from django import template
from django.conf import settings
from django.template.context import RequestContext

from common.live.stream import PATH

register = template.Library()


@register.simple_tag(takes_context=True)
def live_url(context: RequestContext) -> str:
    """The address of the event stream: our own origin behind a proxy, else another port of it."""
    if not settings.LIVE_PORT:
        return PATH
    request = context.request
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return f"{request.scheme}://{host}:{settings.LIVE_PORT}{PATH}"
