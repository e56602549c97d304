import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import set_line_state
from accounts.models import LineState
from common.models import ExternalLink, LinkOpening
from inquiries.models import PhoneLine
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import (
    InquiryDraftFactory,
    InquiryFactory,
    PhoneCallFactory,
    PhoneLineFactory,
)
from tests.factories.knowledge import TopicFactory
from tests.htmx import soup, swapped
from workspace.queries.line import todays_line

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 16, 10, 0, tzinfo=dt.UTC)  # Monday, twelve in Tallinn


def before(**kwargs):
    return NOON - dt.timedelta(**kwargs)


@pytest.fixture
def exchange():
    return PhoneLineFactory()


@pytest.fixture
def coordinator(client):
    user = UserFactory(role="coordinator")
    client.force_login(user)
    return user


def test_waiting_and_talking_are_the_calls_under_way(exchange):
    PhoneCallFactory(line=exchange, ringing=True, rang_at=before(seconds=40))
    PhoneCallFactory(line=exchange, ringing=True, rang_at=before(seconds=9))
    PhoneCallFactory(line=exchange, talking=True, rang_at=before(minutes=3))
    PhoneCallFactory(line=exchange, rang_at=before(minutes=20))

    now = todays_line(NOON).now

    assert (now.waiting, now.longest_wait_seconds, now.talking) == (2, 40, 1)


def test_without_an_exchange_no_figure_of_calls_is_shown(client, coordinator):
    line = todays_line(NOON)

    page = soup(client.get(reverse("workspace:line")))

    assert (line.now, line.phone) == (None, None)
    assert page.select_one("a[href*='which=waiting']") is None


def test_people_are_counted_by_their_state():
    for state, count in ((LineState.READY, 2), (LineState.BREAK, 1), (LineState.AWAY, 1)):
        for user in UserFactory.create_batch(count, role="specialist"):
            set_line_state(user=user, state=state, by=user, at=before(minutes=5))

    line = todays_line(NOON)

    assert (line.ready, line.after_call, line.on_break, line.away) == (2, 0, 1, 1)


def test_half_hours_stand_against_the_mean_of_the_same_weekdays(exchange):
    PhoneCallFactory(line=exchange, rang_at=before(hours=2))
    PhoneCallFactory(line=exchange, missed=True, rang_at=before(hours=2))
    for weeks, count in ((1, 4), (2, 1), (3, 1)):
        PhoneCallFactory.create_batch(count, line=exchange, rang_at=before(hours=2, weeks=weeks))
    PhoneCallFactory(line=exchange, rang_at=before(hours=2, days=1))  # a Sunday says nothing

    phone = todays_line(NOON).phone

    assert (phone.offered, phone.answered, phone.missed, phone.usual_days) == (2, 1, 1, 3)
    assert [
        (timezone.localtime(half.begins_at).hour, half.offered, half.missed, half.usual)
        for half in phone.half_hours
    ] == [(10, 2, 1, 2.0)]


def test_two_such_weekdays_tell_nothing_of_the_usual(exchange):
    for weeks in (0, 1, 2):
        PhoneCallFactory(line=exchange, rang_at=before(hours=2, weeks=weeks))

    phone = todays_line(NOON).phone

    assert phone.usual_days == 0
    assert [half.usual for half in phone.half_hours] == [None]


def test_a_topic_asked_far_more_than_usual_until_this_hour_is_a_jam():
    storm, quiet = TopicFactory(), TopicFactory()
    for weeks in (1, 2, 3):
        for topic in (storm, quiet):
            InquiryFactory.create_batch(
                3, topic=topic, main_topic=None, started_at=before(hours=1, weeks=weeks)
            )
        # Later in the day than now: not compared with.
        InquiryFactory.create_batch(
            9, topic=storm, main_topic=None, started_at=before(hours=-2, weeks=weeks)
        )
    InquiryFactory.create_batch(6, topic=storm, main_topic=None, started_at=before(hours=1))
    InquiryFactory.create_batch(4, topic=quiet, main_topic=None, started_at=before(hours=1))

    line = todays_line(NOON)

    assert [(jam.topic, jam.today, jam.usual) for jam in line.jams] == [(storm, 6, 3.0)]
    assert line.inquiries == 10


def test_what_is_owed_is_counted_as_its_lists_count_it():
    InquiryFactory(callback=True, started_at=before(days=3))  # due two days ago
    InquiryFactory(callback=True, started_at=before(hours=1))
    InquiryFactory(
        with_unit=True,
        started_at=before(days=40),
        legal_kind="explanation",
        registered_on=dt.date(2026, 10, 7),
        answer_by=dt.date(2026, 11, 6),
    )

    line = todays_line(NOON)

    assert (line.callbacks, line.callbacks_late, line.letters_late) == (2, 1, 1)


def test_contacts_being_written_are_those_begun_today_and_not_finished():
    InquiryDraftFactory(started_at=before(minutes=3))
    InquiryDraftFactory(started_at=before(minutes=3), discarded_at=before(minutes=1))
    InquiryDraftFactory(started_at=before(days=1))
    done = InquiryDraftFactory(started_at=before(minutes=9))
    InquiryFactory(key=done.key, started_at=before(minutes=9))

    assert todays_line(NOON).being_written == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_at_most_fifteen_queries(
    client, coordinator, exchange, django_assert_max_num_queries, count
):
    now = timezone.now()
    PhoneCallFactory.create_batch(count, line=exchange, ringing=True, rang_at=now)
    for user in UserFactory.create_batch(count, role="specialist"):
        set_line_state(user=user, state=LineState.READY, by=user, at=now)
    client.get(reverse("workspace:line"))

    with django_assert_max_num_queries(15):
        page = soup(client.get(reverse("workspace:line"), headers={"HX-Request": "true"}))

    assert page.select_one("a[href$='which=waiting'] .v").text == str(count)


