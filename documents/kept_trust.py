"""The trusted lists as they are kept: which are believed now, how old they are, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.list_problems import SENTENCES
from documents.models import TrustedList, TrustedListSource
from documents.models.trusted_list_source import LIST_OF_LISTS
from documents.trust_words import ListKind

BAD, WARN = "bad", "warn"


@dataclass(frozen=True)
class Remark:
    """What is to be known about a list before one relies on it, in the reader's language."""

    code: str
    tone: str
    sentence: str


@dataclass(frozen=True)
class ListStanding:
    """How one list that we ask for stands: the issue in force, and how the search for newer ones goes."""

    territory: str  # LIST_OF_LISTS for the one that names the others
    current: TrustedList | None
    source: TrustedListSource | None
    at: datetime

    @property
    def is_list_of_lists(self) -> bool:
        return self.territory == LIST_OF_LISTS

    @property
    def name(self) -> str:
        return _("List of lists") if self.is_list_of_lists else self.territory

    @property
    def remarks(self) -> list[Remark]:
        return [*self._of_current(), *self._of_search()]

    @property
    def tone(self) -> str:
        tones = {remark.tone for remark in self.remarks}
        return BAD if BAD in tones else WARN if WARN in tones else "good"

    def _of_current(self) -> Iterator[Remark]:
        if self.current is None:
            if not self.is_list_of_lists:
                words = _("There is no list: no signature of this country is valid here.")
                yield Remark("missing", BAD, words)
            return
        if self.current.is_out_of_date(self.at):
            words = _("It was to be renewed by %(day)s. It is still used, being the last good one.")
            yield Remark("out_of_date", BAD, words % {"day": _day(self.current.next_update)})
        elif self.current.ends_soon(self.at):
            words = _("It must be renewed by %(day)s.")
            yield Remark("ends_soon", WARN, words % {"day": _day(self.current.next_update)})
        if not self.current.is_verified:
            words = _("Nobody has verified its signature. It is believed because: %(reason)s")
            yield Remark("as_it_is", WARN, words % {"reason": self.current.reason})

    def _of_search(self) -> Iterator[Remark]:
        if self.source is None or not self.source.problem or not settings.LOTL_URL:
            return
        words = _("Not renewed since %(since)s. %(why)s")
        if self.current is not None:
            words = _("Not renewed since %(since)s; the last good one is used. %(why)s")
        since = timezone.localtime(self.source.problem_since)
        why = SENTENCES.get(self.source.problem, self.source.problem)
        yield Remark(
            self.source.problem,
            WARN,
            words % {"since": date_format(since, "SHORT_DATETIME_FORMAT"), "why": why},
        )


@dataclass(frozen=True)
class KeptTrust:
    """The lists by which a file is judged now, all of one store."""

    standings: tuple[ListStanding, ...]  # of countries
    at: datetime

    @property
    def lists(self) -> list[TrustedList]:
        return [one.current for one in self.standings if one.current is not None]

    @property
    def names(self) -> str:
        """Which issues of which lists: EE 87."""
        return ", ".join(f"{one.territory} {one.sequence}" for one in self.lists)[:100]

    @property
    def contents(self) -> list[bytes]:
        """As `check_signed_file` takes them."""
        return [one.xml() for one in self.lists]

    @property
    def age(self) -> timedelta:
        """How long ago the list that was seen longest ago was last found to be the newest."""
        return self.at - min(one.checked_at for one in self.lists)

    @property
    def is_out_of_date(self) -> bool:
        return any(one.is_out_of_date(self.at) for one in self.lists)

    @property
    def remarks(self) -> list[tuple[str, Remark]]:
        """What a report has to say of the lists: which one, and what."""
        return [(one.name, remark) for one in self.standings for remark in one.remarks]


def trust_list_in_use(at: datetime) -> KeptTrust | None:
    """Return the lists that signatures are judged by; None when there is none, and nothing is valid."""
    countries = tuple(one for one in standings(at, with_content=True) if not one.is_list_of_lists)
    return KeptTrust(countries, at) if any(one.current for one in countries) else None


def standings(at: datetime, *, with_content: bool = False) -> list[ListStanding]:
    """Return how each list that the settings ask for stands, the list of lists first; two queries."""
    store = settings.TRUSTED_LIST_STORE
    rows = TrustedList.objects.current(store)
    rows = rows.filter(kind=ListKind.SERVICES) if with_content else rows.without_content()
    current = {LIST_OF_LISTS if one.kind == ListKind.LISTS else one.territory: one for one in rows}
    sources = {one.territory: one for one in TrustedListSource.objects.filter(store=store)}
    asked = [*dict.fromkeys(settings.TRUSTED_LIST_TERRITORIES)]
    if settings.LOTL_URL or LIST_OF_LISTS in current:
        asked.insert(0, LIST_OF_LISTS)
    return [ListStanding(one, current.get(one), sources.get(one), at) for one in asked]


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""
