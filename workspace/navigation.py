"""The pages that the rail offers. A page that does not exist yet, or may not be seen, is not linked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User

PAGES_ON_A_PHONE = 4  # the rest stands behind "more"


@cache
def address_of(route: str) -> str | None:
    """Asked for by each page of the rail on every page, and always the same."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return None


@dataclass(frozen=True)
class Page:
    route: str
    label: Promise
    icon: str
    permission: str
    at_the_end: bool = False
    also: tuple[str, ...] = ()  # pages that belong to it, though their address lies under another

    @property
    def url(self) -> str | None:
        return address_of(self.route)

    @property
    def addresses(self) -> list[str]:
        return [address for route in (self.route, *self.also) if (address := address_of(route))]


@dataclass(frozen=True)
class Link:
    label: Promise
    icon: str
    url: str
    is_current: bool
    is_spare: bool
    at_the_end: bool


PAGES = (
    Page("workspace:my_day", _("My day"), "home", "workspace.view_my_day"),
    Page("workspace:call", _("Call"), "headset", "inquiries.log_inquiry"),
    Page("workspace:line", _("Today's line"), "layout-dashboard", "workspace.view_line"),
    Page("inquiries:list", _("Inquiries"), "messages", "inquiries.view_inquiry"),
    Page("inquiries:missed_calls", _("Calls"), "phone-call", "inquiries.view_phone_call"),
    Page("inquiries:phone_lines", _("Exchanges"), "phone", "inquiries.manage_phone_line"),
    Page(
        "inquiries:inbox",
        _("Letters"),
        "mail",
        "inquiries.view_inquiry",
        also=(
            "inquiries:mailbox",
            "inquiries:new_letter",
            "inquiries:reading",
            "inquiries:to_post",
        ),
    ),
    Page("inquiries:satisfaction", _("Satisfaction"), "star", "inquiries.view_satisfaction"),
    Page("clients:list", _("Clients"), "users", "clients.view_client"),
    Page("tickets:list", _("Tickets"), "ticket", "tickets.view_ticket"),
    Page("documents:list", _("Cases"), "folder", "documents.view_case"),
    Page("registry:search", _("Register"), "building", "registry.view_organisation"),
    Page("knowledge:home", _("Knowledge"), "book-2", "knowledge.view_article"),
    Page("accounts:directory", _("Directory"), "id", "accounts.view_directory"),
    Page("accounts:access_log", _("Access log"), "shield-lock", "accounts.view_access_log"),
    Page("accounts:staff", _("Staff"), "users-group", "accounts.manage_staff"),
    Page("documents:paper_templates", _("Templates"), "template", "documents.change_template"),
    Page(
        "documents:trusted_lists",
        pgettext_lazy("rail", "Trusted lists"),  # a long word: its catalogue says where it breaks
        "certificate",
        "documents.keep_trusted_lists",
    ),
    Page("accounts:settings", _("Settings"), "settings", "accounts.change_own_settings", True),
)


def pages_of(user: User) -> Iterator[tuple[Page, str]]:
    for page in PAGES:
        url = page.url
        if url and user.has_perm(page.permission):
            yield page, url


def links_for(user: User, path: str) -> list[Link]:
    """The rail of this user, with the page that the path belongs to marked."""
    pages = list(pages_of(user))
    here = page_at(path, [page for page, _url in pages])
    return [
        Link(
            label=page.label,
            icon=page.icon,
            url=url,
            is_current=page == here,
            is_spare=place >= PAGES_ON_A_PHONE or page.at_the_end,
            at_the_end=page.at_the_end,
        )
        for place, (page, url) in enumerate(pages)
    ]


def page_at(path: str, pages: list[Page]) -> Page | None:
    """The page whose address is the longest beginning of the path."""
    found = [(len(url), page) for page in pages for url in page.addresses if is_within(path, url)]
    return max(found, key=lambda one: one[0])[1] if found else None


def is_within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
