from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.auth import requires
from knowledge import actions
from knowledge.forms import FavouriteForm
from knowledge.models import Topic
from knowledge.queries import favourite_of


@requires("accounts.change_own_settings")
@require_POST
def set_favourite(request, topic_code):
    """Put the topic on a digit of the call screen, or take it off; asked from three pages."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user).for_choice(), code=topic_code)
    form = FavouriteForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    digit = form.cleaned_data["digit"]
    actions.set_favourite_topic(topic=topic, digit=digit, by=request.user)
    if request.htmx:
        shown = {"favourite": favourite_of(request.user, topic), "is_saved": True}
        return render(request, "knowledge/favourite.html", shown)
    told = {"topic": topic, "digit": digit}
    messages.success(
        request,
        _("“%(topic)s” is on digit %(digit)s.") % told
        if digit
        else _("“%(topic)s” is on no digit any more.") % told,
    )
    if "settings" in request.POST:
        return redirect("accounts:settings")
    return redirect("knowledge:topic", topic_code=topic.code)
