import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import arrange_substitution
from accounts.models import AccessEntry
from common.table_files import safe
from inquiries import actions
from inquiries.exports import lines_of
from inquiries.models import Dialling, Inquiry, SavedView
from inquiries.queries import capped_count
from inquiries.states import InquiryState
from inquiries.typed import typed_of
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory, SavedViewFactory
from tests.factories.knowledge import TopicFactory
from tests.htmx import soup, swapped

pytestmark = pytest.mark.django_db

LIST = reverse("inquiries:list")


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def yesterday(hours=0):
    return timezone.now() - dt.timedelta(days=1, hours=hours)


def recent(**kwargs):
    return InquiryFactory(started_at=yesterday(), **kwargs)


def numbers(response):
    return [row.select_one("th").text.strip() for row in soup(response).select("tbody tr")]


def follow(client, posted):
    assert posted.status_code == 302, soup(posted).select("#error-summary, .error")
    return client.get(posted.url)


def test_a_search_in_every_way_keeps_to_fifteen_queries(
    client, agent, django_assert_max_num_queries
):
    InquiryFactory(agent=agent, caller_number="+3728400123")
    address = client.post(reverse("inquiries:search"), {"text": "8400123"}).url
    client.get(address)

    with django_assert_max_num_queries(15):
        page = client.get(address)

    assert page.context["count"].number == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(client, agent, django_assert_num_queries, count):
    for _ in range(count):
        recent(owner_unit=UnitFactory(), responsible=UserFactory())
    client.get(LIST)

    with django_assert_num_queries(9):
        response = client.get(LIST)

    assert len(numbers(response)) == count


def test_the_list_begins_with_the_last_ninety_days_newest_first(client, agent):
    older = InquiryFactory(started_at=yesterday(hours=5))
    newer = InquiryFactory(started_at=yesterday())
    # Late in the evening, with a change to winter time in between, 91 days ago is 90 days ago.
    InquiryFactory(started_at=timezone.now() - dt.timedelta(days=92))

    assert numbers(client.get(LIST)) == [newer.number, older.number]
    assert len(numbers(client.get(LIST, {"period": "all"}))) == 3


def test_each_filter_narrows_the_list(client, agent):
    topic, unit = TopicFactory(), UnitFactory()
    below = UnitFactory(parent=unit)
    wanted = recent(
        topic=topic,
        owner_unit=below,
        agent=agent,
        language="ru",
        county="Pärnu",
        channel="email",
        callback=True,
        legal_kind="challenge",
        registered_on=timezone.localdate() - dt.timedelta(days=30),
        answer_by=timezone.localdate() - dt.timedelta(days=20),
    )
    recent(channel="phone")

    for filters in [
        {"state": "callback"},
        {"state": "open"},
        {"outcome": "callback"},
        {"channel": "email"},
        {"language": "ru"},
        {"county": "Pärnu"},
        {"topic": topic.pk},
        {"topic": topic.parent.pk},
        {"unit": unit.pk},
        {"agent": agent.pk},
        {"mine": "on"},
        {"deadline": "over"},
    ]:
        assert numbers(client.get(LIST, filters)) == [wanted.number], filters


def test_a_filter_that_is_not_understood_is_off_and_said_so(client, agent):
    inquiry = recent()

    response = client.get(LIST, {"state": "lost", "topic": "x", "cursor": "rubbish", "view": "1"})

    assert numbers(response) == [inquiry.number]
    assert "were not understood" in response.content.decode()


@pytest.mark.parametrize(
    "text", ["P-2026-004711", "2026-4711", "53001234", "+372 5300 1234", "784:0010", "kuusetalu"]
)
def test_a_text_is_posted_kept_and_never_stands_in_the_address(client, agent, text):
    wanted = recent(
        number="P-2026-004711",
        caller_number="+37253001234",
        object_kind="cadastral",
        object_reference="784:0010:0001",
        object_key="78400100001",
        client=ClientFactory(organisation=True, name="Kuusetalu OÜ"),
    )
    recent(caller_number="+37255500000")

    posted = client.post(reverse("inquiries:search"), {"text": text, "period": "90"})

    assert posted.url == f"{LIST}?view={SavedView.objects.get().key}"
    assert numbers(follow(client, posted)) == [wanted.number]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_search_that_is_too_long_is_refused_at_its_field_and_kept(client, agent, headers):
    typed = "kuusetalu " * 11

    answer = client.post(reverse("inquiries:search"), {"text": typed}, headers=headers)

    field = soup(answer).select_one("#content input[name=text]")
    assert [answer.status_code, field["value"], field["aria-invalid"]] == [422, typed, "true"]
    assert answer.get("HX-Retarget") == ("#content" if headers else None)
    assert SavedView.objects.count() == 0


