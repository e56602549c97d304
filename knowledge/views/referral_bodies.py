from django.shortcuts import render

from common.auth import requires
from knowledge.models import ReferralBody


@requires("knowledge.view_article")
def referral_bodies(request):
    bodies = ReferralBody.objects.visible_to(request.user).prefetch_related("topics")
    return render(request, "knowledge/referral_bodies.html", {"bodies": bodies})
