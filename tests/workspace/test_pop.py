"""The pop as the server answers it: who is shown to whom, and what is written into the access log."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from common.models import Event
from inquiries.models import InquiryDraft, PhoneRing
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory, PhoneCallFactory
from tests.factories.knowledge import TopicFactory

NUMBER = "+37253001234"

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def rings_for(desk, **more):
    rang_at = timezone.now() - dt.timedelta(seconds=5)
    call = PhoneCallFactory(**{"ringing": True, "number": NUMBER, "rang_at": rang_at, **more})
    PhoneRing.objects.create(call=call, user=desk, at=rang_at)
    return call


def pop(client):
    return client.get(reverse("workspace:pop")).content.decode()


def test_known_caller_is_shown_and_that_is_logged_once(client, agent):
    tamm = ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1234")
    rings_for(agent)

    pages = [pop(client), pop(client)]

    assert all("Mari Tamm" in page for page in pages)
    entry = AccessEntry.objects.get(what="phone.pop")
    assert (entry.subject_id, entry.result_count) == (str(tamm.pk), 1)


def test_call_of_a_colleague_is_nobody_elses_business(client, agent):
    ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1234")
    call = rings_for(UserFactory(role="specialist"))

    assert "Mari Tamm" not in pop(client)
    assert client.post(reverse("workspace:accept_call", args=[call.pk])).status_code == 404
    assert client.post(reverse("workspace:put_pop_away", args=[call.pk])).status_code == 404


@pytest.mark.parametrize("step", ["put_pop_away", "accept_call"])
def test_call_that_is_dealt_with_goes_off_the_persons_other_windows(client, agent, step):
    call = rings_for(agent)

    for _time in range(2):
        client.post(reverse(f"workspace:{step}", args=[call.pk]))

    heard = Event.objects.get()
    assert (heard.kind, heard.to_user_id, int(heard.about_id)) == ("phone-call", agent.pk, call.pk)


def test_what_is_for_internal_use_is_not_told(client, agent):
    InquiryFactory(restricted=True, caller_number=NUMBER, question="Salajane asi")
    rings_for(agent)

    page = pop(client)

    assert "Salajane" not in page
    assert page.count('class="row-in"') == 1


def test_taking_the_call_twice_leads_to_the_same_draft(client, agent):
    call = rings_for(agent)

    places = [client.post(reverse("workspace:accept_call", args=[call.pk])).url for _ in range(2)]

    draft = InquiryDraft.objects.get()
    assert places == [reverse("workspace:call_draft", args=[draft.key])] * 2
    assert draft.typed["caller_number"] == NUMBER
    assert "data-call" not in pop(client)


def test_clock_of_the_draft_began_when_the_call_was_answered(client, agent):
    answered = timezone.now() - dt.timedelta(seconds=40)
    call = rings_for(agent, ringing=False, talking=True, agent=agent, answered_at=answered)

    client.post(reverse("workspace:accept_call", args=[call.pk]))

    assert InquiryDraft.objects.get().started_at == answered


def test_call_that_ended_a_moment_ago_stays_for_whoever_answered_it(client, agent):
    now = timezone.now()
    rings_for(
        agent,
        ringing=False,
        agent=agent,
        answered_at=now - dt.timedelta(minutes=2),
        ended_at=now - dt.timedelta(minutes=1),
    )
    rings_for(agent, ringing=False, missed=True, ended_at=now)

    assert pop(client).count("data-call=") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_pop_costs_the_same_for_any_history(client, agent, count, django_assert_max_num_queries):
    tamm = ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1234")
    topic = TopicFactory()
    InquiryFactory.create_batch(
        count, client=tamm, caller_number=NUMBER, topic=topic, main_topic=None
    )
    rings_for(agent)

    with django_assert_max_num_queries(12):
        pop(client)


def test_page_without_a_call_costs_little(client, agent, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        pop(client)
