"""Tickets as a file: exactly what is filtered, as far as the permission reaches."""

import io

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.tickets import raised, resolved
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
EXPORT = reverse("tickets:export")


def login(client, role):
    user = UserFactory(role=role)
    client.force_login(user)
    return user


def exported(client, query="?list=all", **typed):
    answer = client.post(EXPORT + query, {"reason": "kuu aruanne", "kind": "csv"} | typed)
    content = b"".join(answer.streaming_content)
    return answer, content


def rows_of_csv(content):
    return [line.split(";") for line in content.decode("utf-8-sig").splitlines()]


def test_coordinator_takes_out_exactly_what_is_filtered_and_it_is_logged(client):
    wanted = [resolved(), resolved()]
    raised()
    me = login(client, "coordinator")

    _answer, content = exported(client, "?list=all&state=resolved")

    mark, _heads, *rows = rows_of_csv(content)
    assert "kuu aruanne" in ";".join(mark)
    assert {row[0] for row in rows} == {ticket.number for ticket in wanted}
    entry = AccessEntry.objects.get(what="ticket.export")
    assert (entry.by_id, entry.reason, entry.result_count) == (me.pk, "kuu aruanne", 2)


def test_specialist_takes_out_own_tickets_alone(client):
    me = login(client, "specialist")
    own = raised(responsible=me)
    raised()

    _answer, content = exported(client)

    assert [row[0] for row in rows_of_csv(content)[2:]] == [own.number]


def test_texts_come_along_only_when_asked_for_and_are_never_formulas(client):
    login(client, "coordinator")
    ticket = raised()
    Ticket.objects.filter(pk=ticket.pk).update(description="=HYPERLINK(1)")

    without, with_content = (
        exported(client, **more)[1].decode() for more in ({}, {"with_content": "on"})
    )

    assert "HYPERLINK" not in without
    assert "'=HYPERLINK(1)" in with_content


def test_workbook_holds_the_same_rows_and_no_formula(client):
    login(client, "coordinator")
    ticket = raised()
    Ticket.objects.filter(pk=ticket.pk).update(summary="=1+1\x07")

    answer, content = exported(client, kind="xlsx")

    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    _mark, _heads, row = sheet.iter_rows()
    assert row[0].value == ticket.number
    assert [(cell.value, cell.data_type) for cell in row if "1+1" in str(cell.value)] == [("'=1+1", "s")]  # fmt: skip


def test_export_asks_why_first(client):
    login(client, "coordinator")

    asked, refused = client.get(EXPORT), client.post(EXPORT, {"reason": "", "kind": "csv"})

    assert (asked.status_code, refused.status_code) == (200, 422)
    assert not AccessEntry.objects.filter(what="ticket.export").exists()


def test_solver_takes_nothing_out(client):
    login(client, "solver")

    assert client.get(EXPORT).status_code == 403


def test_form_of_the_export_is_sent_by_the_browser_since_a_file_comes(client):
    login(client, "coordinator")

    page = client.get(EXPORT).content.decode()

    assert "data-goes-itself" in page
