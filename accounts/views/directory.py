from django.shortcuts import render
from django.utils import timezone

from accounts.forms import DirectoryForm, DirectorySearchForm
from accounts.queries import directory as find_staff
from accounts.topic_words import code_for, names_of
from common.auth import requires


@requires("accounts.view_directory")
def directory(request):
    """Who deals with what. A name typed is posted, so that it stands in no address."""
    if request.method == "POST":
        form = DirectorySearchForm(request.POST)
    else:
        form = DirectorySearchForm(request.GET if DirectoryForm(request.GET).is_valid() else {})
    asked = form.cleaned_data if form.is_valid() else {}
    topic_code = code_for(asked.get("topic", ""))
    lines = find_staff(
        topic_code=topic_code,
        county=asked.get("county", ""),
        text=asked.get("text", "") if request.method == "POST" else "",
        at=timezone.now(),
    )
    names = names_of({topic_code, *(code for line in lines for code in line.topic_codes)} - {""})
    template = "accounts/directory.html"
    return render(
        request,
        f"{template}#results" if request.htmx else template,
        {
            "form": form,
            "lines": [
                (line, [names.get(code, code) for code in line.topic_codes]) for line in lines
            ],
            "is_filtered": any(asked.values()),
            "topic": names.get(topic_code, topic_code),
        },
    )
