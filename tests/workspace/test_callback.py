"""A promised callback on the call screen."""

import pytest
from django.urls import reverse

from inquiries import actions
from inquiries.models import InquiryDraft
from inquiries.queries import advice_at
from inquiries.states import InquiryState
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory, InquiryFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
NUMBER = "+37253001000"


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def promise():
    mari = ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1000")
    return InquiryFactory(
        callback=True, client=mari, callback_number=NUMBER, question="Kas tohib raiuda?"
    )


def begin(client, promise):
    return client.post(reverse("workspace:call_back", args=[promise.pk]))


def test_contact_opens_with_the_promise_beside_it(
    client, agent, promise, django_assert_max_num_queries
):
    place = begin(client, promise).url
    advice_at("not")  # the rules are read once and kept

    with django_assert_max_num_queries(15):
        page = soup(client.get(place))

    number = page.select_one("[aria-labelledby=promise-title] a[data-dial]")
    assert number["href"] == f"tel:{NUMBER}"
    assert number["data-inquiry"] == str(promise.pk)
    assert "Kas tohib raiuda?" in page.select_one("[aria-labelledby=promise-title]").text
    assert page.select_one("[data-client-name]").text == "Mari Tamm"
    assert page.select_one("[data-follow-up-number]").text == promise.number


def test_nobody_reached_leads_back_to_the_list_with_a_way_back(client, agent, promise):
    place = begin(client, promise).url
    key = InquiryDraft.objects.get().key

    told = client.post(
        reverse("workspace:not_reached", args=[key]), {"result": "busy"}, follow=True
    )

    assert told.redirect_chain[-1][0] == reverse("inquiries:callbacks")
    assert promise.callback_tries.get().result == "busy"
    assert soup(told).select_one(f'button[form=undo-form][value="{key}"]')
    client.post(reverse("workspace:restore_call"), {"key": key})
    assert client.get(place).status_code == 200


def test_try_for_a_promise_that_was_kept_meanwhile_keeps_the_draft(client, agent, promise):
    begin(client, promise)
    key = InquiryDraft.objects.get().key
    actions.close_inquiry(inquiry=promise, by=promise.agent, at=MONDAY_TEN)

    told = client.post(
        reverse("workspace:not_reached", args=[key]),
        {"result": "busy"},
        headers={"Accept": "application/json"},
    ).json()

    assert told == {"go_to": reverse("workspace:call_draft", args=[key]), "stays": True}
    assert InquiryDraft.objects.open().count() == 1


def test_draft_of_somebody_else_is_not_left_for_them(client, agent):
    key = InquiryDraftFactory().key

    told = client.post(reverse("workspace:not_reached", args=[key]), {"result": "busy"})

    assert told.url == reverse("workspace:my_day")


def test_restricted_promise_of_a_colleague_is_not_called_back(client, agent):
    hidden = InquiryFactory(callback=True, restricted=True)

    assert begin(client, hidden).status_code == 403


def test_promise_that_was_kept_meanwhile_is_said_and_begins_nothing(client, agent):
    inquiry = InquiryFactory()

    told = client.post(reverse("workspace:call_back", args=[inquiry.pk]), follow=True)

    assert "does not wait for a callback" in told.content.decode()
    assert not InquiryDraft.objects.exists()


def test_fifth_contact_leaves_no_room_for_a_callback(client, agent, promise):
    for _each in range(5):
        InquiryDraftFactory(owner=agent, typed={"question": "?"})

    begin(client, promise)

    assert InquiryDraft.objects.count() == 5


def test_finish_keeps_the_promise(client, agent, promise):
    begin(client, promise)
    draft = InquiryDraft.objects.get()

    client.post(
        reverse("workspace:finish_call", args=[draft.key]),
        {**draft.typed, "outcome": "solved", "source_text": "MSVS § 6"},
    )

    promise.refresh_from_db()
    assert promise.state == InquiryState.SOLVED
    waiting = client.get(reverse("inquiries:callbacks")).content.decode()
    assert promise.number not in waiting
