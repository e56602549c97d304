import datetime as dt
import json
import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry, Responsibility
from clients.models import Client
from inquiries.models import Inquiry, InquiryDraft
from inquiries.queries import advice_at
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryDraftFactory, InquiryFactory
from tests.factories.knowledge import (
    ArticleFactory,
    ArticleVersionFactory,
    PhraseFactory,
    ReferralBodyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = (dt.datetime(2026, 6, day, 10, tzinfo=dt.UTC) for day in (1, 2, 3))


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def send(client, page, key, typed, version=None, **more):
    return client.post(
        reverse(f"workspace:{page}", args=[key]),
        json.dumps({"typed": typed, "version": version, **more}),
        content_type="application/json",
    )


def test_first_save_makes_the_draft_and_the_next_goes_on_from_its_version(client, agent):
    key = uuid.uuid4()

    first = send(client, "save_call", key, {"question": "a"})
    second = send(client, "save_call", key, {"question": "ab"}, first.json()["version"])

    draft = InquiryDraft.objects.get(pk=key)
    assert (draft.typed["question"], draft.version) == ("ab", second.json()["version"])


def test_save_over_another_window_is_refused_with_both_texts(client, agent):
    key = uuid.uuid4()
    opened = send(client, "save_call", key, {"question": "a"}).json()["version"]
    send(client, "save_call", key, {"question": "theirs"}, opened)

    refused = send(client, "save_call", key, {"question": "mine"}, opened)

    assert refused.status_code == 409
    difference = refused.json()["differences"][0]
    assert (difference["theirs"], difference["mine"]) == ("theirs", "mine")
    assert InquiryDraft.objects.get(pk=key).typed["question"] == "theirs"


def test_finish_says_at_which_field_what_is_missing_and_keeps_the_text(client, agent):
    key = uuid.uuid4()

    refused = send(
        client, "finish_call", key, {"channel": "phone", "language": "et", "question": "a"}
    )

    assert refused.status_code == 422
    assert "outcome" in {problem["field"] for problem in refused.json()["problems"]}
    assert InquiryDraft.objects.get(pk=key).typed["question"] == "a"
    assert not Inquiry.objects.exists()


def test_finish_works_without_scripts_too(client, agent):
    key = uuid.uuid4()

    page = client.post(
        reverse("workspace:finish_call", args=[key]),
        {"channel": "phone", "language": "et", "outcome": "solved", "question": "kirjas"},
    )
    done = client.post(
        reverse("workspace:finish_call", args=[key]),
        {"channel": "phone", "language": "et", "outcome": "silent", "question": "kirjas"},
    )

    assert page.status_code == 422
    assert "error-summary" in page.content.decode()
    assert "kirjas" in page.content.decode()
    assert done.status_code == 302
    assert Inquiry.objects.get().question == "kirjas"


def test_number_by_which_the_caller_was_looked_for_is_the_callers_number(client, agent):
    key = uuid.uuid4()

    send(client, "finish_call", key, {**SILENT, "caller_lookup": "5300 1234"})

    assert Inquiry.objects.get().caller_number == "+37253001234"


SILENT = {"channel": "phone", "language": "et", "outcome": "silent"}


def test_draft_of_somebody_else_is_not_here(client, agent):
    key = uuid.uuid4()
    send(client, "save_call", key, {"question": "a"})
    client.force_login(UserFactory(role="specialist"))

    assert send(client, "save_call", key, {"question": "b"}).status_code == 404
    assert client.get(reverse("workspace:call_draft", args=[key])).status_code == 302


def test_page_of_one_person_saves_nothing_while_another_is_signed_in(client, agent):
    key = uuid.uuid4()

    answer = send(client, "save_call", key, {"question": "a"}, user=str(agent.pk + 1))

    assert answer.status_code == 401
    assert not InquiryDraft.objects.exists()
    assert send(client, "save_call", key, {"question": "a"}, user=str(agent.pk)).status_code == 200


def test_own_save_whose_answer_got_lost_is_gone_on_from(client, agent):
    key = uuid.uuid4()
    send(client, "save_call", key, {"question": "a"})
    send(client, "save_call", key, {"caller_lookup": "5300 1234"}, 1, attempts=["x"])

    answer = send(client, "save_call", key, {"caller_lookup": "Mari"}, 1, attempts=["x", "y"])

    assert answer.status_code == 200
    assert InquiryDraft.objects.get(pk=key).typed["caller_lookup"] == "Mari"


def test_thrown_away_draft_can_be_taken_back(client, agent):
    key = uuid.uuid4()
    send(client, "save_call", key, {"question": "a"})

    client.post(reverse("workspace:discard_call", args=[key]))
    client.post(reverse("workspace:restore_call"), {"key": key})

    page = client.get(reverse("workspace:call_draft", args=[key]))
    assert ">a</textarea>" in page.content.decode().replace("\n", "")


def test_opening_the_callers_card_is_logged(client, agent):
    tamm = ClientFactory(last_name="Tamm")

    page = client.post(reverse("workspace:choose_caller"), {"client": tamm.pk}).content.decode()

    assert "Tamm" in page
    assert AccessEntry.objects.filter(what="client.view", subject_id=str(tamm.pk)).count() == 1


def test_card_for_a_new_caller_is_made_beside_the_form(client, agent):
    page = client.post(
        reverse("workspace:new_caller"),
        {"new_kind": "person", "new_name": "Mari Liis Tamm", "new_phone": "5300 1234"},
    )

    made = Client.objects.get()
    assert page.status_code == 200
    assert (made.first_name, made.last_name) == ("Mari Liis", "Tamm")


def test_wrong_number_of_a_new_caller_is_said_and_kept(client, agent):
    page = client.post(
        reverse("workspace:new_caller"),
        {"new_kind": "person", "new_name": "Mari Tamm", "new_phone": "12"},
    )

    assert page.status_code == 422
    assert 'value="12"' in page.content.decode()
    assert not Client.objects.exists()


def test_urgent_topic_says_whom_to_ring_first(client, agent):
    topic = TopicFactory(urgent=True)

    page = client.get(reverse("workspace:topic_help", args=[topic.pk])).content.decode()

    assert "1247" in page


@pytest.mark.parametrize("count", [1, 3])
def test_call_page_costs_the_same_for_any_history(
    client, agent, count, django_assert_max_num_queries
):
    tamm = ClientFactory(last_name="Tamm", phone="5300 1234")
    topic = TopicFactory(default_article=ArticleFactory())
    for _each in range(count):
        article = ArticleFactory()
        ArticleVersionFactory(article=article)
        topic.articles.add(article)
        topic.referral_bodies.add(ReferralBodyFactory())
        InquiryFactory(client=tamm)
    key = uuid.uuid4()
    send(client, "save_call", key, {"client": str(tamm.pk), "topic": str(topic.pk)})
    advice_at("not")  # the rules are read once and kept

    with django_assert_max_num_queries(13):
        page = client.get(reverse("workspace:call_draft", args=[key]))

    assert page.content.decode().count('class="earlier"') == count


def test_call_page_beside_other_contacts_costs_two_more(
    client, agent, django_assert_max_num_queries
):
    tamm, topic = ClientFactory(last_name="Tamm"), TopicFactory()
    named = ({"client": str(tamm.pk), "topic": str(topic.pk)}, {"topic": str(topic.pk)})
    keys = [uuid.uuid4() for _ in range(3)]
    for key, typed in zip(keys, (named[0], *named), strict=True):
        send(client, "save_call", key, typed)
    advice_at("not")

    with django_assert_max_num_queries(15):
        page = client.get(reverse("workspace:call_draft", args=[keys[0]]))

    tabs = BeautifulSoup(page.content, "html.parser").select(".call-tabs .clip")
    assert [tab.get_text() for tab in tabs] == [str(tamm), str(tamm), str(topic)]


def test_autosave_is_cheap(client, agent, django_assert_max_num_queries):
    key = uuid.uuid4()
    version = send(client, "save_call", key, {"question": "a"}).json()["version"]

    with django_assert_max_num_queries(9):
        send(client, "save_call", key, {"question": "ab"}, version)


def test_tabs_show_the_contacts_begun_last_and_an_older_one_opens_too(client, agent, monkeypatch):
    monkeypatch.setattr("workspace.queries.call_tabs.DRAFTS_AT_HAND", 2)
    begun = [
        InquiryDraftFactory(
            owner=agent, typed={"caller_lookup": name, "question": "?"}, started_at=day
        )
        for name, day in (("Esimene", MONDAY), ("Teine", TUESDAY), ("Kolmas", WEDNESDAY))
    ]

    last = client.get(reverse("workspace:call"))
    page = client.get(reverse("workspace:call_draft", args=[begun[0].key]))

    assert last.url == reverse("workspace:call_draft", args=[begun[2].key])
    tabs = BeautifulSoup(page.content, "html.parser").select(".call-tabs .clip")
    assert [tab.get_text() for tab in tabs] == ["Esimene", "Teine", "Kolmas"]
    assert page.context["draft"] == begun[0]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "5",
        "[]",
        "{}",
        '{"typed": 5, "version": null}',
        '{"typed": {}, "version": "x"}',
        '{"typed": {}, "version": null, "attempts": 5}',
        "[" * 100_000,
    ],
)
@pytest.mark.parametrize("step", ["save_call", "finish_call"])
def test_what_no_page_of_ours_sends_is_a_bad_request_and_leaves_no_draft(client, agent, step, body):
    url = reverse(f"workspace:{step}", args=[uuid.uuid4()])

    answer = client.post(url, body, content_type="application/json")

    assert answer.status_code == 400
    assert not InquiryDraft.objects.exists()