def test_the_refreshed_part_is_the_page_as_it_would_be_loaded(client, coordinator, exchange):
    url = reverse("workspace:line")
    first = soup(client.get(url))
    PhoneCallFactory(line=exchange, ringing=True, rang_at=timezone.now())

    answer = soup(client.get(url, headers={"HX-Request": "true"}))

    fresh = soup(client.get(url))
    for page in (first, fresh, answer):
        page.select_one("#line-figures > p").string = "as of"
        for wait in page.select(".d.warn"):
            wait.string = "n s"
    assert (
        swapped(first, answer, target="#line-figures").select_one("#line-figures").prettify()
        == fresh.select_one("#line-figures").prettify()
    )


@pytest.mark.parametrize(
    ("which", "expected"), [("waiting", 1), ("talking", 1), ("answered", 2), ("missed", 1)]
)
def test_each_figure_leads_to_as_many_rows(client, coordinator, exchange, which, expected):
    now = timezone.now()
    begins = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    PhoneCallFactory(line=exchange, ringing=True, rang_at=now)
    PhoneCallFactory(line=exchange, talking=True, rang_at=now)
    PhoneCallFactory(line=exchange, rang_at=begins)
    PhoneCallFactory(line=exchange, missed=True, rang_at=begins)
    PhoneCallFactory(line=exchange, rang_at=begins - dt.timedelta(minutes=1))
    line = todays_line(timezone.now())

    page = soup(client.get(reverse("workspace:line_calls"), {"which": which}))

    assert len(page.select("tbody tr")) == expected
    figures = {
        "waiting": line.now.waiting,
        "talking": line.now.talking,
        "answered": line.phone.answered,
        "missed": line.phone.missed,
    }
    assert figures[which] == expected


def test_a_half_hour_leads_to_its_calls(client, coordinator, exchange):
    begins = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for minutes in (1, 31):
        PhoneCallFactory(line=exchange, rang_at=begins + dt.timedelta(minutes=minutes))
    page = soup(client.get(reverse("workspace:line")))
    link = page.select(".half-hours tbody a")[1]["href"]

    rows = soup(client.get(link)).select("tbody tr")

    assert [row.time["datetime"] for row in rows] == [
        (begins + dt.timedelta(minutes=31)).isoformat()
    ]


@pytest.mark.parametrize("role", ["specialist", "counter", "auditor"])
def test_whoever_does_not_coordinate_has_no_such_page(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("workspace:line")).status_code == 403
    assert client.post(reverse("workspace:issue_wall")).status_code == 403


def issued(client):
    client.post(reverse("workspace:issue_wall"))
    page = soup(client.get(reverse("workspace:line")))
    return page.select_one("#messages a[href*='/wall/']")["href"].replace("http://testserver", "")


def path_of(url):
    return url[url.index("/wall/") :]


def test_the_wall_shows_figures_without_names_to_whoever_holds_the_link(client, coordinator):
    ready = UserFactory(role="specialist", last_name="Kuusemäe")
    set_line_state(user=ready, state=LineState.READY, by=ready, at=timezone.now())
    path = path_of(issued(client))
    client.logout()

    page = client.get(path, {"language": "en", "theme": "light"})
    part = client.get(path, headers={"HX-Request": "true"})

    words = page.content.decode()
    assert "Kuusemäe" not in words
    assert str(coordinator) not in words
    assert '<html lang="en" data-bs-theme="light">' in words
    assert soup(page).select_one("dt").text == "Ready"
    assert soup(part).select_one("main#figures") is not None
    assert "<html" not in part.content.decode()
    assert LinkOpening.objects.count() == 1  # the refresh is not logged each ten seconds


@pytest.mark.parametrize(
    ("language", "ready"), [("et", "Valmis"), ("ru", "Готов"), ("en", "Ready")]
)
def test_the_wall_speaks_three_languages(client, coordinator, language, ready):
    page = soup(client.get(reverse("workspace:own_wall"), {"language": language}))

    assert ready in [figure.text for figure in page.select("dt")]


def test_a_revoked_or_foreign_link_opens_nothing(client, coordinator):
    path = path_of(issued(client))
    link = ExternalLink.objects.get()
    other = path_of(path).replace(path.split("/")[2], "x" * 43)

    client.post(reverse("workspace:revoke_wall", args=[link.pk]))

    assert client.get(path).status_code == 410
    assert client.get(path, headers={"HX-Request": "true"}).status_code == 410
    assert client.get(other).status_code == 410


def test_a_closed_exchange_tells_of_nothing(exchange):
    PhoneLine.objects.update(closed_at=before(days=1))

    assert todays_line(NOON).now is None


def test_hour_that_comes_twice_in_autumn_stands_twice_and_says_which_is_which(
    client, coordinator, exchange, monkeypatch
):
    summer = dt.datetime(2026, 10, 25, 0, 10, tzinfo=dt.UTC)
    now = dt.datetime(2026, 10, 25, 4, 0, tzinfo=dt.UTC)
    for moment in (summer, summer + dt.timedelta(hours=1), summer + dt.timedelta(hours=1)):
        PhoneCallFactory(line=exchange, rang_at=moment)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    halves = todays_line(now).phone.half_hours
    page = soup(client.get(reverse("workspace:line")))

    assert [half.offered for half in halves] == [1, 0, 2]
    rows = [row.text.split() for row in page.select("tbody th.num")]
    assert rows == [["03:00"], ["03:30"], ["03:00", "talveaeg"]]
