import datetime as dt

import pytest
from django.urls import reverse

from inquiries import actions
from inquiries.models import Letter, TermExtension
from inquiries.queries import extended_to
from inquiries.typed import typed_of
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory, LetterFactory

pytestmark = pytest.mark.django_db
TWO_MONTHS = dt.date(2027, 1, 18)
FIVE_WORKING_DAYS = dt.date(2026, 11, 23)
WEEK_LATER = MONDAY_TEN + dt.timedelta(days=7)


@pytest.fixture
def inquiry():
    """A request for explanation that came on Monday, 16 November."""
    inquiry = InquiryFactory(
        in_work=True, started_at=MONDAY_TEN, registered_on=dt.date(2026, 11, 16)
    )
    LetterFactory(inquiry=inquiry)
    return inquiry


@pytest.fixture
def paper_inquiry():
    inquiry = InquiryFactory(in_work=True, channel="post", started_at=MONDAY_TEN)
    LetterFactory(inquiry=inquiry, channel="post", sender_address="Kase 1, Pärnu")
    return inquiry


def extended(inquiry):
    return actions.extend_term(inquiry=inquiry, reason="Ootame.", by=inquiry.agent, at=MONDAY_TEN)


def registered(inquiry, *, kind, on=dt.date(2026, 11, 16)):
    return actions.register_letter(
        inquiry=inquiry,
        register_number="7-4/26/123",
        registered_on=on,
        legal_kind=kind,
        by=inquiry.agent,
        at=WEEK_LATER,
    )


def test_number_of_the_register_sets_the_term_by_its_day(inquiry):
    registered(inquiry, kind="explanation", on=dt.date(2026, 11, 17))

    inquiry.refresh_from_db()
    assert (inquiry.register_number, inquiry.answer_by) == ("7-4/26/123", dt.date(2026, 12, 2))


def test_request_for_information_has_five_working_days_from_its_receipt(inquiry):
    registered(inquiry, kind="information", on=dt.date(2026, 11, 20))

    inquiry.refresh_from_db()
    assert inquiry.registered_on == dt.date(2026, 11, 20)
    assert inquiry.answer_by == FIVE_WORKING_DAYS


def test_number_added_to_an_extended_letter_of_the_same_kind_keeps_the_longer_term(inquiry):
    extended(inquiry)

    assert registered(inquiry, kind="explanation").answer_by == TWO_MONTHS


def test_extended_letter_that_asks_for_information_has_the_term_of_that_kind(inquiry):
    extension = extended(inquiry)

    again = registered(inquiry, kind="information")

    extension.refresh_from_db()
    assert again.answer_by == FIVE_WORKING_DAYS
    assert (extension.answer_by, extension.lapsed_at) == (TWO_MONTHS, WEEK_LATER)


def test_term_of_the_new_kind_may_be_extended_as_the_law_says_of_it(inquiry):
    extended(inquiry)
    registered(inquiry, kind="information")
    inquiry.refresh_from_db()

    assert extended_to(inquiry) == dt.date(2026, 12, 7)  # fifteen working days
    assert extended(inquiry).answer_by == dt.date(2026, 12, 7)
    assert TermExtension.objects.standing().count() == 1


def test_kind_mended_on_the_page_of_changes_ends_the_extension_too(inquiry):
    extension = extended(inquiry)
    inquiry.refresh_from_db()

    mended = actions.change_inquiry(
        inquiry=inquiry,
        version=inquiry.version,
        typed={**typed_of(inquiry), "legal_kind": "information"},
        by=inquiry.agent,
        at=WEEK_LATER,
    )

    extension.refresh_from_db()
    assert (mended.answer_by, extension.lapsed_at) == (FIVE_WORKING_DAYS, WEEK_LATER)


def test_notice_of_a_lapsed_extension_that_was_not_posted_is_not_posted(paper_inquiry):
    extended(paper_inquiry)

    registered(paper_inquiry, kind="information")

    assert not Letter.objects.to_post().exists()
    assert not TermExtension.objects.exists()


def test_person_is_told_that_the_extension_counts_no_more_and_what_the_sender_knows(
    client, inquiry
):
    extended(inquiry)
    client.force_login(inquiry.agent)
    url = reverse("inquiries:register", args=[inquiry.pk])
    before = client.get(url).content.decode()

    page = client.post(
        url,
        {
            "register_number": "7-4/2",
            "registered_on": "2026-11-16",
            "legal_kind": "information",
        },
        follow=True,
    ).content.decode()

    assert "18.01.2027" in before
    assert "Pikendus kuni 18.01.2027 enam ei kehti: vastata tuleb 23.11.2026." in page
    assert "teatage talle uus päev" in page


def test_person_who_mends_the_kind_on_the_page_of_changes_is_told_too(client, inquiry):
    extended(inquiry)
    inquiry.refresh_from_db()
    client.force_login(inquiry.agent)

    page = client.post(
        reverse("inquiries:change", args=[inquiry.pk]),
        {**typed_of(inquiry), "legal_kind": "information", "version": inquiry.version},
        follow=True,
    ).content.decode()

    inquiry.refresh_from_db()
    assert inquiry.answer_by == FIVE_WORKING_DAYS
    assert "Pikendus kuni 18.01.2027 enam ei kehti: vastata tuleb 23.11.2026." in page
