from django.shortcuts import render
from django.utils import timezone

from accounts.forms import DirectoryForm, DirectorySearchForm
from accounts.queries import directory as find_staff
from common.auth import requires


@requires("accounts.view_directory")
def directory(request):
    """Who deals with what. A name typed is posted, so that it stands in no address."""
    if request.method == "POST":
        form = DirectorySearchForm(request.POST)
    else:
        form = DirectorySearchForm(request.GET if DirectoryForm(request.GET).is_valid() else {})
    asked = form.cleaned_data if form.is_valid() else {}
    lines = find_staff(
        topic_code=asked.get("topic", "").strip().upper(),
        county=asked.get("county", ""),
        text=asked.get("text", "") if request.method == "POST" else "",
        at=timezone.now(),
    )
    template = "accounts/directory.html"
    return render(
        request,
        f"{template}#results" if request.htmx else template,
        {"form": form, "lines": lines, "is_filtered": any(asked.values())},
    )
