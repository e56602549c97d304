"""Cards about the house itself: knowledge, mail, imports, the access log."""

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.log_words import WORDS
from accounts.models import AccessEntry, User
from common.mail_states import MailState
from common.models import OutgoingMail
from documents.kept_trust import standings
from knowledge.languages import reader_language
from knowledge.models import ArticleVersion
from registry.models import RegisterImport
from registry.states import ImportState
from workspace.cards import Card, Line, address, first_rows

NEWS = timedelta(days=14)
LATELY = timedelta(days=7)


def articles(user: User, at: datetime) -> Card:
    """What tier I tells has changed: new wordings in the reader's language."""
    today = timezone.localdate(at)
    rows = ArticleVersion.objects.visible_to(user).filter(
        language=reader_language(), valid_from__gt=today - NEWS, valid_from__lte=today
    )
    found, count = first_rows(rows.order_by("-valid_from", "-pk"))
    return Card(
        "articles",
        _("New in knowledge"),
        "bulb",
        count,
        address("knowledge:home"),
        lines=[
            Line(
                title=version.title,
                url=address("knowledge:article", version.article_id),
                detail=version.law_reference,
            )
            for version in found
        ],
    )


def mail_not_sent(user: User, at: datetime) -> Card:
    failed, count = first_rows(
        OutgoingMail.objects.filter(state=MailState.FAILED).order_by("-queued_at")
    )
    return Card(
        "mail-not-sent",
        _("Mail that could not be sent"),
        "mail-off",
        count,
        address("common:mail"),
        tone="bad" if count else "",
        lines=[
            Line(
                title=mail.subject,
                url=address("common:mail"),
                detail=mail.error_shown,
                at=mail.queued_at,
                tone="bad",
            )
            for mail in failed
        ],
    )


def imports(user: User, at: datetime) -> Card:
    failed = RegisterImport.objects.visible_to(user).filter(state=ImportState.FAILED)
    found, count = first_rows(failed)
    return Card(
        "imports",
        _("Imports that failed"),
        "download",
        count,
        address("registry:imports"),
        tone="bad" if count else "",
        lines=[
            Line(
                title=one.file_name,
                url=address("registry:import", one.pk),
                detail=one.reason,
                at=one.requested_at,
                pill=one.get_state_display(),
                tone="bad",
            )
            for one in found
        ],
    )


def trusted_lists(user: User, at: datetime) -> list[Card]:
    """Lists by which signatures are judged and with which something is wrong; usually no card."""
    where = address("documents:trusted_lists")
    found = [(one, remark) for one in standings(at) for remark in one.remarks]
    if not found:
        return []
    tone = "bad" if any(remark.tone == "bad" for _one, remark in found) else "warn"
    lines = [
        Line(
            title=one.name
            if one.is_list_of_lists
            else _("Trusted list: %(place)s") % {"place": one.name},
            url=where,
            detail=remark.sentence,
            tone=remark.tone,
        )
        for one, remark in found
    ]
    title = _("Trusted lists to look after")
    return [Card("trusted-lists", title, "certificate", len(lines), where, tone=tone, lines=lines)]


def codes_revealed(user: User, at: datetime) -> Card:
    return log_card(
        "codes-revealed", _("Personal codes shown in a week"), "eye", at, "client.reveal_code"
    )


def refusals(user: User, at: datetime) -> Card:
    return log_card("refusals", _("Refused pages in a week"), "ban", at, "authz.denied")


def log_card(key, title, icon, at, what):
    rows = log_since(at).filter(what=what).order_by("-at", "-pk")
    found, count = first_rows(rows)
    where = log_address(at, what=what)
    return Card(
        key,
        title,
        icon,
        count,
        where,
        lines=[
            Line(title=one.by_name, url=where, detail=one.reason_in_words, at=one.at)
            for one in found
        ],
    )


def logged(user: User, at: datetime) -> Card:
    """What was done in a week by kind, so that something unusual is seen."""
    kinds = list(log_since(at).values_list("what").annotate(times=Count("pk")).order_by("-times"))
    return Card(
        "logged",
        _("Written into the access log in a week"),
        "shield-lock",
        sum(times for _what, times in kinds),
        log_address(at),
        lines=[
            Line(title=WORDS.get(what, what), url=log_address(at, what=what), pill=str(times))
            for what, times in kinds
            if what in WORDS
        ],
    )


def log_since(at: datetime) -> QuerySet[AccessEntry]:
    return AccessEntry.objects.since(timezone.localdate(at - LATELY))


def log_address(at: datetime, **query: str) -> str:
    since = timezone.localdate(at - LATELY).isoformat()
    return address("accounts:access_log", since=since, **query)