def test_a_name_of_a_view_that_is_too_long_is_refused_at_its_field_and_kept(client, agent):
    recent(channel="email")
    recent(channel="phone")
    typed = "v" * 81

    answer = client.post(reverse("inquiries:save_view") + "?channel=email", {"name": typed})

    field = soup(answer).select_one("details[open] input[name=name]")
    assert [answer.status_code, field["value"], field["aria-invalid"]] == [422, typed, "true"]
    assert len(numbers(answer)) == 1
    assert SavedView.objects.count() == 0


def test_only_mine_holds_what_is_done_for_a_substituted_colleague(client, agent):
    colleague = UserFactory(role="specialist")
    theirs, _somebodys = recent(agent=colleague), recent()
    arrange_substitution(
        substitute=agent,
        substituted=colleague,
        roles=["specialist"],
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        by=None,
        at=timezone.now(),
    )

    assert numbers(client.get(LIST, {"mine": "on"})) == [theirs.number]


def test_filters_without_a_text_make_an_address_that_can_be_shared(client, agent):
    posted = client.post(reverse("inquiries:search"), {"channel": "email", "period": "30"})

    assert posted.url == f"{LIST}?period=30&channel=email"
    assert SavedView.objects.count() == 0


def test_a_text_in_the_address_is_not_searched(client, agent):
    inquiry = recent()

    assert numbers(client.get(LIST, {"text": "Kuusetalu"})) == [inquiry.number]


def test_a_search_is_written_into_the_access_log(client, agent):
    recent(number="P-2026-004711")
    follow(client, client.post(reverse("inquiries:search"), {"text": "P-2026-004711"}))

    entry = AccessEntry.objects.get(what="inquiry.search")
    assert (entry.by_id, entry.result_count) == (agent.pk, 1)


def test_a_view_is_saved_under_a_name_shared_and_deleted(client, agent):
    recent(channel="email")
    save = reverse("inquiries:save_view") + "?channel=email"

    posted = client.post(save, {"name": "Kirjad", "is_shared": "on"})

    view = SavedView.objects.get()
    assert (view.name, view.is_shared, view.filters) == ("Kirjad", True, {"channel": "email"})
    assert len(numbers(follow(client, posted))) == 1
    colleague = UserFactory(role="specialist")
    client.force_login(colleague)
    assert "Kirjad" in client.get(LIST).content.decode()
    delete = reverse("inquiries:delete_view", args=[view.key])
    assert client.post(delete).status_code == 404
    client.force_login(agent)
    client.post(delete)
    assert SavedView.objects.count() == 0


def test_anothers_view_that_is_not_shared_is_not_opened(client, agent):
    recent()
    view = SavedViewFactory(filters={"channel": "email"})

    assert len(numbers(client.get(LIST, {"view": view.key}))) == 1


def test_a_filter_of_a_view_is_taken_away_in_the_address(client, agent):
    recent(channel="phone")
    view = SavedViewFactory(owner=agent, filters={"channel": "email"})

    assert numbers(client.get(LIST, {"view": view.key})) == []
    assert len(numbers(client.get(LIST, {"view": view.key, "channel": ""}))) == 1


def test_turning_the_page_by_htmx_gives_the_same_page_as_loading_it(client, agent):
    user, topic, caller = UserFactory(), TopicFactory(), ClientFactory()
    for hours in range(60):
        InquiryFactory(started_at=yesterday(hours), agent=user, topic=topic, client=caller)
    first = soup(client.get(LIST))
    older = first.select_one("a[rel=next]")["href"]

    answer = soup(client.get(older, headers={"HX-Request": "true"}))

    fresh = soup(client.get(older))
    for page in (
        first,
        answer,
        fresh,
    ):  # each answer masks the token anew, each cursor is sealed anew
        for token in page.select("[name=csrfmiddlewaretoken], .pager"):
            token.decompose()
    played = swapped(first, answer, target="#results")
    assert played.select_one("#results").prettify() == fresh.select_one("#results").prettify()
    assert len(fresh.select("tbody tr")) == 10