def test_fields_that_are_no_text_are_kept_as_text(client, agent):
    key = uuid.uuid4()

    answer = send(client, "save_call", key, {"caller_lookup": 53001234, "question": ["a"]})

    assert answer.status_code == 200
    assert InquiryDraft.objects.get(pk=key).typed["caller_number"] == "+37253001234"


@pytest.mark.parametrize("identifier", ["²", "9" * 5000, "-1"])
def test_draft_with_ids_that_cannot_be_still_opens(client, agent, identifier):
    typed = {"client": identifier, "topic": identifier, "follow_up_of": identifier}
    draft = InquiryDraftFactory(owner=agent, typed=typed)

    answer = client.get(reverse("workspace:call_draft", args=[draft.pk]))

    assert answer.status_code == 200


def test_draft_finished_in_another_window_is_not_thrown_away_but_shown(client, agent):
    inquiry = InquiryFactory(agent=agent, key=uuid.uuid4())

    answer = client.post(reverse("workspace:discard_call", args=[inquiry.key]))

    assert answer["Location"] == reverse("inquiries:show", args=[inquiry.pk])


def test_draft_that_is_gone_cannot_be_taken_back_and_it_is_said(client, agent):
    answer = client.post(reverse("workspace:restore_call"), {"key": str(uuid.uuid4())}, follow=True)

    assert "Seda mustandit" in answer.content.decode()


