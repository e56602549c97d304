"""What people see of Jira: what leaves, what did not get there, and one click to try again."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.tickets import raised
from tests.tickets.jira.outbox import FIELD_MAP, fresh, handed_over, issues, jira_site, worker
from tickets.models import JiraProject, JiraSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def jira(data_center):
    return data_center


@pytest.fixture
def site(jira):
    return jira_site(jira)


def page(ticket, user=None):
    browser = Client()
    browser.cookies["django_language"] = "en"
    browser.force_login(user or ticket.responsible)
    return browser, browser.get(reverse("tickets:ticket", args=[ticket.pk])).content.decode()


def test_page_shows_the_issue_and_where_it_stands_there(jira, site):
    ticket = handed_over()
    worker()

    _browser, shown = page(ticket)

    assert fresh(ticket).jira.issue_key in shown
    assert f"{site.address}/browse/{fresh(ticket).jira.issue_key}" in shown


def test_failure_is_seen_by_the_responsible_and_the_coordinator_who_try_again(jira, site):
    JiraProject.objects.update(project_key="POLE")
    ticket = handed_over()
    worker()
    JiraProject.objects.update(project_key="KLT")
    browser, shown = page(ticket, UserFactory(role="coordinator"))
    assert "Create the issue" in shown
    assert "Jira does not take it as it is." in shown

    browser.post(reverse("tickets:try_jira_again", args=[ticket.pk]))
    worker()

    assert fresh(ticket).link_state == "linked"
    assert len(issues(jira)) == 1


def test_preview_shows_all_that_leaves_and_nothing_else(jira, site):
    JiraProject.objects.update(field_map={"summary": "summary"})
    ticket = raised(description="Klient Mari ootab aruande salvestamist, lukustus ees.")
    browser, _shown = page(ticket)

    shown = browser.get(reverse("tickets:leaving", args=[ticket.pk])).content.decode()

    assert ticket.summary in shown
    assert "Klient Mari" not in shown


def administer(**changes):
    browser = Client()
    browser.force_login(UserFactory(role="administrator"))
    project = JiraProject.objects.get()
    typed = {
        "site": project.site_id,
        "group": project.group_id,
        "project_key": "KLT",
        "issue_type": "Task",
        "field_map": "{}",
        "status_map": "{}",
    } | changes
    address = reverse("admin:tickets_jiraproject_change", args=[project.pk])
    return browser.post(address, typed)


@pytest.mark.parametrize(
    "changes",
    [
        {"field_map": '{"x": "client"}'},
        {"field_map": '["client"]'},
        {"status_map": '{"Done": "closed"}'},
    ],
)
def test_map_cannot_name_what_must_not_leave_nor_close_a_ticket(site, changes):
    answer = administer(**changes)

    assert answer.status_code == 200
    assert JiraProject.objects.get().field_map == FIELD_MAP


def test_map_that_is_right_is_kept(site):
    answer = administer(field_map='{"description": "description"}')

    assert answer.status_code == 302
    assert JiraProject.objects.get().field_map == {"description": "description"}


def test_secrets_are_never_shown_and_an_empty_field_keeps_them(site):
    browser = Client()
    browser.force_login(UserFactory(role="administrator"))
    address = reverse("admin:tickets_jirasite_change", args=[site.pk])
    assert "test-token" not in browser.get(address).content.decode()

    browser.post(
        address,
        {"code": "kea", "address": site.address, "edition": "data_center", "is_active": "on"},
    )

    assert JiraSite.objects.get().token == "test-token"
