import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from inquiries.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryFactory, LetterFactory

pytestmark = pytest.mark.django_db
LIST = "/inquiries/letters/to-post/"


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def waiting(agent, **fields):
    inquiry = InquiryFactory(in_work=True, channel="post", agent=agent)
    now = timezone.now()
    return LetterFactory(inquiry=inquiry, to_post=True, at=now, **fields)


def soup(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def mark(client, letter, day):
    url = reverse("inquiries:mark_posted", args=[letter.pk])
    return client.post(url, {f"letter-{letter.pk}-posted_on": day})


def test_inbox_leads_to_the_letters_to_post_and_counts_them(client, agent):
    waiting(agent)
    waiting(agent)

    link = soup(client.get(reverse("inquiries:inbox"))).select_one(f'a[href="{LIST}"]')

    assert link.select_one(".pill").text == "2"


def test_letter_waits_in_the_list_until_somebody_marks_it_posted_today(client, agent):
    letter, today = waiting(agent), timezone.localdate()
    page = soup(client.get(LIST))
    day = page.select_one(f"#letter-{letter.pk} input[type=date]")

    answer = mark(client, letter, day["value"])

    letter.refresh_from_db()
    assert (day["value"], day["max"]) == (today.isoformat(), today.isoformat())
    assert answer.url == LIST
    assert (letter.posted_on, letter.posted_by) == (today, agent)
    assert not soup(client.get(LIST)).select("tbody tr")


def test_day_in_the_future_is_refused_at_its_field_and_the_letter_stays(client, agent):
    letter = waiting(agent)

    answer = mark(client, letter, (timezone.localdate() + dt.timedelta(days=1)).isoformat())

    assert answer.status_code == 422
    assert (
        "ei ole veel kätte jõudnud"
        in soup(answer).select_one(f"#letter-{letter.pk} .errorlist").text
    )
    assert Letter.objects.to_post().exists()


def test_letter_that_a_colleague_has_posted_is_said(client, agent):
    letter = waiting(agent)
    mark(client, letter, timezone.localdate().isoformat())

    answer = mark(client, letter, timezone.localdate().isoformat())

    assert "ei oota enam postitamist" in client.get(answer.url).content.decode()


def test_sheet_is_in_the_language_of_the_letter_and_its_opening_is_logged(client, agent):
    letter = waiting(agent, language="ru", subject="Ответ", text="Да, нужно.")

    page = soup(client.get(reverse("inquiries:print_letter", args=[letter.pk])))

    sheet = page.select_one("article.sheet")
    assert sheet["lang"] == "ru"
    assert "Kase 1, 80010 Pärnu" in sheet.text
    assert "Да, нужно." in sheet.text
    assert f"Наш номер {letter.inquiry.number}" in sheet.text
    assert not page.select("[style]")
    assert AccessEntry.objects.filter(what="inquiry.letter_print").count() == 1


def test_letter_by_mail_is_not_printed_here(client, agent):
    letter = LetterFactory(inquiry=InquiryFactory(in_work=True, agent=agent), answer=True)

    assert client.get(reverse("inquiries:print_letter", args=[letter.pk])).status_code == 404


def test_what_is_for_internal_use_shows_neither_recipient_nor_text(client, agent):
    until = timezone.localdate() + dt.timedelta(days=30)
    letter = waiting(UserFactory(role="specialist"))
    inquiry = letter.inquiry
    inquiry.is_restricted, inquiry.restriction_basis = True, "AvTS § 35 lg 1 p 12"
    inquiry.restricted_until = until
    inquiry.save()

    page = soup(client.get(LIST))
    sheet = client.get(reverse("inquiries:print_letter", args=[letter.pk]))

    assert "Kase 1" not in page.text
    assert not page.select(f"#letter-{letter.pk} form")
    assert sheet.status_code == 403


def test_colleagues_letter_is_seen_and_not_marked_by_a_specialist(client, agent):
    letter = waiting(UserFactory(role="specialist"))

    page = soup(client.get(LIST))

    assert page.select_one(f"#letter-{letter.pk}")
    assert not page.select(f"#letter-{letter.pk} form")
    assert mark(client, letter, timezone.localdate().isoformat()).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("coordinator", 200), ("registrar", 403)])
def test_list_is_open_to_those_who_see_the_inbox(client, role, status):
    client.force_login(UserFactory(role=role))

    assert client.get(LIST).status_code == client.get("/inquiries/inbox/").status_code == status


def test_thread_says_that_the_letter_is_to_be_posted(client, agent):
    letter = waiting(agent)

    page = soup(client.get(reverse("inquiries:show", args=[letter.inquiry_id])))

    assert page.select_one(f"#letter-{letter.pk} a.pill")["href"] == LIST


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_any_length(client, agent, django_assert_num_queries, number):
    for _count in range(number):
        waiting(agent)
    client.get(LIST)

    with django_assert_num_queries(5):
        client.get(LIST)