def test_taking_back_needs_the_key_of_a_draft(client, agent):
    assert client.post(reverse("workspace:restore_call"), {"key": "x"}).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_snippets_cost_the_same_for_any_number_of_articles(
    client, agent, count, django_assert_max_num_queries
):
    topic = TopicFactory()
    for _each in range(count):
        article = ArticleFactory()
        ArticleVersionFactory(article=article)
        topic.articles.add(article)
        PhraseFactory(topic=topic)

    with django_assert_max_num_queries(12):
        told = client.get(reverse("workspace:phrases"), {"topic": topic.pk, "language": "et"})

    assert len(told.json()["snippets"]) == 2 * count


def at_the_line(**more):
    state = {"line_state": "ready", "last_seen_at": timezone.now(), **more}
    return UserFactory(role="specialist", **state)


def pass_on(client, key, to, typed=None, version=1, **more):
    return send(
        client, "pass_call", key, typed or {"question": "a"}, version, to=str(to.pk), **more
    )


def begun(browser, **typed):
    key = uuid.uuid4()
    send(browser, "save_call", key, {"question": "a", **typed})
    return key


def test_contact_passed_on_is_the_colleagues_tab_and_can_be_taken_back(client, agent):
    key, mari = begun(client), at_the_line()

    answer = pass_on(client, key, mari, {"question": "ab"})

    assert answer.json() == {"go_to": reverse("workspace:my_day")}
    draft = InquiryDraft.objects.get(pk=key)
    assert (draft.owner, draft.typed["question"]) == (mari, "ab")
    offer = client.get(reverse("workspace:my_day")).content.decode()
    assert f'formaction="{reverse("workspace:take_back_call")}"' in offer
    answer = client.post(reverse("workspace:take_back_call"), {"key": str(key)})
    assert answer["Location"] == reverse("workspace:call_draft", args=[key])
    assert InquiryDraft.objects.get(pk=key).owner == agent


