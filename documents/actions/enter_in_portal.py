from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import ContactKind
from common.actions import queue_mail
from common.file_types import ASICE
from common.mail import MailAttachment
from common.refusals import Refusal
from documents.actions.close_access import end_access, tell_holder
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_paper
from documents.actions.note_event import note_event
from documents.kinds import AccessKind, Effect, SignerRole
from documents.letters import day_in, write_letter
from documents.models import Access, Paper, PaperContent, ToldHow
from documents.queries import lacks_agreement, signed_containers
from documents.signers import code_hash
from documents.states import PAPER_MOVES, PaperState
from documents.variables import contact_point_of

NOTICE_DAYS = 30  # regulation 34 § 2 lg 3: days from the receipt of a written notice


class NobodyToTell(Refusal):
    """The notice goes out in the same step, so it needs somewhere to go."""

    code = "nobody_to_tell"
    sentence = _(
        "The client has no confirmed e-mail address for the notice. Say how the client was told instead."
    )


class AgreementUnknown(Refusal):
    """Nobody acts in the portal for an organisation that has no user agreement (regulation 34 § 2)."""

    code = "agreement_unknown"
    sentence = _(
        "No user agreement of this organisation is known to be in force. Enter the agreement first; if the portal shows one from before, tick that you have seen it there."
    )


def enter_in_portal(
    *,
    paper: Paper,
    version: int,
    portal_record: str = "",
    told_how: str = "",
    agreement_seen: bool = False,
    by: User,
    at: datetime,
) -> Paper:
    """A checked paper has been entered in the portal, and the client is told in the same step.

    1. Keep who entered it, when, and under which number of the portal. An authorisation is entered under
       an agreement in force: ours, or one that the person has seen in the portal (`agreement_seen`).
    2. What the paper grants is held from its first day; what it ends has its last day.
    3. The client is told by mail in the client's language; the paper is done once the mail server has
       taken it. Whoever has no confirmed address is told by phone or letter, and that is kept.

    Raises AgreementUnknown, NobodyToTell, MoveNotAllowed, StaleSave; then nothing has changed.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        paper.case.claim_version(version)
        if lacks_agreement(paper, timezone.localdate(at)):
            if not agreement_seen:
                raise AgreementUnknown
            note_event(case=paper.case, paper=paper, what="agreement_seen", by=by, at=at)
        paper.state = PAPER_MOVES.target("enter", PaperState(paper.state))
        paper.entered_at, paper.entered_by, paper.portal_record = at, by, portal_record.strip()
        paper.save(update_fields=["state", "entered_at", "entered_by", "portal_record"])
        note_event(
            case=paper.case, paper=paper, what="entered", by=by, at=at, number=paper.number or ""
        )
        granted = grant_access(paper, at) if paper.rules.grants else None
        ended = _end(paper, by, at)
        if told_how and told_how != ToldHow.MAIL:
            mark_told(paper, ToldHow(told_how), by, at)
        else:
            _tell(paper, granted, ended, at)
        follow_papers(case=paper.case, at=at)
    return paper


def grant_access(paper: Paper, at: datetime) -> Access:
    """Write down what a paper gives, in the caller's transaction."""
    content = PaperContent.objects.filter(paper=paper).first()
    today = timezone.localdate(at)
    access = Access(
        organisation_code=paper.case.organisation_code,
        organisation_name=paper.case.organisation_name,
        client=paper.case.client,
        kind=paper.rules.grants,
        granted_by=paper,
        valid_from=today,
        portal_record=paper.portal_record,
    )
    if content is not None:
        _write_person(access, content, today)
        access.main_user = _main_user_of(paper, content)
    access.save()
    return access


def _write_person(access: Access, content: PaperContent, today: date) -> None:
    access.person_name = content.person_name
    access.personal_code, access.code_country = content.personal_code, content.code_country
    access.masked_code = content.masked_code
    access.code_hash = code_hash(content.personal_code, content.code_country)
    access.email, access.services = content.email, content.services
    access.valid_from = max(content.valid_from or today, today)
    if content.valid_until:
        access.ends_on = max(content.valid_until + timedelta(days=1), access.valid_from)


def _main_user_of(paper: Paper, content: PaperContent) -> Access | None:
    """On whose authorisation a regular user stands: the main user who signed."""
    is_signed_by_main_user = SignerRole.MAIN_USER in paper.signers_wanted.roles
    return content.main_user if is_signed_by_main_user else None


