"""How the caller was identified, what is kept of it, and what it lets be spoken of."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from inquiries import actions
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import IdentificationRule, Inquiry
from inquiries.queries import advice_at, known_by_itself, steps_of
from inquiries.typed import typed_of
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory, InquiryFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
NUMBER = "+37253001234"


@pytest.fixture
def mari():
    return ClientFactory(phone=NUMBER, email="mari@example.ee")


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def rules():
    yield IdentificationRule.objects
    cache.clear()


def finish(**typed):
    draft = InquiryDraftFactory(
        typed={"channel": "phone", "language": "et", "outcome": "silent", **typed}
    )
    return actions.finish_inquiry(key=draft.key, by=draft.owner, at=MONDAY_TEN)


def refused(**typed):
    with pytest.raises(InquiryNotComplete) as caught:
        finish(**typed)
    return {name: [why.code for why in whys] for name, whys in caught.value.errors.items()}


def kept(inquiry):
    return inquiry.identified_how, inquiry.first_fact, inquiry.second_fact


def test_two_facts_are_kept_by_name(mari):
    inquiry = finish(
        client=mari.pk, identified_how="facts", first_fact="email", second_fact="permit"
    )

    assert kept(inquiry) == ("facts", "email", "permit")


def test_facts_chosen_before_another_level_are_not_kept(mari):
    inquiry = finish(
        client=mari.pk,
        caller_number=NUMBER,
        identified_how="number",
        first_fact="email",
        second_fact="permit",
    )

    assert kept(inquiry) == ("number", "", "")


def test_contact_that_says_nothing_of_it_was_not_identified_and_a_letter_is_not_asked():
    assert kept(finish()) == ("not", "", "")
    assert kept(finish(channel="email")) == ("", "", "")
    assert kept(InquiryFactory(received=True)) == ("", "", "")


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"identified_how": "facts"}, {"first_fact": ["missing"], "second_fact": ["missing"]}),
        (
            {"identified_how": "facts", "first_fact": "email", "second_fact": "email"},
            {"second_fact": ["same_fact_twice"]},
        ),
        (
            {"identified_how": "facts", "first_fact": "email", "second_fact": "blood group"},
            {"second_fact": ["unknown_choice"]},
        ),
        ({"identified_how": "by voice"}, {"identified_how": ["unknown_choice"]}),
        (
            {"identified_how": "number", "caller_number": "+37253009999"},
            {"identified_how": ["number_not_on_card"]},
        ),
    ],
    ids=str,
)
def test_what_does_not_identify_is_said_at_its_field(mari, typed, errors):
    assert refused(client=mari.pk, **typed) == errors


@pytest.mark.parametrize("how", ["number", "facts"])
def test_nobody_is_identified_without_a_card(how):
    typed = {"first_fact": "email", "second_fact": "permit"}

    assert refused(identified_how=how, **typed) == {"identified_how": ["nobody_identified"]}


def test_database_takes_no_two_facts_that_are_one():
    with pytest.raises(IntegrityError), transaction.atomic():
        InquiryFactory(identified_how="facts", first_fact="email", second_fact="email")


def test_edit_that_leaves_it_alone_is_not_asked_again(mari):
    inquiry = finish(client=mari.pk, caller_number=NUMBER, identified_how="number")
    mari.contact_points.filter(kind="phone").delete()
    typed = {**typed_of(inquiry), "question": "Parandatud"}

    changed = actions.change_inquiry(
        inquiry=inquiry, version=inquiry.version, typed=typed, by=inquiry.agent, at=MONDAY_TEN
    )

    assert (changed.question, changed.identified_how) == ("Parandatud", "number")


def test_edit_to_another_client_asks_whether_that_one_was_identified(mari):
    inquiry = finish(client=mari.pk, caller_number=NUMBER, identified_how="number")
    typed = {**typed_of(inquiry), "client": str(ClientFactory().pk)}

    with pytest.raises(InquiryNotComplete) as caught:
        actions.change_inquiry(
            inquiry=inquiry, version=inquiry.version, typed=typed, by=inquiry.agent, at=MONDAY_TEN
        )

    assert list(caught.value.errors) == ["identified_how"]


def test_step_of_a_change_says_it_in_words(mari):
    inquiry = finish(client=mari.pk)
    typed = {
        **typed_of(inquiry),
        "identified_how": "facts",
        "first_fact": "email",
        "second_fact": "permit",
    }
    actions.change_inquiry(
        inquiry=inquiry, version=inquiry.version, typed=typed, by=inquiry.agent, at=MONDAY_TEN
    )

    told = [(change.before, change.after) for change in steps_of(inquiry)[0].changes]
    assert told == [
        ("Tuvastamata", "Kaks andmevälja kaardilt"),
        ("–", "E-post"),
        ("–", "Loa number"),
    ]


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ({"caller_number": NUMBER}, "number"),
        ({"caller_number": "+37253009999"}, "not"),
        ({}, "not"),
    ],
)
def test_number_on_the_card_is_known(mari, typed, how):
    points = list(mari.contact_points.all())

    assert known_by_itself({"client": mari.pk, **typed}, points=points, follows=None) == how


@pytest.mark.parametrize(
    ("changed", "how"),
    [
        ({}, "called_back"),
        ({"client": ""}, "called_back"),
        ({"client": "0"}, "not"),
        ({"channel": "phone"}, "not"),
        ({"caller_number": "+37253009999"}, "not"),
    ],
)
def test_client_called_at_the_number_promised_is_called_back(changed, how):
    promise = InquiryFactory(callback=True, callback_number=NUMBER)
    typed = {
        "channel": "callback",
        "client": str(promise.client_id),
        "caller_number": NUMBER,
        "follow_up_of": str(promise.pk),
        **changed,
    }

    assert known_by_itself(typed, points=[], follows=promise) == how


def allowed(how):
    return {str(one.spoken_of) for one in advice_at(how) if one.is_enough}


def test_each_level_lets_more_be_spoken_of(rules):
    cache.clear()

    assert allowed("") == allowed("not") == set()
    assert allowed("number") == {"contacts", "start_case"}
    assert allowed("called_back") == {"contacts", "start_case"}
    assert allowed("facts") == {"contacts", "start_case", "accesses", "restricted"}


def test_administrator_sets_what_is_needed_and_it_holds_at_once(client, rules):
    administrator = UserFactory(role="administrator")
    client.force_login(administrator)
    assert "restricted" not in allowed("called_back")
    rule = rules.get(spoken_of="restricted")

    client.post(
        reverse("admin:inquiries_identificationrule_change", args=[rule.pk]),
        {"least": "called_back"},
    )

    assert "restricted" in allowed("called_back")
    assert client.get(reverse("admin:inquiries_identificationrule_add")).status_code == 403


def test_pages_show_it_and_the_form_keeps_it(client, agent):
    inquiry = InquiryFactory(
        agent=agent, identified_how="facts", first_fact="email", second_fact="permit"
    )

    page = soup(client.get(reverse("inquiries:show", args=[inquiry.pk])))
    form = soup(client.get(reverse("inquiries:change", args=[inquiry.pk])))

    assert "Two facts from the card: E-mail, Number of a permit" in page.text
    chosen = [
        form.select_one(f"[name={name}] option[selected]")["value"]
        for name in ("identified_how", "first_fact", "second_fact")
    ]
    assert chosen == ["facts", "email", "permit"]


def test_case_says_what_beginning_it_needs(client, agent):
    unsure = InquiryFactory(identified_how="not", agent=agent)
    sure = InquiryFactory(
        identified_how="facts", first_fact="email", second_fact="permit", agent=agent
    )

    pages = [
        client.get(f"{reverse('documents:start')}?inquiry={one.pk}").content.decode()
        for one in (unsure, sure)
    ]

    assert "Beginning an access case: needs known number" in " ".join(pages[0].split())
    assert "needs known number" not in pages[1]


def test_older_inquiries_say_nothing_of_it(client, agent):
    page = client.get(reverse("inquiries:show", args=[InquiryFactory().pk])).content.decode()

    assert "Identified" not in page
    assert Inquiry.objects.get().identified_how == ""