def test_colleague_sees_who_passed_it_on_and_the_pop_tells_on_any_page(client, agent):
    tamm = ClientFactory(last_name="Tamm")
    key, mari = begun(client, client=str(tamm.pk)), at_the_line()
    pass_on(client, key, mari, {"question": "a", "client": str(tamm.pk)})
    client.force_login(mari)

    pop = client.get(reverse("workspace:pop")).content.decode()
    page = client.get(reverse("workspace:call_draft", args=[key])).content.decode()

    assert f"{agent} annab Teile kontakti edasi" in pop
    assert f"{agent} andis selle Teile edasi" in page
    assert "data-arrived" not in client.get(reverse("workspace:pop")).content.decode()
    assert AccessEntry.objects.filter(what="client.view", subject_id=str(tamm.pk)).count() == 1


def test_page_left_open_hears_with_whom_the_contact_goes_on(client, agent):
    key, mari = begun(client), at_the_line()
    pass_on(client, key, mari)

    answer = send(client, "save_call", key, {"question": "b"}, 2)
    page = client.get(reverse("workspace:call_draft", args=[key]), follow=True)

    assert (answer.status_code, answer.json()) == (404, {"detail": f"Kontaktiga jätkab {mari}."})
    assert f"Kontaktiga jätkab {mari}." in page.content.decode()


def test_refused_passing_says_why_in_the_chooser_and_keeps_the_text(client, agent):
    key, mari = begun(client), at_the_line(line_state="break")

    answer = pass_on(client, key, mari, {"question": "ab"})

    assert answer.status_code == 422
    assert "ei ole praegu kõnedeks valmis" in answer.json()["chooser"]
    draft = InquiryDraft.objects.get(pk=key)
    assert (draft.typed["question"], draft.version) == ("ab", answer.json()["version"])


def test_stale_page_is_shown_both_texts_before_it_passes_on(client, agent):
    key, mari = begun(client), at_the_line()
    send(client, "save_call", key, {"question": "theirs"}, 1)

    answer = pass_on(client, key, mari, {"question": "mine"}, 1)

    assert answer.status_code == 409
    assert answer.json()["differences"][0]["theirs"] == "theirs"
    assert InquiryDraft.objects.get(pk=key).owner == agent


def test_nobody_chosen_is_said(client, agent):
    key = begun(client)

    answer = send(client, "pass_call", key, {"question": "a"}, 1, to="")

    assert answer.status_code == 422
    assert "Valige kolleeg" in answer.json()["chooser"]


def test_contact_is_passed_on_without_scripts_too(client, agent):
    key, mari = uuid.uuid4(), at_the_line()
    url = reverse("workspace:pass_call", args=[key])

    kept = client.post(url, {"channel": "phone", "language": "et", "question": "kirjas"})
    page = client.get(url).content.decode()
    nobody = client.post(url, {"chooser": "1", "text": ""})
    done = client.post(url, {"chooser": "1", "text": "", "to": f"now-{mari.pk}"})

    assert kept["Location"] == url
    assert f'value="now-{mari.pk}"' in page
    assert nobody.status_code == 422
    assert done["Location"] == reverse("workspace:my_day")
    draft = InquiryDraft.objects.get(pk=key)
    assert (draft.owner, draft.typed["question"]) == (mari, "kirjas")


