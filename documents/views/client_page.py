"""The page of one signatory: reads the papers, takes the container along, brings it back signed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from common.actions import LinkNotValid
from common.rate_limit import is_too_often
from common.refusals import Refusal
from common.uploads import UploadRefused, check_upload
from documents import actions
from documents.actions.receive_return import ACCEPTED, is_open_to_returns
from documents.client_forms import SignedFileForm
from documents.fault_words import fault_sentences
from documents.models import CameBy
from documents.queries import container_to_sign
from documents.states import ReturnState
from inquiries.models import Language

OWN_NAMES = (("et", "Eesti"), ("en", "English"), ("ru", "Русский"))
MOST_FILES_A_MINUTE = 10
SECONDS = 60


@csrf_exempt  # nobody is signed in here; the link itself is the key, and a lost cookie costs no file
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def client_page(request, token, language=""):
    is_look = request.htmx and request.method == "GET"
    signer = (_looked(token) if is_look else None) or _opened(token)
    if signer is None:
        return _over(request, language)
    language = _language(language, signer)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedFileForm(*sent)  # also when nothing at all was chosen
    with translation.override(language):
        if form.is_valid() and _taken_in(form, signer, token):
            return redirect(f"{_address(token, language)}#result")
        return _shown(request, signer, token, language, form)


@login_not_required
@never_cache
@require_safe
def client_container(request, token):
    """The container to sign: with the signatures of those who were quicker."""
    signer = _opened(token)
    if signer is None or not is_open_to_returns(signer.envelope):
        raise Http404
    stored = container_to_sign(signer.envelope)
    return _sent(stored, signer.envelope.file_name)


@login_not_required
@never_cache
@require_safe
def client_paper(request, token, pk):
    """One of the papers, to read."""
    signer = _opened(token)
    paper = signer and signer.envelope.papers.active().filter(pk=pk).first()
    if not paper:
        raise Http404
    return _sent(paper.stored_file, paper.file_name)


def _opened(token):
    try:
        return actions.open_client_page(token=token, at=timezone.now())
    except LinkNotValid:
        return None


def _looked(token):
    """The page refreshes itself while a file is being checked; this is not an opening."""
    return actions.look_at_client_page(token=token, at=timezone.now())


def _language(asked, signer):
    return asked if asked in Language.values else signer.language


def _address(token, language):
    return reverse("documents:client_page_in", args=[token, language])


def _over(request, language):
    """Unknown, expired, revoked or settled: the same page, which tells nothing of any paper."""
    language = language if language in Language.values else translation.get_language()[:2]
    with translation.override(language):
        context = {"agency": settings.AGENCY}
        return render(request, "documents/public/over.html", context, status=410)


def _taken_in(form, signer, token):
    now = timezone.now()
    name = f"sign:{signer.pk}"
    if is_too_often(name, most=MOST_FILES_A_MINUTE, minute=int(now.timestamp()) // SECONDS):
        form.add_too_often()
        return False
    try:
        upload = check_upload(form.cleaned_data["file"], allowed=ACCEPTED)
        returned = actions.receive_return(
            envelope=signer.envelope,
            upload=upload,
            came_by=CameBy.CLIENT_PAGE,
            signer=signer,
            at=now,
        )
    except (UploadRefused, Refusal) as refusal:
        form.add_error("file", str(refusal))
        return False
    if returned.signer_id != signer.pk and signer.pk not in returned.people:
        form.add_known(fault_sentences(returned))
        return False
    return True


def _shown(request, signer, token, language, form):
    envelope = signer.envelope
    latest = signer.returns.order_by("-received_at", "-pk").first()
    context = {
        "agency": settings.AGENCY,
        "signer": signer,
        "envelope": envelope,
        "papers": envelope.papers.active().order_by("pk"),
        "others": envelope.signers.exclude(pk=signer.pk).exclude(role="agency"),
        "is_open": is_open_to_returns(envelope) and signer.signed_at is None,
        "latest": latest,
        "is_waiting": latest is not None and latest.state == ReturnState.RECEIVED,
        "faults": fault_sentences(latest) if latest else [],
        "holds_others": container_to_sign(envelope).pk != envelope.container_id,
        "token": token,
        "language": language,
        "addresses": [(code, name, _address(token, code)) for code, name in OWN_NAMES],
        "form": form,
    }
    template = "documents/public/sign.html"
    if request.htmx:
        template += "#result"
    response = render(request, template, context, status=422 if form.errors else 200)
    response.headers["Content-Language"] = language
    return response


def _sent(stored, name):
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    return response
