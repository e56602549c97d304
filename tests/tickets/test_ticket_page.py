"""The page of a ticket and its steps, each by POST; who may take which."""

import datetime as dt

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from clients.models import ContactPoint
from common.models import OutgoingMail
from common.uploads import check_upload
from inquiries.models import Inquiry
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import IT_FACTS, TicketFactory, raised, resolved, solver_of
from tests.htmx import soup
from tests.tickets.pages import address, posted, shown, state_of
from tickets import actions
from tickets.models import Delivery, Ticket, TicketComment, TicketGroup, TicketRelation, TicketWatch

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
REASON = {"reason": "klient palus"}


@pytest.fixture(autouse=True)
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def primary_words(page):
    return [
        one.get_text(" ", strip=True).partition(" Alt")[0]
        for one in page.select("main .btn-primary")
    ]


def told(ticket, **more):
    return actions.deliver_solution(
        ticket=ticket, version=Ticket.objects.get(pk=ticket.pk).version, channel="phone",
        text="Ütlesin.", by=ticket.responsible, at=MONDAY_TEN + 2 * HOUR, **more,
    )  # fmt: skip


def asked(ticket):
    return actions.ask_about_ticket(
        ticket=ticket, text="Mis kell?", by=solver_of(ticket.group), at=MONDAY_TEN + HOUR
    )


def waiting(ticket):
    return actions.ask_client(
        ticket=ticket, text="Mis kell?", by_mail=False, by=ticket.responsible, at=MONDAY_TEN + HOUR
    )


def sent_back(ticket):
    return actions.send_ticket_back(
        ticket=ticket, reason="Ei ole meie", by=solver_of(ticket.group), at=MONDAY_TEN + HOUR
    )


def test_page_says_whose_turn_it_is_and_keeps_responsible_and_assignee_apart(client, specialist):
    ticket = raised(responsible=specialist)
    solver = solver_of(ticket.group)
    actions.assign_ticket(ticket=ticket, to=solver, by=solver, at=MONDAY_TEN + HOUR)

    page = shown(client, ticket)

    who = dict(
        zip(
            (one.get_text() for one in page.select("#beside dl dt")),
            (one.get_text(strip=True) for one in page.select("#beside dl dd")),
            strict=True,
        )
    )
    assert (who["Responsible"], who["Worked on by"]) == (str(specialist), str(solver))
    assert page.select_one(".turn b").get_text() == f"Tier II: {solver}"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (raised, []),
        (lambda **who: asked(raised(**who)), ["Answer tier II"]),
        (lambda **who: waiting(raised(**who)), ["The client has answered"]),
        (resolved, ["Tell the client"]),
        (lambda **who: told(resolved(**who), closes=False), ["Close"]),
        (lambda **who: told(resolved(**who)), []),
        (lambda **who: sent_back(raised(**who)), ["Put right and hand over again"]),
    ],
)  # fmt: skip
def test_responsible_sees_one_primary_button_what_is_next(client, specialist, made, words):
    ticket = made(responsible=specialist)

    assert primary_words(shown(client, ticket)) == words


def test_tier_two_sees_take_and_then_solve(client):
    ticket = raised()
    solver = solver_of(ticket.group)
    client.force_login(solver)

    assert primary_words(shown(client, ticket)) == ["Take"]
    client.post(address("take", ticket))

    assert Ticket.objects.get().assignee == solver
    assert state_of(ticket) == "in_progress"
    assert primary_words(shown(client, ticket)) == ["Solve"]


def test_two_who_take_at_once_and_the_second_is_told_who_has_it(client):
    ticket = raised()
    first, second = solver_of(ticket.group), solver_of(ticket.group)
    client.force_login(second)
    page = shown(client, ticket)
    (seen,) = [one["value"] for one in page.select(".standing form [name=assignee]")]
    actions.take_ticket(ticket=ticket, seen=0, by=first, at=MONDAY_TEN + HOUR)

    refused = client.post(address("take", ticket), {"assignee": seen}, follow=True)

    assert f"{first} has taken it meanwhile." in refused.content.decode()
    assert Ticket.objects.get().assignee == first
    client.post(
        address("take", ticket), {"assignee": first.pk}
    )  # seen, and taken over all the same
    assert Ticket.objects.get().assignee == second


def test_colleague_reads_but_is_offered_no_step(client, specialist):
    ticket = resolved()

    page = shown(client, ticket)

    assert page.select(".standing .acts") == []
    assert (
        posted(client, "deliver", ticket, channel="phone", text="x", closes="yes").status_code
        == 403
    )
    assert posted(client, "note", ticket, text="Helistasin ka mina").status_code == 302


