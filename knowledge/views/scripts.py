from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.auth import requires
from knowledge import actions
from knowledge.forms import ScriptForm
from knowledge.models import Topic


@requires("knowledge.change_article")
def write_script(request, topic_code):
    """The script of a topic as text; saving publishes it as the next version."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user).for_choice(), code=topic_code)
    standing = topic.scripts.order_by("-number").first()
    initial = {"body": standing.body if standing else "", "valid_from": timezone.localdate()}
    form = ScriptForm(request.POST or None, initial=initial)
    if form.is_valid():
        version = actions.publish_script_version(
            topic=topic, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(
            request, _("Version %(number)s of the script is saved.") % {"number": version.number}
        )
        return redirect("knowledge:topic", topic_code=topic.code)
    context = {"topic": topic, "form": form, "standing": standing}
    return render(request, "knowledge/script.html", context)
