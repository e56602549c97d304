from datetime import datetime

from common.actions import LinkNotValid, open_external_link
from documents.actions.send_envelope import PURPOSE
from documents.models import EnvelopeSigner


def open_client_page(*, token: str, at: datetime) -> EnvelopeSigner:
    """A signatory opens the page of the papers to sign; every opening is logged, let in or not.

    Raises LinkNotValid: for an unknown, expired or revoked link, and when the papers were set aside.
    """
    link = open_external_link(token=token, purpose=PURPOSE, at=at)
    signers = EnvelopeSigner.objects.select_related("envelope__case", "envelope__container")
    signer = signers.filter(pk=link.about_id).first()
    if signer is None or signer.envelope.opened_at is not None:
        raise LinkNotValid
    return signer