def test_solver_of_another_group_sees_nothing(client):
    ticket = raised()
    client.force_login(solver_of(TicketGroup.objects.get(code="VALDKOND")))

    assert client.get(address("ticket", ticket)).status_code == 404
    assert client.post(address("take", ticket)).status_code == 404


def test_solver_never_sees_a_draft_nor_one_that_was_cancelled(client):
    draft = TicketFactory()
    client.force_login(solver_of(draft.group))
    assert client.get(address("ticket", draft)).status_code == 404

    actions.cancel_ticket(
        ticket=draft, version=1, reason="", by=draft.responsible, at=MONDAY_TEN + HOUR
    )

    assert client.get(address("ticket", draft)).status_code == 404


def test_solver_reads_no_internal_note_and_the_client_only_where_tier_two_may_turn_to_it(client):
    person = ClientFactory()
    ContactPoint.objects.create(
        client=person, kind="email", value="klient@example.ee", created_at=MONDAY_TEN
    )
    ticket = raised(client=person, may_contact="no")
    solver = solver_of(ticket.group)
    stored = note_with_file(ticket, "internal")
    client.force_login(solver)

    page = client.get(address("ticket", ticket)).content.decode()
    assert "ainult meile" not in page
    assert str(person) not in page
    assert "klient@example.ee" not in page
    assert client.get(address("file", ticket, stored.pk)).status_code == 404

    Ticket.objects.update(may_contact="yes")
    assert "klient@example.ee" in client.get(address("ticket", ticket)).content.decode()


def note_with_file(ticket, kind):
    upload = check_upload(
        SimpleUploadedFile("kiri.txt", b"Kirje on lukustatud\n"), allowed={"text/plain"}
    )
    comment = actions.comment_on_ticket(
        ticket=ticket, kind=kind, text="ainult meile", uploads=[upload],
        by=ticket.responsible, at=MONDAY_TEN,
    )  # fmt: skip
    return comment.files.get()


def test_three_kinds_of_words_are_told_apart_by_words_and_have_forms_of_their_own(
    client, specialist
):
    ticket = raised(responsible=specialist)
    client.post(address("note", ticket), {"text": "Klient on pahane"})
    client.post(address("to_tier2", ticket), {"text": "Kas saab kiiremini?"})
    waiting(ticket)

    page = shown(client, ticket)

    kinds = [one.get_text(strip=True) for one in page.select(".comment .kind")]
    assert set(kinds) == {"Internal note", "To tier II", "To the client"}
    assert [one.kind for one in TicketComment.objects.order_by("pk")] == [
        "internal",
        "tier2",
        "client",
    ]
    forms = {form["action"] for form in page.select(".say form")}
    assert forms == {address("note", ticket), address("to_tier2", ticket)}


def test_personal_code_to_tier_two_is_refused_and_the_words_stay(client, specialist):
    ticket = raised(responsible=specialist)

    answer = client.post(address("to_tier2", ticket), {"text": "Isik 38001085718"})

    assert answer.status_code == 422
    assert soup(answer).select_one("#id_tier2_text").get_text(strip=True) == "Isik 38001085718"
    assert not TicketComment.objects.exists()


def test_file_comes_in_by_the_gate_and_goes_out_as_a_download(client, specialist):
    ticket = raised(responsible=specialist)
    file = SimpleUploadedFile("ekraan.txt", b"Kirje on lukustatud\n")

    client.post(address("note", ticket), {"file": file})
    answer = client.get(address("file", ticket, TicketComment.objects.get().files.get().pk))
    assert b"".join(answer) == b"Kirje on lukustatud\n"
    assert "attachment" in answer["Content-Disposition"]

    bad = SimpleUploadedFile("viirus.exe", b"MZ\x90\x00\x03\x00\x00\x00")
    assert client.post(address("note", ticket), {"file": bad}).status_code == 422
    other = raised()
    stored = TicketComment.objects.get().files.get()
    assert client.get(address("file", other, stored.pk)).status_code == 404


def test_mentioned_colleague_watches_and_watching_is_ended(client, specialist):
    ticket = raised(responsible=specialist)
    colleague = UserFactory(role="specialist", username="mari.mets")

    client.post(address("note", ticket), {"text": "@mari.mets vaata palun"})
    assert TicketWatch.objects.get().user == colleague

    client.post(address("watch", ticket), {"watch": "yes"})
    assert TicketWatch.objects.filter(user=specialist).exists()
    client.post(address("watch", ticket), {"watch": "no"})
    assert not TicketWatch.objects.filter(user=specialist).exists()


