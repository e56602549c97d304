from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from inquiries.actions.count_as_sent import count_as_sent
from inquiries.answering import NotAnAddress
from inquiries.field_refusals import Missing
from inquiries.models import Channel, Inquiry, Language, Letter, LetterDirection, LetterKind
from inquiries.outgoing import hand_over, is_address
from inquiries.refusals import (
    LetterIsLeaving,
    LetterNotComplete,
    NotALetter,
    NoticeWaitsForPost,
)
from inquiries.states import MOVES, InquiryState
from inquiries.versions import keep_first_version, save_version
from inquiries.wording import filled, values_of, wording
from knowledge.models import ReferralBody


def send_on(
    *, inquiry: Inquiry, body: ReferralBody, address: str, by: User, at: datetime
) -> Inquiry:
    """The letter is another body's matter: it goes there, and its sender is told.

    1. Lock the inquiry; it must have come in writing.
    2. Send the letter as it came, with its files, to the body. None of our own correspondence goes
       along.
    3. Tell the sender, in the language of the letter, where it went and how that body is reached.
    4. The inquiry is settled when that notice has left: by mail at once, on paper when it is posted.
       Write a version.

    Raises LetterNotComplete, NotALetter, LetterIsLeaving, NoticeWaitsForPost or MoveNotAllowed.
    """
    address = address.strip() or body.email
    if not address:
        label = Letter._meta.get_field("recipient_address").verbose_name  # type: ignore[union-attr]
        raise LetterNotComplete({"address": [Missing(field=label)]})
    if not is_address(address):
        raise LetterNotComplete({"address": [NotAnAddress()]})
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if inquiry.letters.leaving().exists():
            raise LetterIsLeaving
        MOVES.target("refer_out", InquiryState(inquiry.state))
        if inquiry.letters.to_post().filter(kind=LetterKind.NOTICE_FORWARDED).exists():
            raise NoticeWaitsForPost
        letter = inquiry.letters.filter(kind=LetterKind.INCOMING).order_by("at", "pk").first()
        if letter is None:
            raise NotALetter
        _to_body(inquiry, letter, body, address, by, at)
        notice = notify_sender(
            inquiry,
            letter,
            LetterKind.NOTICE_FORWARDED,
            {"body": body.name(letter.language), "body_contact": body.contact(letter.language)},
            by=by,
            at=at,
        )
        keep_first_version(inquiry)
        inquiry.referral_body = body
        if notice.left_at is not None:
            count_as_sent(inquiry=inquiry, letter=notice, by=by, at=at)
        else:
            inquiry.claim_version(inquiry.version)
            save_version(inquiry, why="sent_to_body", by=by, at=at)
    return inquiry


def notify_sender(
    inquiry: Inquiry,
    letter: Letter,
    kind: LetterKind,
    more: dict[str, str],
    *,
    by: User,
    at: datetime,
) -> Letter:
    """Write to the sender of a letter what the law wants to be told; by post where there is no mail."""
    template, language = wording(kind), letter.language
    values = {**values_of(inquiry, letter, by=by, language=language), **more}
    notice = Letter.objects.create(
        inquiry=inquiry,
        direction=LetterDirection.OUT,
        kind=kind,
        channel=Channel.EMAIL if is_address(letter.sender_address) else Channel.POST,
        language=language,
        sender_name=settings.AGENCY["name"],
        sender_address=settings.AGENCY["email"],
        recipient_name=letter.sender_name,
        recipient_address=letter.sender_address,
        subject=filled(template.subject(language), values)[:200],
        text=filled(template.text(language), values),
        at=at,
        written_by=by,
    )
    return hand_over(notice, at=at)


def _to_body(
    inquiry: Inquiry, letter: Letter, body: ReferralBody, address: str, by: User, at: datetime
) -> None:
    language = Language.ESTONIAN  # the language of the administration
    template = wording(LetterKind.TO_BODY)
    values = {
        **values_of(inquiry, letter, by=by, language=language),
        "body": body.name(language),
        "sender_address": letter.sender_address,
        "text": letter.text,
    }
    forwarded = Letter.objects.create(
        inquiry=inquiry,
        direction=LetterDirection.BODY,
        kind=LetterKind.TO_BODY,
        channel=Channel.EMAIL,
        language=language,
        sender_name=settings.AGENCY["name"],
        sender_address=settings.AGENCY["email"],
        recipient_name=body.name(language),
        recipient_address=address,
        subject=filled(template.subject(language), values)[:200],
        text=filled(template.text(language), values),
        at=at,
        written_by=by,
    )
    forwarded.files.set(letter.files.all())
    hand_over(forwarded, at=at)