def test_the_count_stops_where_nobody_reads_on(monkeypatch):
    monkeypatch.setattr("inquiries.queries.listing.COUNTED_UP_TO", 2)
    for _ in range(3):
        recent()

    count = capped_count(Inquiry.objects.all())

    assert (count.number, count.is_more) == (2, True)


def test_a_head_of_a_unit_sees_the_unit_and_those_below_it(client):
    unit = UnitFactory()
    mine, below = recent(owner_unit=unit), recent(owner_unit=UnitFactory(parent=unit))
    recent(owner_unit=UnitFactory())
    client.force_login(UserFactory(role="unit_head", unit=unit))

    assert set(numbers(client.get(LIST))) == {mine.number, below.number}


def test_what_is_for_internal_use_is_masked_for_others(client, agent):
    inquiry = recent(restricted=True, client=ClientFactory(organisation=True, name="Salamets OÜ"))

    listed = client.get(LIST).content.decode()
    page = client.get(reverse("inquiries:show", args=[inquiry.pk])).content.decode()
    searched = follow(client, client.post(reverse("inquiries:search"), {"text": "Salamets"}))

    assert inquiry.number in listed
    assert "Salamets" not in listed
    assert inquiry.question not in listed
    assert "Salamets" not in page
    assert inquiry.question not in page
    assert numbers(searched) == []


def test_whoever_deals_with_it_reads_what_is_for_internal_use(client, agent):
    inquiry = recent(restricted=True, responsible=agent)

    page = client.get(reverse("inquiries:show", args=[inquiry.pk])).content.decode()

    assert inquiry.question in page
    assert "ASUTUSESISESEKS KASUTAMISEKS" in page
    assert "AvTS § 35 lg 1 p 12" in page


def test_the_page_shows_everything_and_is_logged(client, agent, django_assert_max_num_queries):
    earlier = recent(agent=agent)
    inquiry = recent(
        agent=agent,
        follow_up_of=earlier,
        county="Tartu",
        object_kind="permit",
        object_reference="KL-12",
        recording_reference="pbx/77",
        recording_expires_on=timezone.localdate() + dt.timedelta(days=9),
    )
    later = recent(follow_up_of=inquiry)
    for wrong in ("esimene", "teine"):
        actions.correct_answer(
            inquiry=inquiry,
            what_was_wrong=wrong,
            correct_answer="Õige vastus",
            source_text="VeeS § 60",
            by=agent,
            at=timezone.now(),
        )
    url = reverse("inquiries:show", args=[inquiry.pk])

    with django_assert_max_num_queries(15):
        page = client.get(url).content.decode()

    for text in (
        earlier.number,
        later.number,
        "KL-12",
        "pbx/77",
        "Õige vastus",
        "esimene",
        "teine",
    ):
        assert text in page
    assert AccessEntry.objects.filter(what="inquiry.view", subject_id=str(inquiry.pk)).count() == 1


def test_an_expired_recording_is_not_shown(client, agent):
    inquiry = recent(
        recording_reference="pbx/77",
        recording_expires_on=timezone.localdate() - dt.timedelta(days=1),
    )

    page = client.get(reverse("inquiries:show", args=[inquiry.pk])).content.decode()

    assert "pbx/77" not in page


def test_nobody_opens_what_the_role_does_not_show(client):
    inquiry = recent()
    client.force_login(UserFactory(role="counter"))

    assert client.get(reverse("inquiries:show", args=[inquiry.pk])).status_code == 404


@pytest.mark.parametrize("page", ["change", "settle", "correct", "close", "reopen"])
def test_a_specialist_changes_only_what_is_ones_own(client, agent, page):
    inquiry = recent(with_unit=True)

    response = client.post(reverse(f"inquiries:{page}", args=[inquiry.pk]), {"version": "1"})

    assert response.status_code == 403


def test_a_change_is_saved_with_a_version_in_words(client, agent):
    inquiry = recent(agent=agent)
    typed = {**typed_of(inquiry), "question": "Kus on luba?", "version": "1"}

    client.post(reverse("inquiries:change", args=[inquiry.pk]), typed)

    page = soup(client.get(reverse("inquiries:show", args=[inquiry.pk])))
    assert [step.select_one("b").text for step in page.select("section:has(#steps-title) li")] == [
        "Changed",
        "Written down",
    ]
    assert page.select_one("dd:has(del)").text == f"{inquiry.question} → Kus on luba?"