def _end(paper: Paper, by: User, at: datetime) -> list[Access]:
    content = PaperContent.objects.filter(paper=paper).select_related("ended_access").first()
    if content is None or content.ended_access is None:
        return []
    ends_on = last_day_of(paper, content, at)
    ended = _falling(paper, content, content.ended_access)
    today = timezone.localdate(at)
    for access in ended:
        end_access(access=access, paper=paper, ends_on=ends_on, at=at)
        if (
            ends_on <= today and access.closed_at is None
        ):  # entering the paper was closing the rights
            access.closed_at, access.closed_by = at, by
            access.save(update_fields=["closed_at", "closed_by"])
            if access.pk != content.ended_access_id:
                tell_holder(access, at)
    return ended


def _falling(paper: Paper, content: PaperContent, named: Access) -> list[Access]:
    """What the paper names, and then what falls with it, locked until the transaction ends."""
    wanted, is_open = Q(pk=named.pk), Q(closed_at__isnull=True)
    if named.kind == AccessKind.AGREEMENT:
        wanted |= Q(organisation_code=paper.case.organisation_code) & is_open
    elif content.closes_dependants:
        wanted |= Q(main_user=named.pk) & is_open
    found = Access.objects.select_for_update(of=("self",)).filter(wanted).order_by("pk")
    return sorted(found, key=lambda one: one.pk != named.pk)


def last_day_of(paper: Paper, content: PaperContent, at: datetime) -> date:
    """The first day on which what the paper ends is no longer in force (regulation 34 § 2 lg 3).

    A day that passed before the paper reached us moves to that of receipt: nobody loses an access
    backwards, and who held it until then is known.
    """
    received = min(_received_on(paper, at), timezone.localdate(at))
    if content.effect == Effect.THIRTY_DAYS:
        return received + timedelta(days=NOTICE_DAYS)
    if content.effect == Effect.ON_DATE and content.last_day:
        return max(content.last_day, received)
    return received


def _received_on(paper: Paper, at: datetime) -> date:
    """The day on which the paper with its last signature reached whom it is for.

    What the agency alone signs is for the client, who gets it with the notice of today.
    """
    if paper.signers_wanted.roles == {SignerRole.AGENCY}:
        return timezone.localdate(at)
    signers = paper.envelope.signers.all() if paper.envelope else []
    moments = [one.signed_in.received_at for one in signers if one.signed_in]
    return timezone.localdate(max(moments)) if moments else timezone.localdate(at)


def _tell(paper: Paper, granted: Access | None, ended: list[Access], at: datetime) -> None:
    """Queue the notice to the client, and to the person whom the paper is about."""
    client = paper.case.client
    point = contact_point_of(client, ContactKind.EMAIL)
    if client is None or point is None or not point.is_confirmed:
        raise NobodyToTell
    language = client.language
    content = PaperContent.objects.filter(paper=paper).first()
    person = content.person_name if content else ""
    ends_on = ended[0].ends_on if ended else None
    today = timezone.localdate(at)
    begins_on = granted.valid_from if granted and granted.valid_from > today else None
    to = {point.value}
    if content and content.email:
        to.add(content.email)
    signed = _signed_papers(paper)
    for number, address in enumerate(sorted(to)):
        attachments = signed if address == point.value else []
        letter = write_letter(
            paper.rules.notice,
            language=language,
            paper=paper,
            client=paper.case.organisation_name,
            person=person,
            entered_on=day_in(language, today),
            begins_on=day_in(language, begins_on) if begins_on else "",
            ends_on=day_in(language, ends_on) if ends_on else "",
            closed=[one.person_name for one in ended[1:] if one.person_name],
            is_attached=bool(attachments),
        )
        queue_mail(
            key=f"documents.notice:{paper.pk}:{number}",
            to=address,
            subject=letter.subject,
            text=letter.text,
            language=language,
            attachments=attachments,
            about=paper,
            at=at,
        )


def _signed_papers(paper: Paper) -> list[MailAttachment]:
    """The client's own copy with everybody's signatures, once an envelope: with its first notice."""
    envelope = paper.envelope
    if envelope is None or envelope.papers.filter(entered_at__isnull=False).exclude(pk=paper.pk):
        return []
    found = []
    for number, stored in enumerate(signed_containers(envelope)):
        name, dot, ending = envelope.file_name.rpartition(".")
        with stored.file.open("rb") as file:
            mark = f"-{number + 1}" if number else ""
            found.append(MailAttachment(f"{name}{mark}{dot}{ending}", ASICE, file.read()))
    return found


def mark_told(paper: Paper, how: ToldHow, by: User | None, at: datetime) -> None:
    """The client knows, so the paper is done, in the caller's transaction."""
    paper.state = PAPER_MOVES.target("tell", PaperState(paper.state))
    paper.told_at, paper.told_how = at, how
    paper.save(update_fields=["state", "told_at", "told_how"])
    note_event(case=paper.case, paper=paper, what="told", by=by, at=at, number=paper.number or "")
