"""Global search: one question to every app that this user may look into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import directory
from clients.queries import find_clients
from documents.models import AccessCase
from inquiries.models import Inquiry
from inquiries.queries import matching, rows_of_list
from knowledge.queries import search_articles, search_topics
from registry.queries import search_organisations
from tickets.lines import PAGE as TICKET_PAGE
from tickets.queries import holding_words, rows_of, rows_to_show
from workspace.cards import address
from workspace.navigation import pages_of

SHORTEST_QUESTION = 2
LONGEST_QUESTION = 200
HITS_OF_A_KIND = 5


@dataclass(frozen=True)
class Hit:
    """Something found. What has no page yet for this reader is named, but leads nowhere."""

    title: str
    url: str | None
    detail: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found: who may, and how."""

    title: Promise
    icon: str
    permission: str
    find: Callable[[str, User], Iterator[Hit]]


@dataclass(frozen=True)
class Group:
    title: Promise
    icon: str
    hits: list[Hit]


def find_pages(text: str, user: User) -> Iterator[Hit]:
    for page, url in pages_of(user):
        if text.casefold() in str(page.label).casefold():
            yield Hit(str(page.label), url)


def find_inquiries(text: str, user: User) -> Iterator[Hit]:
    """By its own number, the caller's or the object's, or by the words in it; the newest."""
    rows = rows_of_list(Inquiry.objects.visible_to(user))
    found = matching(rows, text, by=user, today=timezone.localdate())
    for inquiry in found.order_by("-started_at", "-pk")[:HITS_OF_A_KIND]:
        topic = inquiry.topic.name() if inquiry.topic else ""
        yield Hit(inquiry.number, address("inquiries:show", inquiry.pk), topic)


def find_tickets(text: str, user: User) -> Iterator[Hit]:
    """By its number, or by the words in its texts and comments; the newest."""
    rows = holding_words(rows_of("all", user, timezone.now()), text, by=user)
    for ticket in rows_to_show(rows.order_by("-started_at", "-pk")[:HITS_OF_A_KIND]):
        detail = f"{ticket.summary} · {ticket.get_state_display()}"
        yield Hit(ticket.number, address(TICKET_PAGE, ticket.pk), detail)


def find_cases(text: str, user: User) -> Iterator[Hit]:
    by_number = AccessCase.objects.visible_to(user).filter(number=text.upper())
    for case in by_number[:HITS_OF_A_KIND]:
        yield Hit(case.number, address("documents:case", case.pk), case.organisation_name)


def find_people(text: str, user: User) -> Iterator[Hit]:
    for match in find_clients(text, by=user, limit=HITS_OF_A_KIND):
        client = match.client
        yield Hit(str(client), address("clients:card", client.pk), match.contact)


def find_organisations(text: str, user: User) -> Iterator[Hit]:
    for found in search_organisations(text, limit=HITS_OF_A_KIND):
        where = address("registry:organisation", found.registry_code)
        yield Hit(found.name, where, f"{found.registry_code} · {found.status_text}")


def find_topics(text: str, user: User) -> Iterator[Hit]:
    for match in search_topics(text, limit=HITS_OF_A_KIND):
        group = match.topic.parent
        where = address("knowledge:topic", match.topic.code)
        yield Hit(match.topic.name(), where, group.name() if group else "")


def find_articles(text: str, user: User) -> Iterator[Hit]:
    for version in search_articles(text, by=user, limit=HITS_OF_A_KIND):
        where = address("knowledge:article", version.article_id)
        yield Hit(version.title, where, version.law_reference)


def find_colleagues(text: str, user: User) -> Iterator[Hit]:
    for line in directory(text=text)[:HITS_OF_A_KIND]:
        detail = " · ".join(filter(None, [line.user.job_title, line.user.phone]))
        yield Hit(str(line.user), address("accounts:directory"), detail)


SOURCES: tuple[Source, ...] = (
    Source(_("Inquiries"), "messages", "inquiries.view_inquiry", find_inquiries),
    Source(_("Tickets"), "ticket", "tickets.view_ticket", find_tickets),
    Source(_("Access cases"), "folder", "documents.view_case", find_cases),
    Source(_("Clients"), "user", "clients.view_client", find_people),
    Source(_("Organisations"), "building", "registry.view_organisation", find_organisations),
    Source(_("Topics"), "tag", "knowledge.view_article", find_topics),
    Source(_("Articles"), "book-2", "knowledge.view_article", find_articles),
    Source(_("Colleagues"), "phone-call", "accounts.view_directory", find_colleagues),
    Source(_("Pages"), "layout-dashboard", "workspace.search", find_pages),
)


def search_everywhere(text: str, user: User) -> list[Group]:
    """Groups of hits in the order of SOURCES; empty groups are left out."""
    text = text.strip()[:LONGEST_QUESTION]
    if len(text) < SHORTEST_QUESTION:
        return []
    groups = (
        Group(source.title, source.icon, list(source.find(text, user)))
        for source in SOURCES
        if user.has_perm(source.permission)
    )
    return [group for group in groups if group.hits]
