from django.shortcuts import render

from common.auth import requires


@requires("workspace.view_my_day")
def my_day(request):
    return render(request, "workspace/my_day.html", {"cards": []})