def test_responsible_answers_tier_two(client, specialist):
    ticket = asked(raised(responsible=specialist))
    assert "Mis kell?" in client.get(address("answer", ticket)).content.decode()

    posted(client, "answer", ticket, text="Kell 10.15.")

    assert state_of(ticket) == "in_progress"


def test_client_is_asked_and_has_answered(client, specialist):
    ticket = raised(responsible=specialist)

    posted(client, "ask_client", ticket, text="Mis kell see oli?", by_mail="no")
    assert state_of(ticket) == "waiting_client"
    posted(client, "heard", ticket, text="Kell kümme.")

    assert state_of(ticket) == "in_progress"
    assert TicketComment.objects.get(is_incoming=True).text == "Kell kümme."


def test_answer_of_the_client_is_passed_on_to_tier_two_unless_it_holds_a_personal_code(
    client, specialist
):
    ticket = waiting(raised(responsible=specialist))
    code = "Minu kood on 38001085718."

    refused = posted(client, "heard", ticket, text=code, passes_on="on")
    assert refused.status_code == 422
    assert refused.context["form"]["text"].value() == code
    assert state_of(ticket) == "waiting_client"
    assert not TicketComment.objects.filter(is_incoming=True).exists()

    posted(client, "heard", ticket, text="Kell kümme.", passes_on="on")

    said = TicketComment.objects.filter(text="Kell kümme.").order_by("pk")
    assert [(one.kind, one.is_incoming) for one in said] == [("client", True), ("tier2", False)]
    assert state_of(ticket) == "in_progress"


def test_what_a_client_wrote_is_passed_on_from_the_page_with_its_file(client, specialist):
    ticket = waiting(raised(responsible=specialist))
    upload = check_upload(SimpleUploadedFile("kiri.txt", b"Kuva\n"), allowed={"text/plain"})
    actions.hear_from_client(
        ticket=ticket, text="Saadan kuva.", by=None, uploads=[upload], at=MONDAY_TEN + HOUR
    )
    (link,) = [one["href"] for one in shown(client, ticket).select("a[href*=pass_on]")]

    form = soup(client.get(link)).select_one(".say-tier2 form")
    assert form.select_one("textarea").get_text(strip=True) == "Saadan kuva."
    passed_on = form.select_one("[name=passed_on]")["value"]
    client.post(address("to_tier2", ticket), {"text": "Saadan kuva.", "passed_on": passed_on})

    comment = TicketComment.objects.get(kind="tier2")
    assert comment.files.get().original_name == "kiri.txt"


def test_note_of_ours_is_not_passed_on_by_its_number(client, specialist):
    ticket = raised(responsible=specialist)
    note_with_file(ticket, "internal")
    note = TicketComment.objects.get()

    client.post(address("to_tier2", ticket), {"text": "Vaata.", "passed_on": note.pk})

    assert not TicketComment.objects.get(kind="tier2").files.exists()
    page = client.get(f"{address('ticket', ticket)}?pass_on={note.pk}")
    assert soup(page).select_one(".say-tier2 textarea").get_text(strip=True) == ""


def test_words_with_the_client_are_tier_twos_only_where_it_may_turn_to_the_client(client):
    ticket = raised(may_contact="no")
    actions.ask_client(
        ticket=ticket, text="Tere, proua Hundikuusk!", by_mail=False, by=ticket.responsible,
        at=MONDAY_TEN,
    )  # fmt: skip
    client.force_login(solver_of(ticket.group))

    assert "Hundikuusk" not in client.get(address("ticket", ticket)).content.decode()
    Ticket.objects.update(may_contact="yes")
    assert "Hundikuusk" in client.get(address("ticket", ticket)).content.decode()


