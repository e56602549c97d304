"""From a call to a client who knows, with tier II in Jira: down at first, then doing its part."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_ticket_story import call_to_ticket, picture, press
from tests.factories.ticket_data import ticket_data
from tests.factories.tickets import IT_FACTS
from tests.standins.jira import DATA_CENTER, start
from tests.standins.smtp import free_port
from tests.tickets.jira.outbox import jira_site
from tickets import actions
from tickets.models import JiraSite, Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


@pytest.fixture
def jira(transactional_db):
    server = start(DATA_CENTER)
    yield server.site
    server.shutdown()
    server.server_close()


def worker_works(minutes):
    """The worker comes to what is owed, so many minutes from now."""
    at = timezone.now() + timedelta(minutes=minutes)
    for _call in range(4):
        actions.sweep_jira_calls(at=at)
    JiraSite.objects.update(tried_at=None)
    actions.reconcile_jira(at=at)


def test_ticket_waits_for_jira_is_made_once_and_its_solution_reaches_the_client(
    page, live_server, sign_in, topic, jira, faults
):
    faults.expect("status of 422")
    ticket_data()
    site = jira_site(jira)
    JiraSite.objects.update(address=f"http://127.0.0.1:{free_port()}")  # nobody is there
    sign_in("specialist")
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    call_to_ticket(page, topic)
    page.get_by_label("IT-tugi").check()
    for code, text in IT_FACTS.items():
        if code != "screen":
            page.locator(f"#id_fact_{code}").fill(text)
    page.locator("#id_steps_tried").fill("Logis välja ja uuesti sisse, sama teade")
    page.locator("input[name=may_contact][value=yes]").check(force=True)
    press(page, "Control+Enter")
    expect(page.locator("#error-summary")).to_contain_text("Vaade või vorm")
    page.locator("#id_fact_screen").fill(IT_FACTS["screen"])
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))

    # Jira is down: the ticket waits, and the page says so.
    worker_works(0)
    page.reload()
    standing = page.locator("section[aria-labelledby=jira-title]")
    expect(standing).to_contain_text("Jirasse veel jõudmata")
    expect(standing).to_contain_text("Jirani ei jõua")
    picture(page, "jira-down")

    # It is back, and breaks the connection after it has made the issue: there is one all the same.
    JiraSite.objects.update(address=jira.address)
    jira.faults.drop(done=True, method="POST", path="/issue")
    worker_works(5)
    worker_works(10)
    worker_works(15)
    (issue,) = jira.issues.values()
    page.reload()
    expect(standing.get_by_role("link", name=issue.key)).to_be_visible()

    # Tier II answers and solves it there; here it stands among the answers to deliver.
    jira.assign(issue.id, jira.mart)
    jira.comment(issue.id, "Lukustus on maas, palun salvestada uuesti.", by=jira.mart)
    jira.set_status(issue.id, "Done", by=jira.mart, resolution="Done")
    worker_works(20)
    page.goto(f"{live_server.url}/tickets/?list=deliver")
    picture(page, "to-deliver")
    ticket = Ticket.objects.get()
    page.get_by_role("link", name=ticket.number).click()
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    expect(page.locator("#said")).to_contain_text("Lukustus on maas")
    press(page, "Alt+V")
    page.wait_for_url("**/deliver/")
    page.locator("input[name=channel][value=phone]").check()
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))

    worker_works(25)
    ticket.refresh_from_db()
    assert ticket.state == "closed"
    assert issue.status.category == "done"
    assert len(jira.issues) == 1
    site.refresh_from_db()
    assert site.problem == ""
