from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import may_decide
from common.refusals import Refusal
from common.uploads import CheckedUpload
from documents.actions.receive_return import receive_return
from documents.models import CameBy, Envelope, EnvelopeSigner, ReturnedFile
from documents.queries import SIGNING


class NotToSign(Refusal):
    """This person is not the one who signs these papers for the agency."""

    code = "not_to_sign"
    sentence = _("These papers are to be signed by somebody else, or are signed already.")


class DelegationEnded(Refusal):
    """The delegation under which the paper was drawn up is not in force."""

    code = "delegation_ended"
    sentence = _(
        "The delegation to sign for the agency (%(basis)s) is not in force today. Papers with it "
        "cannot be signed: an administrator renews it, or the draft is made anew."
    )


class CompetenceEnded(Refusal):
    code = "competence_to_sign_ended"
    sentence = _("The competence to sign for the agency is not held today.")


def sign_for_agency(
    *,
    envelope: Envelope,
    upload: CheckedUpload,
    is_from_portal: bool = False,
    evidence: str = "",
    by: User,
    at: datetime,
) -> ReturnedFile:
    """The agency's signatory has signed an envelope, in DigiDoc or inside the portal.

    1. Only the person named in the papers, under a delegation and a competence in force today.
    2. The container is taken in and checked as everybody's is: right file, right person.

    Raises NotToSign, DelegationEnded, CompetenceEnded, EnvelopeSettled.
    """
    may_sign(envelope=envelope, by=by, at=at)
    way = CameBy.PORTAL if is_from_portal else CameBy.AGENCY
    return receive_return(
        envelope=envelope, upload=upload, came_by=way, evidence=evidence, by=by, at=at
    )


def may_sign(*, envelope: Envelope, by: User, at: datetime) -> EnvelopeSigner:
    """Return the place of this person among the signers. Raises as `sign_for_agency` does."""
    signer = envelope.signers.filter(user=by, signed_at=None).select_related("delegation").first()
    if signer is None:
        raise NotToSign
    today = timezone.localdate(at)
    if signer.delegation is None or not signer.delegation.is_in_force_on(today):
        basis = signer.delegation.basis if signer.delegation else ""
        raise DelegationEnded(basis=basis)
    if not may_decide(by, SIGNING, today):
        raise CompetenceEnded
    return signer
