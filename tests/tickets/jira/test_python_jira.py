"""Another's client on our stand-in: where the package `jira` feels at home, Jira is stood in for well.

Its own retries are off: it would repeat a POST as well.
"""

import io

import jira as python_jira
import pytest

from tests.tickets.jira.conftest import site_of


@pytest.fixture
def other(jira):
    ours = site_of(jira)
    sign_in = (
        {"basic_auth": (ours.email, ours.token)} if jira.is_cloud else {"token_auth": ours.token}
    )
    client = python_jira.JIRA(server=jira.address, max_retries=0, **sign_in)
    yield client
    client.close()


def created(other, **fields):
    words = {"project": "KLT", "issuetype": {"name": "Task"}, "summary": "Luba ei avane"}
    return other.create_issue(fields=words | {"description": "Klient ei pääse", **fields})


def test_issue_is_created_and_read(jira, other):
    issue = created(other, labels=["klt-1"], priority={"name": "High"})

    assert (issue.key, issue.fields.summary, issue.fields.priority.name) == (
        "KLT-1",
        "Luba ei avane",
        "High",
    )
    assert issue.fields.status.statusCategory.key == "new"
    assert jira.find("KLT-1").description.wiki == "Klient ei pääse"


def test_wrong_fields_come_as_its_error(other):
    with pytest.raises(python_jira.JIRAError) as error:
        created(other, priority={"name": "Kõrge"})

    assert (error.value.status_code, error.value.text) == (
        400,
        "Priority name 'Kõrge' is not valid",
    )


def test_issue_of_nobody_and_captcha_come_as_its_errors(jira, other):
    with pytest.raises(python_jira.JIRAError) as missing:
        other.issue("KLT-404")
    jira.faults.captcha()
    with pytest.raises(python_jira.JIRAError) as captcha:
        other.issue("KLT-404")

    assert (missing.value.status_code, captcha.value.status_code) == (404, 403)
    assert "CAPTCHA_CHALLENGE" in captcha.value.text


def test_comments_are_added_changed_and_listed(jira, other):
    issue = created(other)

    comment = other.add_comment(issue, "Proovige uuesti")
    comment.update(body="Proovige nüüd uuesti")

    assert [(one.author.displayName, one.body) for one in other.comments(issue)] == [
        ("Servicedesk", "Proovige nüüd uuesti")
    ]
    other.comment(issue, comment.id).delete()
    assert other.comments(issue) == []


def test_transition_goes_by_name_with_its_fields(jira, other):
    issue = created(other)

    assert [one["name"] for one in other.transitions(issue)] == ["Start", "Done", "Reject"]
    other.transition_issue(issue, "Done", fields={"resolution": {"name": "Done"}}, comment="Valmis")

    kept = jira.find(issue.key)
    assert (kept.status.name, kept.resolution, len(kept.comments)) == ("Done", "Done", 1)
    with pytest.raises(python_jira.JIRAError):
        other.transition_issue(issue, "9999")


def test_file_is_attached_and_fetched(jira, other):
    issue, content = created(other), bytes(range(256)) * 100

    other.add_attachment(issue, io.BytesIO(content), "ekraan.png")

    (attachment,) = other.issue(issue.key).fields.attachment
    assert (attachment.filename, attachment.size) == ("ekraan.png", len(content))
    assert attachment.get() == content


def test_search_goes_over_all_pages(jira, other):
    for number in range(60):
        jira.raise_issue(f"nr {number}", labels=["klt-1"] if number % 2 else [])

    found = other.search_issues('project = KLT AND labels = "klt-1" ORDER BY key', maxResults=False)
    some = other.search_issues("project = KLT AND updated >= -2h", maxResults=7, fields="summary")

    assert [one.fields.summary for one in found] == [f"nr {number}" for number in range(1, 60, 2)]
    assert len(some) == 7


def test_edit_link_watch_and_property(jira, other):
    issue = created(other)

    issue.update(summary="Uus pealkiri", update={"labels": [{"add": "klt-2"}]})
    other.add_remote_link(issue, {"url": "https://klt.example/t/1", "title": "KLT-1"}, globalId="x")
    other.add_watcher(issue, "liis.kask" if not jira.is_cloud else jira.liis.account_id)
    other.add_issue_property(issue, "klt.marker", {"id": 1})

    kept = jira.find(issue.key)
    assert (kept.summary, kept.labels, list(kept.links)) == ("Uus pealkiri", ["klt-2"], ["x"])
    assert other.watchers(issue).watchCount == 1
    assert kept.properties == {"klt.marker": {"id": 1}}
    assert [one.globalId for one in other.remote_links(issue)] == ["x"]


def test_what_is_there_to_choose_from(jira, other):
    assert other.myself()["displayName"] == "Servicedesk"
    assert other.project("KLT").name == "Klienditugi"
    assert [one.name for one in other.priorities()][:2] == ["Highest", "High"]
    assert "Waiting for reporter" in [one.name for one in other.statuses()]
    assert "customfield_10050" in [one["id"] for one in other.fields()]


def test_what_a_new_issue_of_data_center_asks_for(data_center):
    other = python_jira.JIRA(server=data_center.address, max_retries=0, token_auth="test-token")

    types = [one.name for one in other.project_issue_types("KLT")]
    asked = {one.fieldId: one.required for one in other.project_issue_fields("IT", "10001")}
    other.close()

    assert types == ["Task", "Bug", "Service Request"]
    assert (asked["summary"], asked["priority"], asked["duedate"]) == (True, True, False)


def test_issue_is_assigned_moved_and_deleted(jira, other):
    issue = created(other)

    issue.update(
        assignee={"accountId" if jira.is_cloud else "name": jira.shapes.account(jira.mart)}
    )
    jira.move(issue.key, "IT")
    assert other.issue("KLT-1").key == "IT-1"
    assert other.issue("IT-1").fields.assignee.displayName == "Mart Tamm"

    other.issue("IT-1").delete()
    assert jira.issues == {}
