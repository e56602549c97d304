"""What the page of a case shows of its envelopes, and of papers that are to be entered."""

from django.utils import timezone

from accounts.queries import may_decide
from common.mail_states import MailState
from common.models import ExternalLink, OutgoingMail
from documents.actions.confirm_return import what_stands_against
from documents.actions.send_envelope import PURPOSE
from documents.entry_forms import EnterForm
from documents.envelope_forms import SendForm, StaffReturnForm
from documents.fault_words import fault_sentences
from documents.queries import SIGNING
from documents.set_aside_forms import give_forms
from documents.states import OPEN_TO_RETURNS, PAPER_MOVES, PaperState, ReturnState

SENDABLE = PAPER_MOVES.table["send"].sources
BEING_JUDGED = {ReturnState.RECEIVED, ReturnState.UNCHECKED}


def envelopes_of(case, user, bound, papers):
    """The envelopes in use with their people, their files, and what can be done next."""
    found = case.envelopes.filter(opened_at=None).select_related("container").order_by("pk")
    found = found.prefetch_related(
        "papers__representation_check",
        "papers__template_version__template",
        "papers__return_check__signatories",
        "papers__return_check__people",
        "papers__signers",
        "papers__content__main_user",
        "signers__delegation",
        "returns__stored_file",
        "returns__signer",
    )
    rows = [row for row in (_row(one, case, user, bound) for one in found) if row["papers"]]
    _mark_next(rows, papers)
    return {
        "envelopes": rows,
        "is_judging": any(row["is_judging"] for row in rows),
        "entries": _entries(papers, case, bound),
    }


def _row(envelope, case, user, bound):
    envelope.case = case
    papers = [paper for paper in envelope.papers.all() if paper.state != PaperState.CANCELLED]
    give_forms(papers, case, bound.get("redo_form"))
    states = {paper.state for paper in papers}
    signers = list(envelope.signers.all())
    returns = sorted(envelope.returns.all(), key=lambda one: one.pk, reverse=True)
    may_send = bool(states & set(SENDABLE)) or PaperState.PARTLY_SIGNED in states
    is_returned = states == {PaperState.RETURNED}
    return {
        "envelope": envelope,
        "papers": papers,
        "signers": _people(signers),
        "returns": [(one, fault_sentences(one)) for one in returns],
        "is_judging": any(one.state in BEING_JUDGED for one in returns)
        or any(paper.return_check and paper.return_check.is_underway for paper in papers),
        "is_open": bool(states & {*OPEN_TO_RETURNS, PaperState.EXPIRED}),
        "is_returned": is_returned,
        "check": next((paper.return_check for paper in papers if paper.return_check), None),
        "against": what_stands_against(envelope, papers, timezone.now()) if is_returned else [],
        "may_sign": any(one.user_id == user.pk and one.signed_at is None for one in signers)
        and may_decide(user, SIGNING, timezone.localdate()),
        "has_clients": any(not one.is_agency and one.signed_at is None for one in signers),
        "may_send": may_send,
        "send_form": _own(bound, "send_form", envelope)
        or SendForm(envelope=envelope, initial={"version": case.version}),
        "bring_form": _own(bound, "bring_form", envelope) or StaffReturnForm(envelope=envelope),
    }


def _mark_next(rows, papers):
    """The one container with which the work goes on: a page has one main button."""
    is_entering = any(paper.state == PaperState.CHECKED for paper in papers)
    wanted = [] if is_entering else [row for row in rows if _is_ours(row)]
    for row in rows:
        row["is_next"] = row in wanted[:1]


def _is_ours(row):
    if row["is_returned"]:
        return not row["against"]
    return row["has_clients"] and row["may_send"] and not row["envelope"].sent_at


def _own(bound, name, envelope):
    """The refused form, if it is this envelope's."""
    form = bound.get(name)
    return form if form is not None and form.envelope.pk == envelope.pk else None


def _people(signers):
    """Each signatory with how often the link was opened, and whether it opens still."""
    found = ExternalLink.objects.filter(
        purpose=PURPOSE,
        about_type="documents.envelopesigner",
        about_id__in=[one.pk for one in signers],
    ).prefetch_related("openings")
    by_signer: dict[int, list[ExternalLink]] = {}
    for link in found:
        by_signer.setdefault(int(link.about_id), []).append(link)
    now = timezone.now()
    return [
        {
            "signer": one,
            "openings": sum(link.openings.count() for link in by_signer.get(one.pk, [])),
            "has_link": any(link.is_valid(now) for link in by_signer.get(one.pk, [])),
        }
        for one in signers
    ]


def _entries(papers, case, bound):
    """Papers to be entered in the portal, and those whose notice is on its way."""
    rows = []
    for paper in papers:
        if paper.state not in {PaperState.CHECKED, PaperState.ENTERED}:
            continue
        refused = bound.get("enter_form")
        is_own = refused is not None and refused.paper.pk == paper.pk
        rows.append(
            {
                "paper": paper,
                "form": refused
                if is_own
                else EnterForm(paper=paper, initial={"version": case.version}),
                "unsent": _unsent(paper) if paper.state == PaperState.ENTERED else [],
            }
        )
    return rows


def _unsent(paper):
    return list(OutgoingMail.objects.about(paper).exclude(state=MailState.SENT))