def test_a_stale_change_shows_both_texts_and_overwrites_nothing(client, agent):
    inquiry = recent(agent=agent)
    typed = {**typed_of(inquiry), "version": "1"}
    url = reverse("inquiries:change", args=[inquiry.pk])
    client.post(url, {**typed, "question": "Esimene"})

    stale = client.post(url, {**typed, "question": "Teine"})

    assert stale.status_code == 422
    page = soup(stale)
    assert [cell.text for cell in page.select("tbody td")] == ["Esimene", "Teine"]
    assert Inquiry.objects.get().question == "Esimene"
    client.post(
        url, {**typed, "question": "Teine", "version": page.select_one("[name=version]")["value"]}
    )
    assert Inquiry.objects.get().question == "Teine"


def test_a_refused_change_says_so_at_the_field_and_keeps_what_was_typed(client, agent):
    inquiry = recent(agent=agent)
    typed = {**typed_of(inquiry), "legal_kind": "challenge", "registered_on": "2999-01-01"}

    response = client.post(
        reverse("inquiries:change", args=[inquiry.pk]),
        {**typed, "question": "Uus tekst", "version": "1"},
    )

    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("#error-summary a")["href"] == "#id_registered_on"
    assert page.select_one("#id_question").text.strip() == "Uus tekst"


def test_the_client_is_looked_for_without_leaving_the_form(client, agent):
    inquiry = recent(agent=agent, client=None)
    found = ClientFactory(organisation=True, name="Kuusetalu OÜ")
    url = reverse("inquiries:change", args=[inquiry.pk])
    typed = {**typed_of(inquiry), "version": "1"}

    looked = client.post(
        url,
        {**typed, "find_client": "1", "client_text": "kuusetalu"},
        headers={"HX-Request": "true"},
    )
    client.post(url, {**typed, "client": found.pk})

    assert "Kuusetalu OÜ" in looked.content.decode()
    assert "<h1>" not in looked.content.decode()
    assert Inquiry.objects.get().client == found


def test_an_open_inquiry_moves_on_and_comes_back(client, agent):
    inquiry = recent(agent=agent, with_unit=True)
    typed = {"outcome": "solved", "answer": "Luba on olemas.", "source_text": "VeeS § 60"}

    client.post(reverse("inquiries:settle", args=[inquiry.pk]), typed)
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.outcome) == (InquiryState.SOLVED, "with_unit")
    assert inquiry.answer == "Luba on olemas."
    client.post(reverse("inquiries:close", args=[inquiry.pk]))
    client.post(reverse("inquiries:reopen", args=[inquiry.pk]))

    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.REOPENED


def test_moving_on_asks_for_what_the_outcome_needs(client, agent):
    inquiry = recent(agent=agent, with_unit=True)

    response = client.post(
        reverse("inquiries:settle", args=[inquiry.pk]), {"outcome": "referred_out"}
    )

    assert response.status_code == 422
    assert soup(response).select_one("#error-summary a")["href"] == "#id_referral_body"


def test_a_callback_is_tried_then_answered(client, agent):
    inquiry = recent(agent=agent, callback=True)
    url = reverse("inquiries:record_try", args=[inquiry.pk])
    for _ in range(3):
        client.post(url, {"result": "no_answer"})

    waiting = soup(client.get(reverse("inquiries:callbacks")))
    answered = client.post(url, {"result": "answered"})

    row = waiting.select_one("tbody tr")
    assert "Tried 3 times in vain" in row.text
    assert row.find("a", href=reverse("inquiries:answer", args=[inquiry.pk]))
    assert answered.url == reverse("inquiries:settle", args=[inquiry.pk])


