from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.states import MoveNotAllowed
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.actions.send_envelope import AddressNotConfirmed, ask_signer, revoke_links
from documents.models import EnvelopeSigner
from documents.states import WITH_THE_CLIENT


def renew_link(*, signer: EnvelopeSigner, version: int, by: User, at: datetime) -> EnvelopeSigner:
    """A signatory lost the letter: a new link is sent to the same address, the old one opens no more.

    Raises AddressNotConfirmed, MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(signer.envelope.case)
        case.claim_version(version)
        signer = EnvelopeSigner.objects.select_related("envelope").get(pk=signer.pk)
        signer.envelope.case = case
        _still_asked(signer)
        if not signer.email:
            raise AddressNotConfirmed(name=signer.name)
        ask_signer(signer=signer, envelope=signer.envelope, by=by, at=at)
        note_event(case=case, what="link_renewed", by=by, at=at)
    return signer


def revoke_link(*, signer: EnvelopeSigner, version: int, by: User, at: datetime) -> EnvelopeSigner:
    """A link went to the wrong hands: it opens no more.

    Raises StaleSave.
    """
    with transaction.atomic():
        case = lock_case(signer.envelope.case)
        case.claim_version(version)
        revoke_links(signer, at=at)
        note_event(case=case, what="link_revoked", by=by, at=at)
    return signer


def _still_asked(signer: EnvelopeSigner) -> None:
    papers = signer.envelope.papers.active()
    waiting = papers.filter(state__in=WITH_THE_CLIENT).first()
    if signer.signed_at is not None or waiting is None:
        paper = papers.first()
        raise MoveNotAllowed(state=paper.get_state_display() if paper else "")
