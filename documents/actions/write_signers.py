from collections.abc import Sequence

from documents.kinds import SignerRole
from documents.models import AgencyDelegation, Paper, PaperSigner
from documents.signers import ChosenSigner, masked

AGENCY_LAST = 1000  # signature blocks: the client's people first in number, the agency's on its own


def write_signers(*, paper: Paper, chosen: Sequence[ChosenSigner]) -> None:
    """Put these people in the place of the paper's representatives, in the caller's transaction."""
    paper.signers.filter(role=SignerRole.REPRESENTATIVE).delete()
    PaperSigner.objects.bulk_create(
        PaperSigner(
            paper=paper,
            role=SignerRole.REPRESENTATIVE,
            position=position,
            name=one.name,
            job_title=one.job_title,
            basis=one.basis,
            personal_code=one.code,
            personal_code_hash=one.code_hash,
            code_country=one.country,
            masked_code=masked(one.code),
        )
        for position, one in enumerate(chosen)
    )


def write_agency_signer(*, paper: Paper, delegation: AgencyDelegation) -> None:
    paper.signers.filter(role=SignerRole.AGENCY).delete()
    PaperSigner.objects.create(
        paper=paper,
        role=SignerRole.AGENCY,
        position=AGENCY_LAST,
        user=delegation.holder,
        name=str(delegation.holder),
        job_title=delegation.job_title,
        basis=delegation.basis,
    )
