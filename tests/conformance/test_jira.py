"""The stand-in of Jira against Jira's own OpenAPI document: what it answers in v3 fits the schemas.

The document (Jira Cloud, 2022) lies beside the checkout and is never copied into it. It is older
than `/search/jql`, whose issues are held against the schema of one issue.
"""

import functools
import json
import re
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft4Validator

from tests.standins.jira import CLOUD, start

DOCUMENT = Path(__file__).parents[3] / "shared" / "data" / "jira" / "platform-swagger.v3.json"
if not DOCUMENT.is_file():  # a worktree lies one folder deeper
    DOCUMENT = Path(__file__).parents[4] / "shared" / "data" / "jira" / "platform-swagger.v3.json"
pytestmark = pytest.mark.skipif(
    not DOCUMENT.is_file(), reason="Jira's own document (../shared/data/jira) is not here"
)
ISSUE = "/issue/{issueIdOrKey}"
DOC = {
    "type": "doc",
    "version": 1,
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Tere"}]}],
}
NEW = {"project": {"key": "KLT"}, "issuetype": {"name": "Task"}, "summary": "Luba"}


@functools.cache
def document():
    return json.loads(DOCUMENT.read_text())


@functools.cache
def components():
    """As the document has them, but for one thing in which Jira itself departs from it: a change
    from nothing has `null` there (captured payloads)."""
    found = document()["components"]
    for name in ("from", "fromString", "to", "toString"):
        found["schemas"]["ChangeDetails"]["properties"][name]["type"] = ["string", "null"]
    return found


def validator(schema):
    return Draft4Validator({**schema, "components": components()})


def schema_of(method, path, status):
    answer = document()["paths"][f"/rest/api/3{path}"][method.lower()]["responses"][str(status)]
    contents = answer.get("content", {})
    return contents["application/json"].get("schema") if contents else None


@pytest.fixture(scope="module")
def jira():
    server = start(CLOUD)
    yield server.site
    server.shutdown()
    server.server_close()


@pytest.fixture
def ask(jira):
    """Ask the stand-in and hold the answer against what the document says of path and status."""

    def asked(method, path, status, *, of="", **words):
        with httpx.Client(auth=(jira.bot.email, "test-token"), trust_env=False) as client:
            address = re.sub(r"\{\w+\}", of, path)
            answer = client.request(method, f"{jira.address}/rest/api/3{address}", **words)
        assert answer.status_code == status, answer.text
        schema = schema_of(method, path.partition("?")[0], status)
        if schema is None or status == 204:
            return None
        errors = [
            f"{'/'.join(map(str, one.path))}: {one.message[:200]}"
            for one in validator(schema).iter_errors(answer.json())
        ]
        assert errors == []
        return answer.json()

    return asked


@pytest.fixture
def issue(jira):
    issue = jira.raise_issue("Luba ei avane", text="Klient ei pääse", labels=["klt-1"])
    issue.components = ["Portaalid"]
    jira.assign(issue.id, jira.mart)
    jira.comment(issue.id, "Proovige", visibility={"type": "role", "value": "Administrators"})
    jira.attach(issue.id, "a.txt", b"abc", kind="text/plain")
    jira.set_status(issue.id, "Done")
    return issue


def test_the_check_itself_can_fail(jira):
    """A schema that lets everything through would prove nothing."""
    schema = {"$ref": "#/components/schemas/CreatedIssue"}

    assert not list(validator(schema).iter_errors({"id": "1", "key": "K-1", "self": "x"}))
    assert list(validator(schema).iter_errors({"id": 1, "key": "K-1", "self": "x"}))
    assert list(validator(schema).iter_errors({"id": "1", "name": "x"}))


@pytest.mark.parametrize(
    "path", ["/serverInfo", "/myself", "/priority", "/status", "/issuetype", "/field"]
)
def test_what_jira_says_of_itself(ask, path):
    assert ask("GET", path, 200)


def test_project(ask):
    assert ask("GET", "/project/{projectIdOrKey}", 200, of="KLT")["key"] == "KLT"
    ask("GET", "/project/{projectIdOrKey}", 404, of="SALA")


def test_created_issue_and_refusal(ask):
    created = ask("POST", "/issue", 201, json={"fields": NEW | {"description": DOC}})
    refused = ask("POST", "/issue", 400, json={"fields": NEW | {"priority": {"name": "?"}}})

    assert created["key"].startswith("KLT-")
    assert set(refused["errors"]) == {"priority"}


