"""Accesses whose ground the register's open data no longer show."""

import datetime as dt
import sys

import pytest
from django.utils import timezone

from documents import actions
from documents.models import Access, AccessDoubt
from documents.queries import doubtful
from registry.models import Card, CardPerson, Organisation
from tests.factories.documents import JURI, MARI, CheckPersonFactory, PaperFactory, SignerFactory
from tests.factories.registry import CardPersonFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def at():
    return timezone.now() + 3 * DAY


def organisation(at, code="19999905", *people, **fields):
    """An organisation of our copy whose card of yesterday names these people, as the open data spell them."""
    made = OrganisationFactory(registry_code=code, **fields)
    Card.objects.create(organisation=made, digest="x", source_moment=at - DAY)
    for name in people or (MARI[0].upper(),):
        CardPersonFactory(organisation=made, name=name)
    return made


def access(code="19999905", *signers, named_on=None, **fields):
    """An access granted by a paper that these people signed, whom the register had named on a card."""
    paper = PaperFactory(
        case__organisation_code=code, state="cancelled", cancelled_at=timezone.now()
    )
    for place, (name, personal_code) in enumerate(signers or (MARI,)):
        SignerFactory(paper=paper, name=name, personal_code=personal_code, position=place)
        if named_on != "":
            CheckPersonFactory(
                check_of=paper.representation_check,
                name=name,
                code=personal_code,
                of_code=named_on or code,
                depth=1 if named_on else 0,
            )
    fields.setdefault("valid_from", timezone.localdate())
    return Access.objects.create(
        organisation_code=code, kind="agreement", granted_by=paper, **fields
    )


def doubt_of(one):
    one.refresh_from_db()
    return one.doubt


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ({"status": "K"}, AccessDoubt.DELETED),
        ({"status": "N"}, AccessDoubt.BANKRUPT),
        ({"status": "L"}, AccessDoubt.LIQUIDATION),
        ({"missing_since": timezone.now()}, AccessDoubt.DELETED),
    ],
)
def test_organisation_that_is_over_puts_its_accesses_in_doubt(at, change, doubt):
    organisation(at)
    one, other = access(), access("19999906")
    organisation(at, "19999906")
    assert actions.doubt_accesses(at=at) == 0

    Organisation.objects.filter(registry_code="19999905").update(**change)

    assert actions.doubt_accesses(at=at) == 1
    assert (doubt_of(one), one.doubted_at, doubt_of(other)) == (doubt, at, "")
    assert list(doubtful()) == [one]


def test_doubt_that_is_over_is_taken_back_and_one_that_stays_keeps_its_day(at):
    made = organisation(at, status="L")
    one = access()
    actions.doubt_accesses(at=at)
    assert actions.doubt_accesses(at=at + DAY) == 0
    one.refresh_from_db()
    assert one.doubted_at == at

    Organisation.objects.filter(pk=made.pk).update(status="R")

    assert actions.doubt_accesses(at=at + DAY) == 1
    assert (doubt_of(one), one.doubted_at) == ("", None)


def test_representative_who_signed_and_left_the_card_puts_it_in_doubt(at):
    made = organisation(at)
    one = access()

    CardPerson.objects.filter(organisation=made).update(name=JURI[0])

    actions.doubt_accesses(at=at)
    assert doubt_of(one) == AccessDoubt.SIGNER_GONE


@pytest.mark.parametrize(
    "change",
    [{"ends_on": dt.date(2020, 1, 1)}, {"role": "OSAN"}],
    ids=["the office has ended", "a shareholder only"],
)
def test_representative_who_stands_there_as_something_else_is_gone(at, change):
    made = organisation(at)
    one = access()

    CardPerson.objects.filter(organisation=made).update(**change)

    actions.doubt_accesses(at=at)
    assert doubt_of(one) == AccessDoubt.SIGNER_GONE


def test_one_of_two_who_signed_together_is_enough(at):
    organisation(at, "19999905", JURI[0].upper())
    one = access("19999905", MARI, JURI)

    actions.doubt_accesses(at=at)

    assert doubt_of(one) == AccessDoubt.SIGNER_GONE


def test_names_are_the_same_however_they_are_written(at):
    organisation(at, "19999905", "ÕUNAPUU, JÜRI")
    one = access("19999905", JURI)

    actions.doubt_accesses(at=at)

    assert doubt_of(one) == ""


def test_representative_of_a_company_that_represents_is_looked_for_on_its_card(at):
    organisation(at, "19999905", "HALDUR OÜ")
    company = organisation(at, "19999906", MARI[0])
    one = access(named_on="19999906")
    actions.doubt_accesses(at=at)
    assert doubt_of(one) == ""

    CardPerson.objects.filter(organisation=company).delete()

    actions.doubt_accesses(at=at)
    assert doubt_of(one) == AccessDoubt.SIGNER_GONE


def test_card_older_than_the_check_says_nothing(at):
    made = organisation(at, "19999905", JURI[0])
    Card.objects.filter(organisation=made).update(source_moment=timezone.now() - DAY)
    one = access()

    actions.doubt_accesses(at=at)

    assert doubt_of(one) == ""


def test_who_signed_by_a_paper_and_never_stood_on_the_card_is_not_missed(at):
    organisation(at, "19999905", JURI[0])
    one = access(named_on="")

    actions.doubt_accesses(at=at)

    assert doubt_of(one) == ""


def test_what_our_copy_does_not_know_is_not_doubted(at):
    one = access("10000000")

    actions.doubt_accesses(at=at)

    assert doubt_of(one) == ""


def test_closed_access_is_left_alone(at):
    organisation(at, status="K")
    today = timezone.localdate(at)
    one = access(ends_on=today, closed_at=at)

    assert actions.doubt_accesses(at=at) == 0
    assert doubt_of(one) == ""


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_any_number_of_organisations(
    at, django_assert_num_queries, count
):
    for number in range(count):
        code = f"1000000{number}"
        organisation(at, code, status="K")
        access(code)

    with django_assert_num_queries(11):
        assert actions.doubt_accesses(at=at) == count


def test_all_are_looked_at_however_few_at_a_time(at, monkeypatch):
    monkeypatch.setattr(sys.modules["documents.actions.doubt_accesses"], "AT_ONCE", 2)
    for number in range(5):
        organisation(at, f"1000000{number}", status="K")
        access(f"1000000{number}")
        access(f"1000000{number}")

    assert actions.doubt_accesses(at=at) == 10
    assert doubtful().count() == 10
