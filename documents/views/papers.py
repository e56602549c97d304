from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import FileResponse, Http404
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from common.auth import requires
from documents import actions
from documents.views.page import paper_for

# The browser's own reader shows the file inside the page of the case, and nowhere else.
PREVIEW_POLICY = {
    "default-src": [NONE],
    "object-src": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
}


@xframe_options_sameorigin
@csp_replace(PREVIEW_POLICY)
@requires("documents.view_case")
def paper_file(request, pk):
    """The draft, to read in the page or to take along; named by its number."""
    paper = paper_for(request.user, pk)
    if paper.stored_file is None:
        raise Http404
    is_download = "download" in request.GET
    actions.open_paper(paper=paper, is_download=is_download, by=request.user, at=timezone.now())
    response = FileResponse(
        paper.stored_file.file.open("rb"),
        as_attachment=is_download,
        filename=paper.file_name,
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    return response
