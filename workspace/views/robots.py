from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse


@login_not_required
def robots(request):
    """No search engine has business here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
