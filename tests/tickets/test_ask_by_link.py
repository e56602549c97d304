"""Somebody of tier II who never signs in is asked by a link, reads the matter and answers."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from common.models import ExternalLink, LinkOpening, OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.tickets import group_named, raised
from tickets import actions
from tickets.actions.ask_by_link import open_links_of
from tickets.models import Ticket, TicketComment

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def ticket():
    client = ClientFactory(name="Salajane Isik OÜ", email="klient@example.ee", phone="+37253001234")
    return raised(at=timezone.now(), client=client)


def ask(ticket, **sent):
    typed = {"address": "juht@agency.example", "text": "Kas rida on lukus?", "language": "et"}
    return actions.ask_by_link(
        ticket=ticket, **{**typed, **sent}, by=ticket.responsible, at=timezone.now()
    )


def link_in_mail():
    mail = OutgoingMail.objects.get(key__startswith="tickets.link:")
    return re.search(r"/tickets/link/[\w-]+/\w\w/", mail.text)[0]


def answered(client, place, **sent):
    return client.post(place, {"what": "word", "name": "Jüri Juht", "text": "Uurime.", **sent})


def test_link_is_sent_from_the_page_of_the_ticket(client, ticket):
    client.force_login(ticket.responsible)

    client.post(
        reverse("tickets:ask_by_link", args=[ticket.pk]),
        {"address": "juht@agency.example", "text": "Kas rida on lukus?", "language": "ru"},
    )

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == ("juht@agency.example", "ru")
    assert link_in_mail().endswith("/ru/")
    comment = TicketComment.objects.get()
    assert (comment.kind, comment.text, comment.mail) == ("tier2", "Kas rida on lukus?", mail)
    assert "/link/" not in comment.text
    link = ExternalLink.objects.get()
    assert (link.expires_at - link.issued_at).days == 14


def test_mail_and_page_tell_the_matter_and_nothing_of_the_client_or_our_notes(client, ticket):
    actions.comment_on_ticket(
        ticket=ticket, kind="internal", text="salajane märkus", by=ticket.responsible,
        at=timezone.now(),
    )  # fmt: skip
    ask(ticket)
    actions.ask_client(
        ticket=ticket, text="kliendile öeldud", by_mail=True, by=ticket.responsible,
        at=timezone.now(),
    )  # fmt: skip

    mail = OutgoingMail.objects.get(key__startswith="tickets.link:")
    page = client.get(link_in_mail())

    shown = page.content.decode()
    for word in (
        ticket.summary,
        ticket.description,
        ticket.steps_tried,
        "KOTKAS",
        "Kas rida on lukus?",
    ):
        assert word in shown
    for text in (shown, mail.subject + mail.text):
        for hidden in (
            "salajane märkus",
            "kliendile öeldud",
            "Salajane Isik",
            "klient@example.ee",
            "53001234",
            "5300 1234",
        ):
            assert hidden not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("what", "state"),
    [("word", "in_progress"), ("question", "needs_info"), ("solution", "resolved")],
)
def test_whoever_holds_the_link_says_asks_or_solves(client, ticket, what, state):
    ask(ticket)
    file = SimpleUploadedFile("kiri.txt", b"Lukustus\n")

    answer = answered(client, link_in_mail(), what=what, file=file)

    assert answer.status_code == 200
    ticket.refresh_from_db()
    assert ticket.state == state
    said = TicketComment.objects.get(is_incoming=True)
    assert (said.by, said.author_name, said.source) == (None, "Jüri Juht", "link")
    assert said.files.get().original_name == "kiri.txt"
    assert ticket.solution == ("Uurime." if what == "solution" else "")


@pytest.mark.parametrize("language", ["et", "en", "ru"])
def test_page_speaks_three_languages(client, ticket, language):
    ask(ticket)

    page = client.get(re.sub(r"\w\w/$", f"{language}/", link_in_mail()))

    assert page.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in page.content.decode()


def test_each_opening_is_logged(client, ticket):
    ask(ticket)

    client.get(link_in_mail())

    assert [one.was_let_in for one in LinkOpening.objects.all()] == [True]


def test_revoked_expired_unknown_and_solved_all_show_the_same_page(client, ticket):
    link = ask(ticket)
    place = link_in_mail()
    client.force_login(ticket.responsible)
    client.post(reverse("tickets:revoke_link", args=[ticket.pk, link.pk]))
    client.logout()
    pages = [client.get(place)]
    ExternalLink.objects.update(revoked_at=None, expires_at=timezone.now())
    pages.append(client.get(place))
    pages.append(client.get(reverse("tickets:link_in", args=["x" * 43, "et"])))
    ExternalLink.objects.update(expires_at=timezone.now() + DAY)
    actions.resolve_ticket(
        ticket=ticket, solution="Maas.", by=None, author_name="J", at=timezone.now()
    )
    pages.append(client.get(place))

    assert [page.status_code for page in pages] == [410] * 4
    assert len({page.content for page in pages}) == 1
    assert ticket.number not in pages[0].content.decode()
    assert answered(client, place).status_code == 410


def test_link_of_one_ticket_opens_no_file_of_another_kind(client, ticket):
    ask(ticket)
    token = link_in_mail().split("/")[3]
    actions.hear_from_client(
        ticket=ticket, text="Siin", by=ticket.responsible, at=timezone.now(),
    )  # fmt: skip
    answered(client, link_in_mail(), file=SimpleUploadedFile("kiri.txt", b"Lukustus\n"))
    tier2 = TicketComment.objects.get(source="link").files.get()
    place = reverse("tickets:link_file", args=[token, tier2.pk])
    assert b"".join(client.get(place)) == b"Lukustus\n"

    TicketComment.objects.filter(source="link").update(kind="internal")

    assert client.get(place).status_code == 404


def test_no_personal_code_leaves_with_the_question(ticket):
    with pytest.raises(actions.PersonalCodeInText):
        ask(ticket, text="Isik 38001085718")

    assert not OutgoingMail.objects.exists()
    assert not ExternalLink.objects.exists()


def test_colleague_revokes_no_link_of_a_ticket_that_is_not_the_own(client, ticket):
    link = ask(ticket)
    client.force_login(UserFactory(role="specialist"))

    answer = client.post(reverse("tickets:revoke_link", args=[ticket.pk, link.pk]))

    assert answer.status_code == 403
    assert client.get(link_in_mail()).status_code == 200


def test_second_press_after_an_answer_that_was_lost_says_it_once(client, ticket):
    ask(ticket)
    for _press in range(2):
        file = SimpleUploadedFile("kiri.txt", b"Lukustus\n")
        assert answered(client, link_in_mail(), file=file).status_code == 200
    answered(client, link_in_mail(), file=SimpleUploadedFile("kiri.txt", b"Hoopis muu\n"))
    answered(client, link_in_mail(), name="Mari Meister")

    said = TicketComment.objects.filter(is_incoming=True).order_by("pk")
    assert [(one.author_name, one.files.count()) for one in said] == [
        ("Jüri Juht", 1),
        ("Jüri Juht", 1),
        ("Mari Meister", 0),
    ]


def test_link_for_one_group_opens_no_more_when_another_has_the_ticket(client, ticket):
    Ticket.objects.update(facts={**ticket.facts, "place": "Ravila, Kose"})
    ask(ticket)
    ticket.refresh_from_db()

    actions.regroup_ticket(
        ticket=ticket, version=ticket.version, group=group_named("VALDKOND"), reason="Pole IT mure",
        by=ticket.responsible, at=timezone.now(),
    )  # fmt: skip

    assert client.get(link_in_mail()).status_code == 410
    assert ticket.events.filter(what="link_revoked").count() == 1


def test_answers_without_end_are_stopped(client, ticket):
    ask(ticket)

    codes = [answered(client, link_in_mail()).status_code for _number in range(11)]

    assert codes[-1] == 422
    assert Ticket.objects.get().state == "in_progress"


def test_link_that_a_solution_ended_stays_ended_when_the_ticket_opens_again(client, ticket):
    ask(ticket)
    place = link_in_mail()
    ticket = actions.resolve_ticket(
        ticket=ticket, solution="Korras.", by=None, author_name="Jüri Juht", at=timezone.now()
    )
    actions.reopen_ticket(
        ticket=ticket, version=ticket.version, reason="ei aita", by=ticket.responsible,
        at=timezone.now(),
    )  # fmt: skip

    assert client.get(place).status_code == 410
    assert not open_links_of(Ticket.objects.get(pk=ticket.pk), at=timezone.now()).exists()

    OutgoingMail.objects.all().delete()
    ask(ticket, text="Uuesti")
    assert client.get(link_in_mail()).status_code == 200