def test_cancelling_the_only_ticket_leads_to_the_inquiry_that_still_waits(client, specialist):
    inquiry = InquiryFactory(agent=specialist, responsible=specialist)
    ticket = raised(responsible=specialist, inquiry=inquiry)
    assert Inquiry.objects.get().state == "with_tier2"

    answer = posted(client, "cancel", ticket, **REASON)

    assert answer["Location"] == reverse("inquiries:show", args=[inquiry.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "The inquiry still waits for tier II: say how it goes on." in page


def test_asking_by_mail_without_an_address_is_refused_and_the_words_stay(client, specialist):
    ticket = raised(responsible=specialist)

    answer = posted(client, "ask_client", ticket, text="Mis kell see oli?", by_mail="yes")

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == "Mis kell see oli?"
    assert state_of(ticket) == "raised"


def test_delivery_is_prefilled_with_the_solution_and_closes(client, specialist):
    ticket = resolved(responsible=specialist)
    page = client.get(address("deliver", ticket))
    assert page.context["form"]["text"].value() == ticket.solution

    posted(client, "deliver", ticket, channel="phone", text="Ütlesin.", closes="yes")

    assert (state_of(ticket), Delivery.objects.get().text) == ("closed", "Ütlesin.")


def test_delivery_by_mail_leaves_a_letter_and_may_stay_open_until_closed(client, specialist):
    person = ClientFactory(email="klient@example.ee")
    ticket = resolved(responsible=specialist, client=person)

    posted(client, "deliver", ticket, channel="email", text="Palun proovige.", closes="no")
    assert state_of(ticket) == "told"
    assert "Palun proovige." in OutgoingMail.objects.get(key__startswith="tickets.client").text
    posted(client, "close", ticket)

    assert state_of(ticket) == "closed"


def test_ticket_is_reopened_regrouped_handed_over_and_cancelled_each_with_its_reason(
    client, specialist
):
    ticket = told(resolved(responsible=specialist, facts={**IT_FACTS, "place": "Ravila, Kose"}))
    assert posted(client, "reopen", ticket, reason=" ").status_code == 422
    posted(client, "reopen", ticket, **REASON)
    assert state_of(ticket) == "raised"

    group = TicketGroup.objects.get(code="VALDKOND")
    posted(client, "regroup", ticket, group=group.pk, **REASON)
    assert Ticket.objects.get().group == group

    posted(client, "cancel", ticket, **REASON)
    assert state_of(ticket) == "cancelled"
    reasons = ticket.events.exclude(reason="").values_list("what", "reason")
    assert list(reasons.order_by("pk")) == [
        (what, "klient palus") for what in ("reopen", "regroup", "cancel")
    ]


def test_what_the_other_group_lacks_is_named_and_the_ticket_stays(client, specialist):
    ticket = raised(responsible=specialist)
    group = TicketGroup.objects.get(code="VALDKOND")

    answer = posted(client, "regroup", ticket, group=group.pk, **REASON)

    assert answer.status_code == 422
    assert "Place or object is missing." in answer.content.decode()
    assert Ticket.objects.get().group.code == "IT"


def test_own_ticket_is_handed_over_and_a_colleagues_only_by_the_coordinator(client, specialist):
    mine, other = raised(responsible=specialist), raised()
    heir = UserFactory(role="specialist")

    posted(client, "hand_over", mine, to=heir.pk, **REASON)
    assert Ticket.objects.get(pk=mine.pk).responsible == heir
    assert posted(client, "hand_over", other, to=heir.pk, **REASON).status_code == 403
    client.force_login(UserFactory(role="coordinator"))
    posted(client, "hand_over", other, to=heir.pk, **REASON)

    assert Ticket.objects.get(pk=other.pk).responsible == heir
    page = client.get(address("ticket", other)).content.decode()
    assert f"Responsible from here on: {heir}; before: {other.responsible}." in page


def test_step_from_a_stale_page_changes_nothing_and_keeps_the_reason(client, specialist):
    ticket = raised(responsible=specialist)
    actions.write_ticket(
        ticket=ticket,
        version=ticket.version,
        typed={"summary": "Muu"},
        by=specialist,
        at=MONDAY_TEN,
    )

    answer = client.post(address("cancel", ticket), {"version": ticket.version, **REASON})

    assert answer.status_code == 422
    assert answer.context["form"]["reason"].value() == "klient palus"
    assert state_of(ticket) == "raised"
    client.post(address("cancel", ticket), {"version": answer.context["version"], **REASON})
    assert state_of(ticket) == "cancelled"


@pytest.mark.parametrize(
    ("step", "sent", "state"),
    [
        ("word", {"text": "Uurime."}, "in_progress"),
        ("ask", {"text": "Mis kell?"}, "needs_info"),
        ("solve", {"text": "Lukustus maas."}, "resolved"),
        ("send_back", {"reason": "Ei ole meie."}, "rejected"),
    ],
)
def test_tier_two_says_asks_solves_and_sends_back(client, step, sent, state):
    ticket = raised()
    client.force_login(solver_of(ticket.group))

    posted(client, step, ticket, **sent)

    assert state_of(ticket) == state
    assert TicketComment.objects.get().is_incoming


def test_solver_gives_a_ticket_to_a_colleague_of_the_group_only(client):
    ticket = raised()
    solver, colleague = solver_of(ticket.group), solver_of(ticket.group)
    stranger = solver_of(TicketGroup.objects.get(code="VALDKOND"))
    client.force_login(solver)

    assert posted(client, "assign", ticket, to=stranger.pk).status_code == 422
    posted(client, "assign", ticket, to=colleague.pk)

    assert Ticket.objects.get().assignee == colleague


@pytest.mark.parametrize(
    "step",
    [
        "answer",
        "ask_client",
        "heard",
        "deliver",
        "reopen",
        "regroup",
        "cancel",
        "hand_over",
        "ask_by_link",
        "close",
        "discard",
    ],
)
def test_steps_of_the_responsible_are_not_tier_twos(client, step):
    ticket = raised()
    client.force_login(solver_of(ticket.group))

    assert posted(client, step, ticket).status_code == 403


@pytest.mark.parametrize("step", ["take", "assign", "word", "ask", "solve", "send_back"])
def test_steps_of_tier_two_are_not_the_responsibles(client, specialist, step):
    ticket = raised(responsible=specialist)

    assert posted(client, step, ticket).status_code == 403


def test_clocks_say_what_is_left_and_what_stands_still(client, specialist):
    ticket = raised(responsible=specialist, at=timezone.now())

    lines = client.get(address("ticket", ticket)).context["clocks"]
    assert [line.label for line in lines] == ["First reaction", "Word from tier II", "Solution"]
    assert all("left" in line.words and line.due_at for line in lines)
    actions.ask_client(
        ticket=ticket, text="Mis kell?", by_mail=False, by=specialist, at=timezone.now()
    )
    paused = client.get(address("ticket", ticket)).context["clocks"]

    assert any(line.words.startswith("stands still") and line.due_at is None for line in paused)


def test_opening_a_ticket_with_a_client_stands_in_the_access_log(client, specialist):
    ticket = raised(client=ClientFactory())
    bare = raised()

    client.get(address("ticket", ticket))
    client.get(address("ticket", ticket), headers={"HX-Request": "true", "HX-Target": "said"})
    client.get(address("ticket", bare))

    assert [one.subject_id for one in AccessEntry.objects.filter(what="ticket.view")] == [
        str(ticket.pk)
    ]


def test_looking_takes_the_news_away(client, specialist):
    ticket = resolved(responsible=specialist)
    client.get(address("ticket", ticket), headers={"HX-Request": "true", "HX-Target": "said"})
    assert Ticket.objects.moved().exists()  # a page asking for itself is nobody's look

    client.get(address("ticket", ticket))

    assert not Ticket.objects.moved().exists()


def test_part_of_the_page_is_what_a_full_reload_shows(client, specialist):
    ticket = raised(responsible=specialist)
    client.post(address("note", ticket), {"text": "Klient on pahane"})
    whole = shown(client, ticket)

    for part in ("standing", "said", "beside"):
        headers = {"HX-Request": "true", "HX-Target": part}
        piece = soup(client.get(address("ticket", ticket), headers=headers))
        assert piece.select_one(f"#{part}").get_text() == whole.select_one(f"#{part}").get_text()


def test_draft_opens_for_writing_and_a_cancelled_one_as_a_page(client, specialist):
    draft = TicketFactory(responsible=specialist)
    assert client.get(address("ticket", draft)).url == reverse("tickets:write", args=[draft.key])

    posted(client, "discard", draft)

    assert client.get(address("ticket", draft)).status_code == 200


@pytest.mark.parametrize("made", [raised, resolved, lambda **who: told(resolved(**who))])
def test_page_with_200_comments_asks_few_questions(client, specialist, made):
    ticket = made(responsible=specialist, client=ClientFactory(phone="+372 5300 1234"))
    for _other in range(3):
        TicketRelation.objects.create(
            ticket=ticket, other=raised(), kind="related", by=specialist, at=MONDAY_TEN
        )
    kinds = ["internal", "tier2" if ticket.is_open else "internal"]
    for number in range(200):
        actions.comment_on_ticket(
            ticket=ticket, kind=kinds[number % 2], text=f"Märkus {number}",
            by=UserFactory(role="solver") if number % 50 == 0 else specialist, at=MONDAY_TEN,
        )  # fmt: skip
    note_with_file(ticket, "internal")

    with CaptureQueriesContext(connection) as asked_for:
        page = client.get(address("ticket", ticket))

    assert len(page.context["comments"]) >= 201
    assert len(asked_for) <= 15, "\n".join(one["sql"][:150] for one in asked_for)
