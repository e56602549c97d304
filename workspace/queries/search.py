"""Global search: one question to every app that this user may look into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workspace.navigation import pages_of

SHORTEST_QUESTION = 2
HITS_OF_A_KIND = 5


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
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
            yield Hit(title=str(page.label), url=url)


SOURCES: tuple[Source, ...] = (
    Source(_("Pages"), "layout-dashboard", "workspace.search", find_pages),
)


def search_everywhere(text: str, user: User) -> list[Group]:
    """Groups of hits in the order of SOURCES; empty groups are left out."""
    text = text.strip()
    if len(text) < SHORTEST_QUESTION:
        return []
    groups = (
        Group(source.title, source.icon, list(source.find(text, user))[:HITS_OF_A_KIND])
        for source in SOURCES
        if user.has_perm(source.permission)
    )
    return [group for group in groups if group.hits]
