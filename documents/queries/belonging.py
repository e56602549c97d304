"""To which envelope a mail, or a signed file in it, belongs."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.db.models.functions import Lower

from common.models import ExternalLink, OutgoingMail
from documents.models import Envelope, EnvelopeSigner, Paper, ReturnedFile, UnsortedFile
from documents.states import OPEN_TO_RETURNS, PaperState
from inquiries.threads import thread_hash

ASKED, FAULTS = "documents.ask:", "documents.faults:"  # keys of our letters: see their actions
MOST_ANSWERED = 20


def open_envelopes() -> QuerySet[Envelope]:
    """Envelopes for which a signed file may come in."""
    return Envelope.objects.filter(
        opened_at=None, papers__state__in=[*OPEN_TO_RETURNS, PaperState.EXPIRED]
    ).distinct()


def signer_answering(*, token: str, message_ids: Sequence[str]) -> EnvelopeSigner | None:
    """Who answers a letter of ours that asks to sign, or that names faults.

    By the token of the last letter, or by the id of any of them: a reminder has a token of its own.
    """
    signers = EnvelopeSigner.objects.select_related("envelope__case")
    found = signers.filter(thread_hash=thread_hash(token)).first() if token else None
    if found is not None or not message_ids:
        return found
    nearest = list(message_ids)[-MOST_ANSWERED:]
    keys = OutgoingMail.objects.filter(message_id__in=nearest).values_list("key", flat=True)
    places = [pk for key in keys if (pk := _signer_of(key)) is not None]
    return signers.filter(pk=places[-1]).first() if places else None


def _signer_of(key: str) -> int | None:
    """The signer to whom a letter with this key went."""
    if key.startswith(ASKED):
        link = ExternalLink.objects.filter(pk=int(key.removeprefix(ASKED))).first()
        return int(link.about_id) if link else None
    if key.startswith(FAULTS):
        pk = int(key.removeprefix(FAULTS).partition(":")[0])
        return ReturnedFile.objects.filter(pk=pk).values_list("signer_id", flat=True).first()
    return None


def envelope_of_known_file(sha256: str) -> Envelope | None:
    """The envelope for which these very bytes came in before, by whatever way."""
    found = ReturnedFile.objects.filter(stored_file__sha256=sha256).select_related("envelope__case")
    known = found.order_by("-pk").first()
    return known.envelope if known else None


def envelopes_holding(hashes: Collection[str]) -> list[Envelope]:
    """Open envelopes of papers that have these SHA-256."""
    papers = Paper.objects.filter(stored_file__sha256__in=hashes).exclude(envelope=None)
    return list(
        open_envelopes()
        .filter(pk__in=papers.values("envelope"))
        .select_related("case")
        .order_by("pk")
    )


def envelopes_asked_of(address: str) -> list[Envelope]:
    """Open envelopes that were sent to this address and that its reader has not signed."""
    if not address:
        return []
    asked = EnvelopeSigner.objects.annotate(plain=Lower("email")).filter(
        plain=address.lower(), asked_at__isnull=False, signed_at=None
    )
    found = open_envelopes().filter(pk__in=asked.values("envelope"))
    return list(found.select_related("case").order_by("pk")[:2])


def signer_with_address(envelope: Envelope, address: str) -> EnvelopeSigner | None:
    """Who of an envelope's people was written to at this address."""
    return next(
        (
            one
            for one in envelope.signers.all()
            if one.email and one.email.lower() == address.lower()
        ),
        None,
    )


def files_to_sort() -> QuerySet[UnsortedFile]:
    """Signed files that came by mail, of which nobody has said yet to which case they belong."""
    return UnsortedFile.objects.filter(settled_at=None)