def test_colleague_on_a_break_is_promised_without_scripts_too(client, agent):
    key, mari = begun(client), at_the_line(line_state="break")
    url = reverse("workspace:pass_call", args=[key])

    answer = client.post(url, {"chooser": "1", "text": "", "to": f"callback-{mari.pk}"})

    assert answer["Location"] == reverse("workspace:call_draft", args=[key])
    page = client.get(answer["Location"]).content.decode()
    assert f'value="{mari}"' in page
    typed = InquiryDraft.objects.get(pk=key).typed
    assert (typed["outcome"], typed["callback_by"]) == ("callback", str(mari.pk))


def test_contact_of_somebody_else_is_not_passed_on(client, agent):
    draft = InquiryDraftFactory(typed={"question": "a"})

    answer = pass_on(client, draft.pk, at_the_line())

    assert answer.status_code == 404
    assert client.get(reverse("workspace:pass_call", args=[draft.pk])).status_code == 302


def chooser(client, **asked):
    page = BeautifulSoup(client.post(reverse("workspace:colleagues"), asked).content, "html.parser")
    return [radio["data-name"] for radio in page.select("[name=to]")], page


def test_chooser_shows_the_ready_first_then_those_of_the_topic(client, agent):
    topic = TopicFactory(code="METS-TEATIS")
    away = at_the_line(first_name="Away", line_state="away")
    on_break = at_the_line(first_name="Break", line_state="break")
    Responsibility.objects.create(user=on_break, topic_code="METS")
    plain, dealing = at_the_line(first_name="Plain"), at_the_line(first_name="Dealing")
    Responsibility.objects.create(user=dealing, topic_code="METS-TEATIS", county="Tartu")
    UserFactory(role="registrar", line_state="ready")

    names, page = chooser(client, text="", topic=topic.pk, county="Tartu")

    assert names == [str(one) for one in (dealing, plain, on_break, away)]
    ways = [radio["value"].split("-")[0] for radio in page.select("[name=to]")]
    assert ways == ["now", "now", "callback", "callback"]
    assert not page.select("[checked]")


def test_chooser_finds_by_name_and_by_a_topic_typed_and_marks_the_first(client, agent):
    kati, jaan = at_the_line(first_name="Kati"), at_the_line(first_name="Jaan")
    TopicFactory(name_et="Raierahu", code="METS-RAIERAHU")
    Responsibility.objects.create(user=jaan, topic_code="METS-RAIERAHU")

    assert chooser(client, text="kati")[0] == [str(kati)]
    names, page = chooser(client, text="raierahu")
    assert names == [str(jaan)]
    assert page.select_one("[name=to]").has_attr("checked")


@pytest.mark.parametrize("count", [1, 4])
def test_chooser_costs_the_same_for_any_number_of_colleagues(
    client, agent, count, django_assert_max_num_queries
):
    for _each in range(count):
        at_the_line()

    with django_assert_max_num_queries(10):
        names, _page = chooser(client, text="maasikas")

    assert len(names) == count


def staff_found(client, **asked):
    page = BeautifulSoup(client.post(reverse("workspace:staff"), asked).content, "html.parser")
    return [row.get_text() for row in page.select(".hist .l1 b")], page


def test_directory_beside_the_call_is_of_topic_and_county_and_by_name_of_everybody(client, agent):
    topic = TopicFactory(code="METS-TEATIS")
    here = UserFactory(first_name="Here", last_name="Aas", phone="5300 0001")
    Responsibility.objects.create(user=here, topic_code="METS", county="Tartu")
    there = UserFactory(first_name="There", last_name="Saar")
    Responsibility.objects.create(user=there, topic_code="METS", county="Harju")

    names, page = staff_found(client, of_topic=topic.pk, of_county="Tartu", text="")

    assert names == [str(here)]
    assert page.select_one("a[href^='tel:']")["href"] == "tel:53000001"
    assert staff_found(client, of_topic=topic.pk, of_county="", text="")[0] == [
        str(here),
        str(there),
    ]
    assert staff_found(client, of_topic=topic.pk, of_county="Tartu", text="there")[0] == [
        str(there)
    ]
    assert staff_found(client, of_topic="", of_county="", text="")[0] == []
