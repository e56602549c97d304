from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.models import StoredFile
from documents.models import Envelope, EnvelopeSigner, Paper, ReturnedFile
from documents.states import OPEN_TO_RETURNS, PaperState, ReturnState


def container_to_sign(envelope: Envelope) -> StoredFile:
    """The container that the next signatory signs: the one with most good signatures so far.

    One that holds a signature which a person has refused is not offered on, whoever signed beside it.
    """
    counted = {one.pk for one in envelope.signers.all() if one.signed_at is not None}
    good = envelope.returns.filter(state=ReturnState.GOOD).select_related("stored_file")
    fullest = max(
        (one for one in good.order_by("judged_at", "pk") if counted.issuperset(one.people)),
        key=lambda one: (len(one.people), one.pk),
        default=None,
    )
    return fullest.stored_file if fullest else envelope.container


def signed_containers(envelope: Envelope) -> list[StoredFile]:
    """The files that together hold everybody's signatures: one where one holds them all."""
    signers = list(envelope.signers.select_related("signed_in__stored_file"))
    brought = {one.signed_in_id: one.signed_in for one in signers if one.signed_in is not None}
    files = sorted(brought.values(), key=lambda one: one.pk)
    whole = [one for one in files if set(one.people) >= {signer.pk for signer in signers}]
    return [one.stored_file for one in (whole[-1:] or files)]


def waiting_for_signature(*, user_id: int) -> QuerySet[Envelope]:
    """Envelopes that this person is to sign for the agency, the oldest first."""
    waiting = EnvelopeSigner.objects.filter(user=user_id, signed_at=None)
    papers = Paper.objects.filter(
        envelope=OuterRef("pk"), state__in=[*OPEN_TO_RETURNS, PaperState.EXPIRED]
    )
    return (
        Envelope.objects.filter(Exists(papers), pk__in=waiting.values("envelope"), opened_at=None)
        .select_related("case__responsible", "container")
        .prefetch_related("papers", "signers")
        .order_by("made_at", "pk")
    )


def returns_owed(at: datetime) -> QuerySet[ReturnedFile]:
    """Signed files that nobody has judged yet."""
    return ReturnedFile.objects.filter(
        Q(state=ReturnState.RECEIVED) | Q(state=ReturnState.UNCHECKED)
    ).order_by("received_at", "pk")
