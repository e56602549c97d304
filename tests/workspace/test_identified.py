"""How the caller was identified, on the call screen."""

import json
import uuid

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
SILENT = {"channel": "phone", "language": "et", "outcome": "silent"}


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def send(client, page, key, typed):
    url = reverse(f"workspace:{page}", args=[key])
    sent = json.dumps({"typed": typed, "version": None})
    return client.post(url, sent, content_type="application/json")


def card(client, chosen, **typed):
    url = reverse("workspace:choose_caller")
    return soup(client.post(url, {"client": chosen, **typed}))


def chosen_level(page):
    return page.select_one("[name=identified_how] option[selected]")["value"]


def test_card_opens_with_the_level_that_the_number_tells(client, agent):
    tamm = ClientFactory(phone="5300 1234")

    known = card(client, tamm.pk, caller_lookup="53001234")
    unknown = card(client, tamm.pk, caller_lookup="Tamm")
    nobody = card(client, "")

    assert (chosen_level(known), chosen_level(unknown)) == ("number", "not")
    assert nobody.select_one("input[name=identified_how]")["value"] == "not"


def test_card_says_what_the_level_lets_be_spoken_of_and_what_is_lacking(client, agent):
    page = card(client, ClientFactory(phone="5300 1234").pk, caller_lookup="53001234")

    shown = [span.get_text(strip=True) for span in page.select(".spoken-of span:not([hidden])")]
    assert shown == [
        "Kaardi kontaktandmed",
        "Ligipääsujuhtumi alustamine",
        "Ligipääsujuhtumid ja olemasolevad ligipääsud: vaja on: kaks andmevälja kaardilt",
        "Asutusesiseseks kasutamiseks pöördumised: vaja on: kaks andmevälja kaardilt",
    ]


def test_facts_are_those_that_the_card_may_hold(client, agent):
    def offered(page):
        return {option["value"] for option in page.select("[name=first_fact] option")}

    person = offered(card(client, ClientFactory().pk))
    organisation = offered(card(client, ClientFactory(organisation=True).pk))

    assert "birth_date" in person - organisation
    assert "registry_code" in organisation - person


def test_level_chosen_by_hand_stands_when_the_draft_is_opened_again(client, agent):
    tamm = ClientFactory(phone="5300 1234")
    key = uuid.uuid4()
    typed = {
        "client": str(tamm.pk),
        "caller_number": "53001234",
        "identified_how": "facts",
        "first_fact": "email",
    }
    send(client, "save_call", key, typed)

    page = soup(client.get(reverse("workspace:call_draft", args=[key])))

    assert chosen_level(page) == "facts"
    assert page.select_one("[name=first_fact] option[selected]")["value"] == "email"


def test_who_has_just_said_who_they_are_is_not_known_by_it(client, agent):
    page = soup(
        client.post(
            reverse("workspace:new_caller"),
            {"new_name": "Mari Tamm", "new_phone": "5300 1234", "caller_number": "+37253001234"},
        )
    )

    assert chosen_level(page) == "not"


def test_second_fact_that_is_missing_is_said_at_its_field(client, agent):
    tamm = ClientFactory()
    key = uuid.uuid4()
    typed = {**SILENT, "client": str(tamm.pk), "identified_how": "facts", "first_fact": "email"}

    told = send(client, "finish_call", key, typed).json()

    assert [problem["id"] for problem in told["problems"]] == ["call-second-fact"]


def test_restricted_inquiry_of_the_caller_is_marked(client, agent):
    tamm = ClientFactory()
    InquiryFactory(client=tamm, restricted=True, agent=agent)

    page = card(client, tamm.pk)

    assert "asutusesiseseks kasutamiseks" in page.select_one(".earlier summary").get_text()
