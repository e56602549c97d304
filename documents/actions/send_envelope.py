from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from clients.models import Client, ConfirmedHow, ContactKind
from common.actions import issue_external_link, queue_mail, revoke_external_link
from common.clock import working_clock
from common.file_types import ASICE
from common.mail import MailAttachment
from common.models import ExternalLink, StoredFile
from common.refusals import Refusal
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.actions.receive_return import EnvelopeSettled
from documents.letters import day_in, papers_in_words, papers_of, write_letter
from documents.models import Envelope, EnvelopeSigner
from documents.queries.envelopes import container_to_sign
from documents.states import PAPER_MOVES, PaperState
from inquiries.threads import new_token, reply_address, tagged_subject, thread_hash

PURPOSE = "documents.client_page"


class AddressNotConfirmed(Refusal):
    """Papers with personal data go only where we know that the right person reads."""

    code = "address_not_confirmed"
    sentence = _(
        "The address of %(name)s has not been confirmed: confirm it on the client's card, or say how you know it."
    )


class NobodyToAsk(Refusal):
    code = "nobody_to_ask"
    sentence = _("Everybody on the client's side has signed already.")


@dataclass(frozen=True)
class Address:
    """Where one signatory is asked: and how we know the address, if the client's card does not say."""

    email: str
    confirmed_how: str = ""


def send_envelope(
    *,
    envelope: Envelope,
    addresses: Mapping[int, Address],
    is_attached: bool = False,
    version: int,
    by: User,
    at: datetime,
) -> Envelope:
    """The client's people are asked to sign, each by a letter of their own.

    1. Whoever has not signed needs an address that is confirmed. The client's card confirms its own.
    2. Each gets one link to the page of these papers, for thirty days; an earlier one opens no more.
       `is_attached` sends the container along, for those who cannot use the page.
    3. The papers are with the client from here on, with the day by which we ask for them.

    Raises AddressNotConfirmed, NobodyToAsk, EnvelopeSettled, MoveNotAllowed, StaleSave; then nobody
    was asked.
    """
    with transaction.atomic():
        case = lock_case(envelope.case)
        case.claim_version(version)
        envelope = Envelope.objects.select_for_update(of=("self",)).get(pk=envelope.pk)
        envelope.case = case
        asked = [one for one in envelope.signers.all() if not one.is_agency and not one.signed_at]
        if not asked:
            raise NobodyToAsk
        papers = papers_of(envelope)
        if not papers:
            raise EnvelopeSettled
        for paper in papers:
            if paper.state == PaperState.PARTLY_SIGNED:
                continue  # the others are asked once more
            paper.state = PAPER_MOVES.target("send", PaperState(paper.state))
            paper.save(update_fields=["state"])
        days = settings.CLIENT_ANSWER_WORKING_DAYS
        envelope.sent_at, envelope.reminders = at, 0
        envelope.due_on = working_clock().add_days(timezone.localdate(at), days)
        envelope.save(update_fields=["sent_at", "due_on", "reminders"])
        for signer in asked:
            _give_address(signer, addresses.get(signer.pk) or Address(signer.email), case.client)
            ask_signer(signer=signer, envelope=envelope, is_attached=is_attached, by=by, at=at)
        follow_papers(case=case, at=at)
        record_access(what="paper.send", by=by, at=at, subject=envelope, reason=case.number)
        note_event(case=case, what="envelope_sent", by=by, at=at, people=len(asked))
    return envelope


def _give_address(signer: EnvelopeSigner, address: Address, client: Client | None) -> None:
    email = address.email.strip()
    is_known = email and any(
        point.kind == ContactKind.EMAIL and point.is_confirmed and point.value == email.lower()
        for point in (client.contact_points.all() if client else ())
    )
    how = address.confirmed_how
    if not email or not (is_known or how in ConfirmedHow.values):
        raise AddressNotConfirmed(name=signer.name)
    signer.email, signer.confirmed_how = email, "" if is_known else how


def ask_signer(
    *,
    signer: EnvelopeSigner,
    envelope: Envelope,
    is_attached: bool = False,
    is_reminder: bool = False,
    by: User | None,
    at: datetime,
) -> ExternalLink:
    """One signatory gets a letter with a link, in the caller's transaction; earlier links open no more."""
    revoke_links(signer, at=at)
    sent_at = envelope.sent_at or at
    expires_at = sent_at + timedelta(days=settings.CLIENT_PAGE_DAYS)
    link, token = issue_external_link(
        purpose=PURPOSE, about=signer, expires_at=expires_at, by=by, at=at
    )
    thread = new_token()
    signer.thread_hash, signer.asked_at = thread_hash(thread), at
    signer.save(update_fields=["email", "confirmed_how", "thread_hash", "asked_at"])
    letter = write_letter(
        "remind_to_sign" if is_reminder else "ask_to_sign",
        language=signer.language,
        papers=papers_in_words(papers_of(envelope), signer.language),
        signers=[one.name for one in envelope.signers.all() if not one.is_agency],
        client=envelope.case.organisation_name,
        due_on=day_in(signer.language, envelope.due_on) if envelope.due_on else "",
        expires_on=day_in(signer.language, timezone.localdate(expires_at)),
        address=settings.SITE_URL.rstrip("/") + reverse("documents:client_page", args=[token]),
        is_attached=is_attached,
    )
    queue_mail(
        key=f"documents.ask:{link.pk}",
        to=signer.email,
        subject=tagged_subject(letter.subject, number=envelope.case.number, token=thread),
        text=letter.text,
        language=signer.language,
        attachments=[_attached(envelope)] if is_attached else [],
        reply_to=reply_address(thread),
        about=envelope.case,
        at=at,
    )
    return link


def _attached(envelope: Envelope) -> MailAttachment:
    stored: StoredFile = container_to_sign(envelope)
    with stored.file.open("rb") as file:
        return MailAttachment(envelope.file_name, ASICE, file.read())


def revoke_links(signer: EnvelopeSigner, *, at: datetime) -> None:
    for link in ExternalLink.objects.about(signer).filter(purpose=PURPOSE, revoked_at=None):
        revoke_external_link(link=link, at=at)


def revoke_links_of(envelope: Envelope, *, at: datetime) -> None:
    for signer in envelope.signers.all():
        revoke_links(signer, at=at)