def test_a_callback_that_reaches_nobody_is_answered_in_writing(client, agent):
    mari = ClientFactory(first_name="Mari", last_name="Tamm", email="mari@example.ee")
    inquiry = recent(agent=agent, callback=True, client=mari, question="Kas tohib?")

    page = soup(client.get(reverse("inquiries:show", args=[inquiry.pk])))
    answer = soup(client.get(reverse("inquiries:answer", args=[inquiry.pk])))

    assert page.find("a", href=reverse("inquiries:answer", args=[inquiry.pk]))
    assert answer.select_one("[name=recipient_address]")["value"] == "mari@example.ee"
    assert answer.select_one("[name=recipient_name]")["value"] == "Mari Tamm"

    form = answer.select_one("form:has([name=recipient_address])")
    typed = {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]:not([type=radio])")
    }
    typed |= {"kind": "answer", "way": "email", "language": "et", "text": "Jah, tohib."}
    sent = client.post(
        reverse("inquiries:answer", args=[inquiry.pk]),
        {**typed, "source_text": "MSVS § 6", "act": "send"},
    )

    shown = follow(client, sent).content.decode()
    assert "Kas tohib?" in shown
    assert inquiry.letters.get().recipient_address == "mari@example.ee"


def test_a_client_is_called_back_at_another_number_by_one_click(client, agent):
    mari = ClientFactory(phone="5300 1999")
    inquiry = recent(callback=True, client=mari)
    for _ in range(3):
        client.post(reverse("inquiries:record_try", args=[inquiry.pk]), {"result": "no_answer"})

    button = soup(client.get(reverse("inquiries:callbacks"))).select_one("button[name=number]")
    client.post(button.find_parent("form")["action"], {"number": button["value"]})

    inquiry.refresh_from_db()
    assert inquiry.callback_number == "+37253001999"


def test_a_number_that_is_none_is_said_at_its_field(client, agent):
    inquiry = recent(callback=True)

    page = client.post(
        reverse("inquiries:change_callback_number", args=[inquiry.pk]), {"number": "12"}
    )

    assert page.status_code == 422
    assert soup(page).select_one("#error-summary a")["href"] == "#id_number"
    assert soup(page).select_one("[name=number]")["value"] == "12"


def test_who_may_not_settle_is_not_asked_whether_somebody_answered(client, agent):
    inquiry = recent(callback=True)

    page = soup(client.get(reverse("inquiries:record_try", args=[inquiry.pk])))

    offered = [option["value"] for option in page.select("[name=result] option")]
    assert offered == ["no_answer", "busy", "wrong_number"]


def test_a_callback_is_not_moved_to_a_sunday(client, agent):
    inquiry = recent(agent=agent, callback=True)

    page = client.post(
        reverse("inquiries:move_callback", args=[inquiry.pk]),
        {"due_at": "2099-01-04T10:00", "responsible": agent.pk},
    )

    assert page.status_code == 422
    assert "opens next on" in soup(page).select_one("#id_due_at_error").text
    assert soup(page).select_one("[name=due_at]")["value"] == "2099-01-04T10:00"


def test_a_number_that_is_pressed_is_written_down(client, agent):
    inquiry = recent(callback=True)
    url = reverse("inquiries:note_dialling")

    told = client.post(url, {"number": "+37253001000", "inquiry": inquiry.pk, "client": "²"})
    nothing = client.post(url, {"number": ""})

    assert (told.status_code, nothing.status_code) == (204, 400)
    page = client.get(reverse("inquiries:show", args=[inquiry.pk])).content.decode()
    assert "Dialled +372 5300 1000" in page
    dialled = Dialling.objects.get()
    assert (dialled.by, dialled.inquiry, dialled.client) == (agent, inquiry, inquiry.client)