def test_issue_with_everything(ask, issue):
    shown = ask("GET", f"{ISSUE}?expand=changelog", 200, of=issue.key)

    assert shown["fields"]["description"]["type"] == "doc"
    assert len(shown["changelog"]["histories"]) == 3


def test_fields_of_an_issue_are_the_documents_own_things(jira, ask, issue):
    """The document leaves `fields` open; each is held against the schema of what it is."""
    fields = ask("GET", ISSUE, 200, of=issue.id)["fields"]

    for name, schema in {
        "status": "StatusDetails",
        "issuetype": "IssueTypeDetails",
        "priority": "Priority",
        "assignee": "UserDetails",
        "reporter": "UserDetails",
        "comment": "PageOfComments",
        "resolution": "Resolution",
        "watches": "Watchers",
    }.items():
        reference = {"$ref": f"#/components/schemas/{schema}"}
        assert list(validator(reference).iter_errors(fields[name])) == [], name
    for attachment in fields["attachment"]:
        reference = {"$ref": "#/components/schemas/Attachment"}
        assert list(validator(reference).iter_errors(attachment)) == []


def test_comments(ask, issue):
    added = ask("POST", f"{ISSUE}/comment", 201, of=issue.id, json={"body": DOC})
    page = ask("GET", f"{ISSUE}/comment", 200, of=issue.id)

    assert added["body"] == DOC
    assert page["total"] == 2


def test_transitions(ask, issue):
    found = ask("GET", f"{ISSUE}/transitions?expand=transitions.fields", 200, of=issue.id)
    words = {"transition": {"id": found["transitions"][0]["id"]}}

    ask("POST", f"{ISSUE}/transitions", 204, of=issue.id, json=words)
    ask("POST", f"{ISSUE}/transitions", 400, of=issue.id, json={"transition": {"id": "9"}})


def test_files(ask, issue):
    words = {"files": {"file": ("a.txt", b"abc", "text/plain")}}

    ask("POST", f"{ISSUE}/attachments", 403, of=issue.id, **words)
    (kept,) = ask(
        "POST",
        f"{ISSUE}/attachments",
        200,
        of=issue.id,
        headers={"X-Atlassian-Token": "no-check"},
        **words,
    )

    assert (kept["filename"], kept["size"]) == ("a.txt", 3)


def test_remote_links_watchers_and_properties(ask, issue):
    link = {"globalId": "x", "object": {"url": "https://klt.example", "title": "KLT-1"}}

    ask("POST", f"{ISSUE}/remotelink", 201, of=issue.id, json=link)
    ask("POST", f"{ISSUE}/remotelink", 200, of=issue.id, json=link)
    ask("POST", f"{ISSUE}/watchers", 204, of=issue.id)
    assert ask("GET", f"{ISSUE}/watchers", 200, of=issue.id)["watchCount"] == 1


def test_edit_and_delete(ask, issue):
    ask("PUT", ISSUE, 204, of=issue.id, json={"fields": {"summary": "Uus"}})
    ask("DELETE", ISSUE, 204, of=issue.id)
    ask("GET", ISSUE, 404, of=issue.id)


def test_issues_that_the_new_search_finds_are_issues(jira, issue):
    words = {"jql": "project = KLT", "fields": ["*all"], "expand": "changelog"}
    answer = httpx.post(
        f"{jira.address}/rest/api/3/search/jql",
        json=words,
        auth=(jira.bot.email, "test-token"),
        trust_env=False,
    ).json()

    assert answer["isLast"] is True
    assert "nextPageToken" not in answer
    check = validator({"$ref": "#/components/schemas/IssueBean"})
    assert [list(check.iter_errors(one)) for one in answer["issues"]] == [[]] * len(
        answer["issues"]
    )


def test_removed_search_tells_where_to_go(jira):
    answer = httpx.get(
        f"{jira.address}/rest/api/3/search",
        params={"jql": "project = KLT"},
        auth=(jira.bot.email, "test-token"),
        trust_env=False,
    )

    assert answer.status_code == 410
    check = validator({"$ref": "#/components/schemas/ErrorCollection"})
    assert list(check.iter_errors(answer.json())) == []
