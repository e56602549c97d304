"""Letters on paper: the list of those to print and post, the sheet to print, and «Posted»."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.paging import keyset_page
from common.refusals import Refusal
from inquiries import actions
from inquiries.letter_forms import PostedForm
from inquiries.models import Channel, Letter, LetterDirection
from inquiries.queries import POST_ORDER, letters_to_post
from inquiries.views.moves import changeable

PAGE_SIZE = 50


@requires("inquiries.view_inquiry")
@require_safe
def to_post(request):
    """Letters on paper that wait to be printed and posted, the longest waiting first."""
    return post_page(request)


def post_page(request, refused=None):
    """The list; `refused` is the letter whose form was not accepted, with that form."""
    found = letters_to_post(by=request.user)
    page = keyset_page(
        found.select_related("inquiry", "written_by"),
        order=POST_ORDER,
        cursor=request.GET.get("cursor", ""),
        size=PAGE_SIZE,
    )
    record_access(
        what="inquiry.to_post", by=request.user, at=timezone.now(), result_count=len(page.rows)
    )
    context = {
        "page": page,
        "rows": [row_of(letter, request.user, refused) for letter in page.rows],
    }
    status = 422 if refused else 200
    return render(request, "inquiries/to_post.html", context, status=status)


def row_of(letter, by, refused):
    today, inquiry = timezone.localdate(), letter.inquiry
    is_readable = inquiry.is_readable_by(by, today)
    may_post = is_readable and by.has_perm("inquiries.answer_letter", inquiry)
    form = PostedForm(initial={"posted_on": today}, prefix=f"letter-{letter.pk}")
    if refused and refused[0].pk == letter.pk:
        form = refused[1]
    form.fields["posted_on"].widget.attrs["max"] = today.isoformat()
    return {
        "letter": letter,
        "is_readable": is_readable,
        "is_late": inquiry.is_open and inquiry.answer_by and inquiry.answer_by < today,
        "form": form if may_post else None,
    }


@requires("inquiries.view_inquiry")
@require_safe
def print_letter(request, letter_pk):
    """One letter as it goes into the envelope, in its own language."""
    letters = Letter.objects.visible_to(request.user).filter(
        channel=Channel.POST, direction=LetterDirection.OUT
    )
    letter = get_object_or_404(letters.select_related("inquiry"), pk=letter_pk)
    if not letter.inquiry.is_readable_by(request.user, timezone.localdate()):
        raise PermissionDenied
    record_access(
        what="inquiry.letter_print", by=request.user, at=timezone.now(), subject=letter.inquiry
    )
    context = {
        "letter": letter,
        "inquiry": letter.inquiry,
        "agency": settings.AGENCY,
        "files": letter.files.order_by("pk"),
    }
    return render(request, "inquiries/print_letter.html", context)


@requires("inquiries.answer_letter")
@require_POST
def mark_posted(request, letter_pk):
    """The letter is with the post; from now on it counts as sent."""
    letter = get_object_or_404(Letter.objects.visible_to(request.user), pk=letter_pk)
    changeable(request, letter.inquiry_id, "inquiries.answer_letter")
    form = PostedForm(request.POST, prefix=f"letter-{letter.pk}")
    if form.is_valid():
        day, now = form.cleaned_data["posted_on"], timezone.now()
        try:
            actions.mark_letter_posted(letter=letter, posted_on=day, by=request.user, at=now)
        except actions.PostedAlready as refusal:
            messages.error(request, str(refusal))
            return redirect("inquiries:to_post")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Posted: it counts as sent from that day."))
            return redirect("inquiries:to_post")
    return post_page(request, refused=(letter, form))
