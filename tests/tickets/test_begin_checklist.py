"""A ticket's checklist: where its lines come from."""

import datetime as dt

import pytest

from common.states import MoveNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.knowledge import TopicFactory
from tests.factories.tickets import TicketFactory, group_named, raised
from tickets import actions
from tickets.models import ChecklistLine, ChecklistTemplate, Ticket, TicketGroup

pytestmark = pytest.mark.django_db
LATER = MONDAY_TEN + dt.timedelta(hours=1)


def template(*texts, group="IT", **fields):
    made = ChecklistTemplate.objects.create(
        group=group_named(group), name_et="Nimekiri", name_en="List", name_ru="Список", **fields
    )
    for place, text in enumerate(texts):
        made.lines.create(text_et=text, text_en=f"{text} en", text_ru=f"{text} ru", position=place)
    return made


@pytest.fixture(autouse=True)
def _no_first_checklists():
    ChecklistTemplate.objects.all().delete()


def texts(ticket):
    return list(ticket.checklist.values_list("text_et", flat=True))


def test_raising_brings_what_the_group_goes_through_by_itself():
    topic = TopicFactory()
    template("üks", "kaks")
    template("teema", topic=topic, position=1)
    template("teemarühm", topic=topic.parent, position=2)
    template("muu teema", topic=TopicFactory())
    template("muu rühm", group="VALDKOND")
    template("valitav", is_automatic=False)
    template("endine", is_active=False)

    ticket = raised(topic=topic)

    assert texts(ticket) == ["üks", "kaks", "teema", "teemarühm"]


def test_change_of_the_template_changes_no_ticket():
    made = template("üks")
    ticket = raised()

    made.lines.update(text_et="muu")
    made.delete()

    assert texts(ticket) == ["üks"]


def test_raising_again_brings_no_line_back_that_was_taken_away():
    template("üks", "kaks")
    ticket = raised()
    actions.remove_checklist_line(line=ticket.checklist.first(), by=ticket.responsible, at=LATER)
    ticket = actions.send_ticket_back(ticket=ticket, reason="Ei", by=UserFactory(), at=LATER)

    actions.raise_ticket(ticket=ticket, version=ticket.version, by=ticket.responsible, at=LATER)

    assert texts(ticket) == ["kaks"]


def test_chosen_checklist_is_added_once_and_keeps_its_ticks():
    made = template("üks", is_automatic=False)
    ticket = raised()
    me = ticket.responsible
    actions.begin_checklist(ticket=ticket, template=made, by=me, at=LATER)
    actions.tick_line(line=ticket.checklist.get(), by=me, at=LATER)
    made.lines.create(text_et="kaks", text_en="two", text_ru="два", position=1)

    actions.begin_checklist(ticket=ticket, template=made, by=me, at=LATER)

    assert texts(ticket) == ["üks", "kaks"]
    assert ticket.checklist.first().ticked_by == me
    assert ticket.events.filter(what="checklist_begun").count() == 2


def test_another_group_brings_its_own_and_what_was_done_stays():
    template("it")
    template("valdkond", group="VALDKOND")
    ticket = raised()
    Ticket.objects.filter(pk=ticket.pk).update(facts={"place": "Kose vald"})
    ticket.refresh_from_db()

    actions.regroup_ticket(
        ticket=ticket, version=ticket.version, group=TicketGroup.objects.get(code="VALDKOND"),
        reason="Nende asi", by=ticket.responsible, at=LATER,
    )  # fmt: skip

    assert texts(ticket) == ["it", "valdkond"]


def test_draft_and_ended_ticket_get_no_checklist():
    made, draft = template("üks"), TicketFactory()

    with pytest.raises(MoveNotAllowed):
        actions.begin_checklist(ticket=draft, template=made, by=draft.responsible, at=LATER)

    assert not ChecklistLine.objects.exists()


def test_first_groups_have_a_checklist_each_and_none_hinders_telling_the_client():
    from functools import partial  # noqa: PLC0415

    from django.apps import apps  # noqa: PLC0415

    from tickets.first_checklists import write_first_checklists  # noqa: PLC0415

    group_named("IT")
    for _ in range(2):
        write_first_checklists(partial(apps.get_model, "tickets"))

    found = ChecklistTemplate.objects.all()
    assert {one.group.code for one in found} == {"LOAHALDUR", "VALDKOND", "IT"}
    assert found.count() == 3
    assert all(one.is_automatic and one.lines.count() >= 3 for one in found)
    assert not any(line.is_required for one in found for line in one.lines.all())
