from django.shortcuts import render

from common.auth import requires
from knowledge.models import Phrase


@requires("knowledge.view_article")
def phrases(request):
    shown = Phrase.objects.visible_to(request.user).select_related("topic")
    return render(request, "knowledge/phrases.html", {"phrases": shown})
