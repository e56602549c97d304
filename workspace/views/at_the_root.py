from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static


@login_not_required
def robots(request):
    """No search engine has business here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@login_not_required
def favicon(request):
    """Browsers ask here when what they show is no page of ours, such as a PDF."""
    return HttpResponseRedirect(static("favicon.svg"))
