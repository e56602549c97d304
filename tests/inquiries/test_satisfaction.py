"""One question by mail: who is asked, what the links do, and figures that name nobody."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from common.models import OutgoingMail
from inquiries import actions
from inquiries.models import SatisfactionOptOut, SatisfactionQuestion
from inquiries.queries import satisfaction_by, satisfaction_figures, words_of_clients
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory, EmailFactory
from tests.factories.inquiries import InquiryFactory, LetterFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def ended(address="mari@example.ee", *, ago=DAY * 1.5, **fields):
    """An inquiry that came to its end, about which the client wrote from this address."""
    inquiry = InquiryFactory(
        **{"channel": "email", "state_since": NOON - ago, "client": None, **fields}
    )
    if address:
        LetterFactory(inquiry=inquiry, sender_address=address)
    return inquiry


def links():
    text = OutgoingMail.objects.get().text
    return re.findall(r"/ask/opinion/[\w-]+/(?:\w+/)?", text)


def link_of(score):
    return next(address for address in links() if address.endswith(f"/{score}/"))


def test_client_is_asked_once_when_the_matter_has_ended():
    inquiry = ended(language="ru")

    assert actions.ask_satisfaction(at=NOON) == 1
    assert actions.ask_satisfaction(at=NOON) == 0

    question = SatisfactionQuestion.objects.get()
    mail = OutgoingMail.objects.get()
    assert (question.inquiry, question.asked_at, question.score) == (inquiry, NOON, None)
    assert (mail.to, mail.language) == ("mari@example.ee", "ru")
    assert inquiry.number in mail.subject
    assert [address.rsplit("/", 2)[1] for address in links()] == ["5", "4", "3", "2", "1", "stop"]
    assert "mari@" not in question.address_hash


def test_caller_is_asked_at_the_address_of_the_card_that_works_best():
    client = ClientFactory(email="first@example.ee")
    EmailFactory(
        client=client, value="works@example.ee", confirmed_at=NOON, confirmed_how="mail_link"
    )
    ended(address="", channel="phone", client=client)

    actions.ask_satisfaction(at=NOON)

    assert OutgoingMail.objects.get().to == "works@example.ee"


@pytest.mark.parametrize(
    "fields",
    [
        {"ago": dt.timedelta(hours=1)},
        {"ago": DAY * 10},
        {"address": ""},
        {"state": "with_unit", "outcome": "with_unit"},
        {"outcome": "wrong_number", "state": "closed"},
        {"outcome": "unanswered", "state": "closed"},
        {"is_anonymous": True},
    ],
    ids=[
        "too soon",
        "too late",
        "no address",
        "still open",
        "wrong number",
        "unanswered",
        "anonymous",
    ],
)
def test_who_is_not_asked(fields):
    ended(**fields)

    assert actions.ask_satisfaction(at=NOON) == 0


def test_staff_who_wrote_to_themselves_are_not_asked():
    UserFactory(email="Mari@Example.ee")
    ended()

    assert actions.ask_satisfaction(at=NOON) == 0


def test_somebody_asked_lately_is_not_asked_again(settings):
    settings.SATISFACTION_QUIET_DAYS = 90
    ended()
    actions.ask_satisfaction(at=NOON)
    ended("Mari@Example.ee")

    assert actions.ask_satisfaction(at=NOON) == 0

    later = NOON + DAY * 91
    ended(ago=-DAY * 90)
    assert actions.ask_satisfaction(at=later) == 1


def test_share_chooses_the_same_ones_each_time(settings):
    for number in range(60):
        ended(f"m{number}@example.ee")
    settings.SATISFACTION_SHARE = 0
    assert actions.ask_satisfaction(at=NOON) == 0

    settings.SATISFACTION_SHARE = 50
    asked = actions.ask_satisfaction(at=NOON)

    assert 12 <= asked <= 48
    assert actions.ask_satisfaction(at=NOON + dt.timedelta(hours=1)) == 0


@pytest.fixture
def asked():
    inquiry = ended(client=ClientFactory())
    actions.ask_satisfaction(at=NOON)
    return inquiry


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def test_looking_at_a_link_answers_nothing(client, asked):
    page = client.get(link_of(4))

    assert page.status_code == 200
    assert SatisfactionQuestion.objects.get().score is None
    assert "js/opinion.js" in page.content.decode()


def test_score_is_kept_and_words_may_follow(client, asked):
    address = link_of(4).rsplit("/", 2)[0] + "/"

    client.post(address, {"score": "4"})
    page = client.post(address, {"score": "4", "words": "Aitäh!"}).content.decode()

    question = SatisfactionQuestion.objects.get()
    assert (question.score, question.words, question.answered_at) == (4, "Aitäh!", NOON)
    assert "js/opinion.js" not in page

    client.post(address, {"score": "5"})
    question.refresh_from_db()
    assert (question.score, question.words) == (5, "Aitäh!")


@pytest.mark.parametrize("score", ["0", "6", "x", ""])
def test_score_that_is_none_is_not_kept(client, asked, score):
    address = link_of(4).rsplit("/", 2)[0] + "/"

    assert client.post(address, {"score": score}).status_code == 200
    assert SatisfactionQuestion.objects.get().score is None


def test_page_tells_nothing_of_the_inquiry(client, asked):
    page = client.get(link_of(5)).content.decode()

    assert asked.number not in page
    assert "mari@" not in page


def test_link_ends_after_thirty_days(client, asked, monkeypatch):
    address = link_of(5)
    monkeypatch.setattr(timezone, "now", lambda: NOON + DAY * 31)

    assert client.get(address).status_code == 410


def test_somebody_who_does_not_want_to_is_not_asked_again(client, asked, settings):
    settings.SATISFACTION_QUIET_DAYS = 0
    stop = links()[-1]

    client.get(stop)
    assert not SatisfactionOptOut.objects.exists()
    client.post(stop)

    ended()
    ended("other@example.ee", client=asked.client)
    assert actions.ask_satisfaction(at=NOON + dt.timedelta(hours=2)) == 0


def answers(*scores, words="", **fields):
    for score in scores:
        SatisfactionQuestion.objects.create(
            inquiry=InquiryFactory(**fields),
            language="et",
            address_hash="x",
            asked_at=NOON,
            score=score,
            answered_at=NOON,
            words=words,
        )


def figures():
    return satisfaction_figures(NOON - DAY, NOON + DAY)


def test_fewer_than_five_answers_show_no_figure():
    answers(5, 4, 3, 2, words="Mari siin")

    found = figures()
    assert (found.answered, found.average, found.shares, found.is_shown) == (4, None, (), False)
    assert words_of_clients(NOON - DAY, NOON + DAY) == []


def test_five_answers_are_shown_as_figures():
    answers(5, 5, 4, 3, 1, words="Aitäh")

    found = figures()
    assert (found.asked, found.answered, found.average) == (5, 5, 3.6)
    assert found.shares == ((5, 2, 40), (4, 1, 20), (3, 1, 20), (2, 0, 0), (1, 1, 20))
    assert [one.words for one in words_of_clients(NOON - DAY, NOON + DAY)] == ["Aitäh"] * 5


def test_group_with_few_answers_hides_its_average():
    answers(5, 5, 4, 3, 1, channel="phone")
    answers(1, 1, channel="email")

    assert [
        (one.answered, one.average, one.is_shown)
        for one in satisfaction_by("channel", NOON - DAY, NOON + DAY)
    ] == [(5, 3.6, True), (2, None, False)]


def test_page_is_for_those_who_lead(client):
    answers(5, 5, 4, 3, 1)
    client.force_login(UserFactory(role="specialist"))
    assert client.get("/inquiries/satisfaction/").status_code == 403

    client.force_login(UserFactory(role="coordinator"))
    page = client.get("/inquiries/satisfaction/", {"month": "2026-03"})

    assert page.status_code == 200
    assert "3,60" in page.content.decode()


@pytest.mark.parametrize("month", ["", "x", "2026-13", "0001-01", "9999-12"])
def test_any_month_opens(client, month):
    client.force_login(UserFactory(role="coordinator"))

    assert client.get("/inquiries/satisfaction/", {"month": month}).status_code == 200
