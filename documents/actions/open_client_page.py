from datetime import datetime, timedelta

from common.actions import LinkNotValid, open_external_link
from common.models import ExternalLink
from common.tokens import token_hash
from documents.actions.send_envelope import PURPOSE
from documents.models import EnvelopeSigner

STAYS_OPEN = timedelta(minutes=15)  # a file is judged within seconds


def open_client_page(*, token: str, at: datetime) -> EnvelopeSigner:
    """A signatory opens the page of the papers to sign; every opening is logged, let in or not.

    Raises LinkNotValid: for an unknown, expired or revoked link, and when the papers were set aside.
    """
    link = open_external_link(token=token, purpose=PURPOSE, at=at)
    signer = _signer_of(link)
    if signer is None:
        raise LinkNotValid
    return signer


def look_at_client_page(*, token: str, at: datetime) -> EnvelopeSigner | None:
    """The open page asks how things stand; this is not logged as one more opening.

    None when nobody has opened the page lately: then it is an opening, and is logged as one.
    """
    found = ExternalLink.objects.filter(token_hash=token_hash(token), purpose=PURPOSE).first()
    if found is None or not found.is_valid(at):
        return None
    is_open = found.openings.filter(was_let_in=True, at__gt=at - STAYS_OPEN).exists()
    return _signer_of(found) if is_open else None


def _signer_of(link: ExternalLink) -> EnvelopeSigner | None:
    signers = EnvelopeSigner.objects.select_related("envelope__case", "envelope__container")
    return signers.filter(pk=link.about_id, envelope__opened_at=None).first()
