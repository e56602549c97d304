from collections.abc import Sequence

from documents.kinds import SignerRole
from documents.models import Access, AgencyDelegation, Paper, PaperContent, PaperSigner
from documents.signers import ChosenSigner, code_hash, masked

ESTONIA = "EST"
AGENCY_LAST = 1000  # signature blocks: the client's people first in number, the agency's on its own


def papers_of_representatives(paper: Paper) -> list[Paper]:
    """This paper and the others of its case that are in preparation, as far as representatives sign.

    Who signs is said once for all of them.
    """
    others = paper.case.papers.in_preparation().exclude(pk=paper.pk)
    return [
        one for one in (paper, *others) if SignerRole.REPRESENTATIVE in one.signers_wanted.roles
    ]


def write_signers(*, paper: Paper, chosen: Sequence[ChosenSigner]) -> None:
    """Put these people in the place of the representatives, in the caller's transaction.

    Who was ticked and typed in as well has one place: one signature fills it.
    """
    once = {one.code_hash or one.name: one for one in reversed(chosen)}
    people = [one for one in chosen if once[one.code_hash or one.name] is one]
    for one in papers_of_representatives(paper):
        _write(one, people)


def _write(paper: Paper, chosen: Sequence[ChosenSigner]) -> None:
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
        personal_code=delegation.personal_code,
        personal_code_hash=code_hash(delegation.personal_code, ESTONIA),
        code_country=ESTONIA,
    )


def write_other_signers(*, paper: Paper) -> None:
    """The main user or the user himself, as the paper's content names them, in the caller's transaction."""
    paper.signers.filter(role__in=[SignerRole.MAIN_USER, SignerRole.USER]).delete()
    content = getattr(paper, "content", None)
    if content is None:
        return
    if SignerRole.MAIN_USER in paper.signers_wanted.roles and content.main_user:
        access = content.main_user
        _write_user(paper, SignerRole.MAIN_USER, access.person_name, access, "peakasutaja")
    if SignerRole.USER in paper.signers_wanted.roles:
        _write_user(paper, SignerRole.USER, content.person_name, content, "kasutaja")


def _write_user(
    paper: Paper, role: SignerRole, name: str, known: Access | PaperContent, job_title: str
) -> None:
    PaperSigner.objects.create(
        paper=paper,
        role=role,
        position=0,
        name=name,
        job_title=job_title,
        personal_code=known.personal_code,
        personal_code_hash=code_hash(known.personal_code, known.code_country),
        code_country=known.code_country,
        masked_code=masked(known.personal_code),
    )