def test_a_callback_is_moved_to_another_time(client, agent):
    inquiry = recent(agent=agent, callback=True)

    client.post(
        reverse("inquiries:move_callback", args=[inquiry.pk]),
        {"due_at": "2099-01-05T10:00", "responsible": agent.pk},
    )

    inquiry.refresh_from_db()
    assert inquiry.callback_due_at == dt.datetime(2099, 1, 5, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("count", [1, 3])
def test_the_callback_list_costs_the_same_for_any_length(
    client, agent, django_assert_num_queries, count
):
    for _ in range(count):
        recent(callback=True)
    client.get(reverse("inquiries:callbacks"))

    with django_assert_num_queries(7):
        client.get(reverse("inquiries:callbacks"))


def test_a_colleague_takes_an_open_inquiry_over(client, agent):
    inquiry = recent(with_unit=True)

    client.post(reverse("inquiries:take_over", args=[inquiry.pk]))

    inquiry.refresh_from_db()
    assert inquiry.responsible == agent


def test_a_wrong_answer_is_corrected_and_the_client_told(client, agent):
    inquiry = recent(agent=agent, answer="Vale")

    client.post(
        reverse("inquiries:correct", args=[inquiry.pk]),
        {"what_was_wrong": "Tähtaeg", "correct_answer": "Õige", "source_text": "MSVS § 6"},
    )
    correction = inquiry.corrections.get()
    client.post(
        reverse("inquiries:tell_correction", args=[correction.pk]), {"told_how": "helistasin"}
    )

    inquiry.refresh_from_db()
    correction.refresh_from_db()
    assert (inquiry.answer, correction.wrong_answer) == ("Õige", "Vale")
    assert (correction.told_by, correction.told_how) == (agent, "helistasin")


def test_an_export_asks_why_and_is_logged(client, agent):
    recent(agent=agent, question="=HYPERLINK(1)")
    recent()
    url = reverse("inquiries:export")

    refused = client.post(url, {"reason": ""})
    answer = client.post(url, {"reason": "aruanne juhile", "with_content": "on"})

    text = b"".join(answer.streaming_content).decode("utf-8")
    lines = text.removeprefix("\ufeff").splitlines()
    assert refused.status_code == 422
    assert text.startswith("\ufeff")
    assert "aruanne juhile" in lines[0]
    assert len(lines) == 3  # the mark, the heads, one's own inquiry
    assert "'=HYPERLINK(1)" in lines[2]
    entry = AccessEntry.objects.get(what="inquiry.export")
    assert (entry.reason, entry.result_count) == ("aruanne juhile", 1)


def test_an_export_hides_what_the_person_may_not_read(client):
    inquiry = recent(restricted=True)
    client.force_login(UserFactory(role="coordinator"))
    assert inquiry.question in exported(client)

    boss = UserFactory(role="head_of_customer_service")
    client.force_login(boss)
    assert inquiry.question in exported(client)


def test_an_export_says_how_the_caller_was_identified(client, agent):
    recent(agent=agent, identified_how="facts", first_fact="email", second_fact="permit")

    head, row = exported(client).splitlines()[1:3]

    assert "identified;first fact;second fact" in head
    assert "Two facts from the card;E-mail;Number of a permit" in row


def exported(client):
    answer = client.post(reverse("inquiries:export"), {"reason": "kontroll", "with_content": "on"})
    return b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize(
    "asked",
    [
        "since=0001-01-01",
        "until=9999-12-31",
        "since=0001-01-01&until=9999-12-31",
        "since=9999-12-31",
    ],
)
def test_a_day_far_out_of_our_time_is_not_understood(client, agent, asked):
    recent(agent=agent)

    page = client.get(f"{LIST}?period=dates&{asked}")

    assert (page.status_code, len(numbers(page))) == (200, 1)
    posted = dict(one.split("=") for one in asked.split("&"))
    answer = client.post(reverse("inquiries:search"), {"period": "dates", **posted})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(posted))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", " =", "\u00a0+", "\uff1d", "\n@"])
def test_no_cell_of_an_export_is_a_formula(sign):
    assert safe(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", " ", "Põlva", "5 - 3", "(+372) 5300", "a=1"])
def test_other_cells_of_an_export_stay_as_they_are(text):
    assert safe(text) == text


def test_rows_taken_out_hide_what_the_person_may_not_read():
    inquiry = recent(restricted=True, topic=TopicFactory(name_et="Salaküttimine"))
    asked = {"today": timezone.localdate(), "watermark": "", "with_content": True}

    for_stranger, for_agent = (
        list(lines_of(Inquiry.objects.all(), by=person, **asked))[2]
        for person in (UserFactory(role="specialist"), inquiry.agent)
    )

    hidden = {"Salaküttimine", inquiry.question, inquiry.answer, inquiry.client.name}
    assert hidden <= set(for_agent)
    assert hidden.isdisjoint(for_stranger)


def test_filters_offer_names_in_the_language_of_the_reader_else_in_estonian(client, agent):
    UnitFactory(name_et="Metsaosakond", name_en="Forest Department")
    UnitFactory(name_et="Jahiosakond", name_en="")
    TopicFactory(name_et="Raie", name_en="Felling")

    page = soup(client.get(LIST))

    units = [option.text for option in page.select("[name=unit] option")]
    assert {"Forest Department", "Jahiosakond"} <= set(units)
    assert "Felling" in [option.text for option in page.select("[name=topic] option")]
    assert str(agent) in [option.text for option in page.select("[name=agent] option")]
