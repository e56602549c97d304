"""The stand-in itself, where neither our client nor the other one asks for it."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.standins.jira import CLOUD, start
from tests.tickets.jira.conftest import running, site_of

ROOT = Path(__file__).parents[3]
NEW = {"project": {"key": "KLT"}, "issuetype": {"name": "Task"}, "summary": "Luba"}
DOC = {"type": "doc", "version": 1, "content": []}


@pytest.fixture
def ask(jira):
    """Ask as the bot does, in the newest version of that edition."""
    headers = {"Authorization": site_of(jira).authorization()}
    version = 3 if jira.is_cloud else 2
    with httpx.Client(headers=headers, trust_env=False) as client:

        def asked(method, path, version=version, **words):
            return client.request(method, f"{jira.address}/rest/api/{version}{path}", **words)

        yield asked


def search(jira, ask, jql, **words):
    path = "/search/jql" if jira.is_cloud else "/search"
    return ask("POST", path, json={"jql": jql, "fields": ["summary"], **words})


def found(jira, ask, jql, **words):
    return [one["fields"]["summary"] for one in search(jira, ask, jql, **words).json()["issues"]]


def test_query_language_as_far_as_it_is_spoken(jira, ask):
    first = jira.raise_issue("üks", labels=["a"])
    second = jira.raise_issue("kaks", labels=["a", "b c"], project="IT")
    third = jira.raise_issue("kolm", by=jira.mart)
    jira.set_status(second.id, "Done")
    jira.assign(third.id, jira.bot)
    jira.move(first.id, "IT")

    for jql, expected in {
        'labels = "a" ORDER BY created': ["üks", "kaks"],
        'labels in ("b c", x)': ["kaks"],
        "labels is EMPTY": ["kolm"],
        "project in (KLT, IT) AND updated >= -2h ORDER BY updated ASC": ["kaks", "kolm", "üks"],
        'project = IT AND updated >= "2020/01/01 10:00" order by key desc': ["kaks", "üks"],
        "project != IT AND updated >= 2020-01-01": ["kolm"],
        f"id in ({first.id}, {third.id}) ORDER BY id": ["üks", "kolm"],
        "key = KLT-1": ["üks"],  # its old key
        f"issuekey in ({third.key})": ["kolm"],
        "statusCategory != Done AND project = IT": ["üks"],
        'status = "Done" AND resolution is not EMPTY': ["kaks"],
        "assignee = currentUser() AND reporter != currentUser()": ["kolm"],
        "updated < -1d": [],
    }.items():
        assert found(jira, ask, jql) == expected, jql


@pytest.mark.parametrize(
    "jql", ["project =", "nosuch = 1", "project = KLT OR id = 1", 'updated >= "eile"', "labels > 5"]
)
def test_query_that_makes_no_sense_is_refused(jira, ask, jql):
    jira.raise_issue("üks")

    answer = search(jira, ask, jql)

    assert answer.status_code == 400
    assert answer.json()["errorMessages"]


def test_data_center_names_what_does_not_exist_and_cloud_finds_nothing(jira, ask):
    for jql in ("key = KLT-99", "project in (KLT, SALA)"):
        answer = search(jira, ask, jql)

        assert answer.status_code == (200 if jira.is_cloud else 400)


def test_hidden_project_is_seen_by_nobody_who_may_not(jira, ask):
    jira.raise_issue("peidus", project="SALA")

    assert found(jira, ask, "updated >= -1d") == []
    assert ask("GET", "/project/SALA").status_code == 404
    assert (
        ask("POST", "/issue", json={"fields": NEW | {"project": {"key": "SALA"}}}).status_code
        == 400
    )


def test_cloud_pages_by_token_and_its_last_page_has_none(cloud_ask):
    jira, ask = cloud_ask
    for number in range(5):
        jira.raise_issue(f"nr {number}")
    words = {"jql": "project = KLT ORDER BY key ASC", "maxResults": 2}

    pages = []
    while not pages or "nextPageToken" in pages[-1]:
        token = {"nextPageToken": pages[-1]["nextPageToken"]} if pages else {}
        pages.append(ask("POST", "/search/jql", json=words | token).json())

    assert [len(one["issues"]) for one in pages] == [2, 2, 1]
    assert [one["isLast"] for one in pages] == [False, False, True]
    assert set(pages[0]["issues"][0]) == {"id"}  # without `fields`
    assert ask("POST", "/search/jql", json={"jql": "ORDER BY key"}).status_code == 400
    assert ask("POST", "/search/jql", json=words | {"nextPageToken": "x"}).status_code == 400


def test_cloud_search_is_late_unless_asked_to_look_again(cloud_ask):
    jira, ask = cloud_ask
    jira.lag()
    issue = jira.raise_issue("uus")

    assert found(jira, ask, "project = KLT") == []
    assert found(jira, ask, "project = KLT", reconcileIssues=[int(issue.id)]) == ["uus"]
    jira.catch_up()
    assert found(jira, ask, "project = KLT") == ["uus"]


@pytest.fixture
def cloud_ask():
    for site in running(CLOUD):
        auth = (site.bot.email, "test-token")
        with httpx.Client(
            auth=auth, base_url=f"{site.address}/rest/api/3", trust_env=False
        ) as client:
            yield site, client.request


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"summary": ""}, "summary"),
        ({"summary": "kaks\nrida"}, "summary"),
        ({"summary": "x" * 256}, "summary"),
        ({"issuetype": {"name": "Epic"}}, "issuetype"),
        ({"labels": ["kaks sõna"]}, "labels"),
        ({"duedate": "homme"}, "duedate"),
        ({"assignee": {"name": "keegi"}}, "assignee"),
        ({"customfield_10051": {"value": "Puudub"}}, "customfield_10051"),
        ({"customfield_10052": "palju"}, "customfield_10052"),
        ({"customfield_99999": "x"}, "customfield_99999"),
        ({"description": 7}, "description"),
        ({"status": {"name": "Done"}}, "status"),
    ],
)
def test_wrong_field_is_named(jira, ask, fields, wrong):
    answer = ask("POST", "/issue", json={"fields": NEW | fields})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [wrong])
    assert jira.issues == {}


def test_bodies_must_be_of_their_version(jira, ask):
    issue = jira.raise_issue("Luba")
    path = f"/issue/{issue.id}/comment"
    empty_text = DOC | {
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": ""}]}]
    }

    for body in ("tekst" if jira.is_cloud else DOC, empty_text, "", None):
        assert ask("POST", path, json={"body": body}).status_code == 400
    assert ask("POST", path, json={"body": "x" * 32768}, version=2).status_code == 400
    assert ask("POST", path, json={"body": "Tere"}, version=2).status_code == 201


def test_changelog_tells_what_changed(jira, ask):
    issue = jira.raise_issue("Luba")
    jira.set_status(issue.id, "Done")
    jira.move(issue.id, "IT")

    shown = ask("GET", f"/issue/{issue.id}?fields=status&expand=changelog").json()

    assert list(shown["fields"]) == ["status"]
    said = [
        (one["field"], one["fromString"], one["toString"])
        for history in shown["changelog"]["histories"]
        for one in history["items"]
    ]
    assert said == [
        ("resolution", None, "Done"),
        ("status", "To Do", "Done"),
        ("project", "Klienditugi", "IT"),
        ("Key", "KLT-1", "IT-1"),
    ]


def test_who_does_not_sign_in_learns_the_version_alone(jira):
    address = f"{jira.address}/rest/api/2"

    with httpx.Client(trust_env=False) as client:
        assert client.get(f"{address}/serverInfo").status_code == 200
        assert client.get(f"{address}/myself").status_code == 401
        wrong = client.get(f"{address}/myself", auth=("keegi", "test-token"))
    assert wrong.status_code == 401
    assert wrong.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"


def test_data_center_knows_no_third_version(data_center):
    address = f"{data_center.address}/rest/api/3/serverInfo"

    assert httpx.get(address, trust_env=False).status_code == 404


def test_many_at_once_get_issues_of_their_own(jira, ask):
    fields = {"fields": NEW | ({"description": DOC} if jira.is_cloud else {})}

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask("POST", "/issue", json=fields), range(24)))

    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["key"] for one in answers}) == len(jira.issues) == 24


def test_faults_happen_where_and_as_often_as_was_said(jira, ask):
    jira.faults.bad_gateway(method="GET", path="/myself", times=2, skip=1)

    answers = [ask("GET", path).status_code for path in ("/serverInfo", *["/myself"] * 4)]

    assert answers == [200, 200, 502, 502, 200]
    assert len(jira.faults.happened) == 2


def test_old_server_sends_no_name_of_the_event_type(data_center):
    data_center.hooks.bare, data_center.hooks.url = True, "http://127.0.0.1:9/"
    data_center.raise_issue("Luba")
    data_center.hooks.settle()

    (delivery,) = data_center.hooks.sent
    assert "issue_event_type_name" not in json.loads(delivery.raw)
    assert delivery.answers == [0]


def test_tier_two_is_played_from_outside_when_it_runs_as_a_program():
    server = start(is_controlled=True)
    address = f"{server.site.address}/control"

    def do(verb, **words):
        return httpx.post(address, json={"do": verb, **words}, trust_env=False)

    key = do("raise_issue", summary="Luba").json()["key"]
    do("comment", issue=key, text="Proovige uuesti")
    do("set_status", issue=key, name="Done")
    do("assign", issue=key, name="mart.tamm")
    do("attach", issue=key, name="a.txt", text="abc")
    moved = do("move", issue=key, project="IT").json()["key"]
    do("hooks", url="http://127.0.0.1:9/", late=60)
    do("fault", kind="drop", path="/myself")
    (shown,) = do("show").json()["issues"]
    wrong = [do("nosuch"), do("move", issue="X-1", project="IT"), do("hooks", _thread=1)]
    do("delete", issue=moved)
    server.shutdown()
    server.server_close()

    assert (moved, shown["fields"]["status"]["name"], shown["fields"]["comment"]["total"]) == (
        "IT-1",
        "Done",
        1,
    )
    assert [one.status_code for one in wrong] == [400, 400, 400]
    assert server.site.issues == {}


def test_program_starts_and_says_where():
    command = [sys.executable, "-m", "tests.standins.jira", "--port", "0", "--cloud"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        said = program.stdout.readline()
        address = said.split()[2]
        answer = httpx.get(f"{address}/rest/api/3/serverInfo", trust_env=False).json()
        program.terminate()

    assert answer["deploymentType"] == "Cloud"
    assert "klt-bot@jira.example:test-token" in said
