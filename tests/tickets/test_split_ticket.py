"""A second matter in a ticket gets a draft of its own, and nothing is typed again."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.models import StaleSave
from common.uploads import check_upload
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import raised
from tickets import actions
from tickets.models import Ticket, TicketRelation

pytestmark = pytest.mark.django_db
POINT = "Aruande read kaovad ekraanilt pärast salvestamist."


def said(ticket, kind, text, **more):
    return actions.comment_on_ticket(
        ticket=ticket, kind=kind, text=text, by=ticket.responsible, at=MONDAY_TEN, **more
    )


def split(ticket, *, key=None, points=(POINT,), comments=(), is_part=False, version=None):
    return actions.split_ticket(
        ticket=ticket, key=key or uuid.uuid4(), points=points, comments=comments, is_part=is_part,
        version=version or Ticket.objects.get(pk=ticket.pk).version,
        by=ticket.responsible, at=MONDAY_TEN,
    )  # fmt: skip


def test_words_and_files_are_carried_over_and_stay_where_they_were():
    ticket = raised(client=ClientFactory())
    upload = check_upload(SimpleUploadedFile("pilt.txt", b"Lukus\n"), allowed={"text/plain"})
    word = said(ticket, "tier2", "Teine viga on ekspordis.", uploads=[upload])

    draft = split(ticket, comments=[word])

    assert (draft.state, draft.number, draft.summary) == ("draft", "", POINT.rstrip("."))
    assert draft.description == f"{POINT}\n\nTeine viga on ekspordis."
    for name in ("client", "inquiry", "topic", "group", "facts", "responsible", "language"):
        assert getattr(draft, name) == getattr(ticket, name), name
    assert list(draft.comments.get().files.all()) == list(word.files.all())
    assert ticket.comments.get() == word
    relation = TicketRelation.objects.get()
    assert (relation.ticket, relation.other, relation.kind) == (draft, ticket, "split")


def test_draft_is_raised_by_the_usual_check():
    draft = split(raised())
    with pytest.raises(actions.TicketIncomplete):
        actions.raise_ticket(ticket=draft, version=1, by=draft.responsible, at=MONDAY_TEN)

    actions.write_ticket(
        ticket=draft, version=1, typed={"steps_tried": "Logis välja ja uuesti sisse"},
        by=draft.responsible, at=MONDAY_TEN,
    )  # fmt: skip
    version = Ticket.objects.get(pk=draft.pk).version
    new = actions.raise_ticket(ticket=draft, version=version, by=draft.responsible, at=MONDAY_TEN)
    assert new.state == "raised"


def test_personal_code_that_came_along_is_refused_when_it_is_raised():
    ticket = raised()
    word = said(ticket, "internal", "x")
    word.kind, word.text = "client", "Isik 38001085718 ei saa sisse."
    word.save()

    draft = split(ticket, comments=[word])

    with pytest.raises(actions.TicketIncomplete) as refused:
        actions.raise_ticket(ticket=draft, version=1, by=draft.responsible, at=MONDAY_TEN)
    assert "personal_code" in {one.code for one in refused.value.lacking}


def test_note_of_client_support_never_goes_along():
    ticket = raised()

    draft = split(ticket, comments=[said(ticket, "internal", "ainult meile")])

    assert draft.description == POINT


def test_new_one_may_be_a_part_of_the_old():
    ticket = raised()

    draft = split(ticket, is_part=True)

    assert list(ticket.children.all()) == [draft]
    assert not TicketRelation.objects.exists()


def test_page_sent_twice_makes_one_draft_and_a_stale_one_none():
    ticket, key = raised(), uuid.uuid4()
    assert split(ticket, key=key) == split(ticket, key=key)

    with pytest.raises(StaleSave):
        split(ticket, version=77)
    with pytest.raises(actions.NothingChosen):
        split(ticket, points=())

    assert Ticket.objects.filter(state="draft").count() == 1
