"""The checklist on its pages: who ticks, with scripts and without."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.tickets import TicketFactory, group_named, raised, resolved, solver_of
from tests.htmx import soup, swapped
from tickets.models import ChecklistTemplate, Ticket

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    ChecklistTemplate.objects.all().delete()


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def address(name, ticket, *more):
    return reverse(f"tickets:{name}", args=[ticket.pk, *more])


def with_lines(ticket, *texts, **fields):
    for place, text in enumerate(texts):
        ticket.checklist.create(text_et=text, position=place, **fields)
    return list(ticket.checklist.all())


def test_panel_after_a_tick_is_the_one_of_a_fresh_page(client, specialist):
    ticket = raised(responsible=specialist)
    one, _two = with_lines(ticket, "üks", "kaks")
    page = soup(client.get(address("ticket", ticket)))

    answer = soup(client.post(address("tick", ticket, one.pk), {"ticked": "yes"}, headers=HTMX))

    fresh = soup(client.get(address("ticket", ticket)))
    panel = swapped(page, answer, target="#checklist").select_one("#checklist")
    assert [b["aria-checked"] for b in panel.select("[role=checkbox]")] == ["true", "false"]
    assert panel.get_text() == fresh.select_one("#checklist").get_text()
    assert str(specialist) in panel.get_text()


def test_without_scripts_a_tick_leads_back_to_the_checklist(client, specialist):
    ticket = raised(responsible=specialist)
    [line] = with_lines(ticket, "üks")

    answer = client.post(address("tick", ticket, line.pk), {"ticked": "yes"})
    assert answer.url == address("ticket", ticket) + "#checklist"
    client.post(address("tick", ticket, line.pk), {"ticked": "no"})

    line.refresh_from_db()
    assert not line.is_ticked


def test_tier_two_of_the_group_ticks_and_a_colleague_only_reads(client, specialist):
    ticket = raised()
    [line] = with_lines(ticket, "üks")
    url = address("tick", ticket, line.pk)

    page = soup(client.get(address("ticket", ticket)))
    assert page.select("#checklist form") == []
    assert client.post(url, {"ticked": "yes"}).status_code == 403
    client.force_login(solver_of(ticket.group))
    assert client.post(url, {"ticked": "yes"}).status_code == 302
    client.force_login(UserFactory(role="solver"))
    assert client.post(url, {"ticked": "no"}).status_code == 404

    line.refresh_from_db()
    assert line.is_ticked


def test_line_of_another_ticket_is_not_found_under_this_one(client, specialist):
    ticket = raised(responsible=specialist)
    [foreign] = with_lines(raised(), "muu")

    assert client.post(address("tick", ticket, foreign.pk), {}).status_code == 404


def test_line_is_added_and_taken_away(client, specialist):
    ticket = raised(responsible=specialist)

    client.post(address("add_line", ticket), {"text": "küsi logi"})
    client.post(address("remove_line", ticket, ticket.checklist.get().pk))

    assert not ticket.checklist.exists()


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_refused_line_stays_typed_and_says_why(client, specialist, headers):
    ticket = raised(responsible=specialist)

    answer = client.post(
        address("add_line", ticket), {"text": "kontrolli 38001085718"}, headers=headers
    )

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("#id_checklist_text")["value"] == "kontrolli 38001085718"
    assert page.select_one("#checklist .errorlist")


def test_template_is_chosen_on_its_page(client, specialist):
    made = ChecklistTemplate.objects.create(
        group=group_named("IT"), name_et="N", name_en="Review", name_ru="Н", is_automatic=False
    )
    made.lines.create(text_et="üks", text_en="one", text_ru="раз")
    ticket = raised(responsible=specialist)

    page = soup(client.get(address("checklist", ticket)))
    client.post(address("begin_checklist", ticket), {"template": made.pk})

    assert "Review" in page.get_text()
    assert ticket.checklist.get().text_et == "üks"
    assert client.post(address("begin_checklist", ticket), {"template": "x"}).status_code == 302


def test_delivery_reminds_of_what_is_not_ticked_and_ticks_with_it(client, specialist):
    ticket = resolved(responsible=specialist)
    one, two = with_lines(ticket, "üks", "kaks")
    page = soup(client.get(address("deliver", ticket)))
    assert [box["value"] for box in page.select("input[name=ticked]")] == [str(one.pk), str(two.pk)]

    client.post(
        address("deliver", ticket),
        {
            "version": Ticket.objects.get(pk=ticket.pk).version,
            "channel": "phone", "text": "Ütlesin.", "closes": "no", "ticked": [one.pk],
        },
    )  # fmt: skip

    assert [line.is_ticked for line in ticket.checklist.all()] == [True, False]
    assert Ticket.objects.get(pk=ticket.pk).state == "told"
    message = client.post(
        address("close", ticket), {"version": Ticket.objects.get(pk=ticket.pk).version}, follow=True
    ).content.decode()
    assert "Not ticked on the checklist: kaks." in message
    assert Ticket.objects.get(pk=ticket.pk).state == "closed"


def test_delivery_names_what_must_be_done_before_and_keeps_what_was_typed(client, specialist):
    ticket = resolved(responsible=specialist)
    with_lines(ticket, "roll kontrollitud", is_required=True)

    answer = client.post(
        address("deliver", ticket),
        {"version": ticket.version, "channel": "phone", "text": "Ütlesin nii.", "closes": "yes"},
    )

    page = soup(answer)
    assert answer.status_code == 422
    assert "“roll kontrollitud”" in page.select_one("#error-summary").get_text()
    assert "Ütlesin nii." in page.select_one("#id_text").get_text()


def test_draft_shows_no_checklist(client, specialist):
    ticket = TicketFactory(responsible=specialist)
    client.force_login(UserFactory(role="specialist"))

    assert soup(client.get(address("ticket", ticket))).select("#checklist") == []


@pytest.mark.parametrize("count", [1, 3])
def test_panel_costs_the_same_for_any_number_of_lines(
    client, specialist, count, django_assert_num_queries
):
    ticket = raised(responsible=specialist)
    with_lines(ticket, *"abc"[:count])

    with django_assert_num_queries(5):
        client.get(address("checklist", ticket), headers=HTMX)
