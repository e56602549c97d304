"""Our client of Jira against both editions of the stand-in, over its socket."""

import datetime as dt
import ssl
from ipaddress import ip_address
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.standins.jira import CLOUD, DATA_CENTER, start
from tests.tickets.jira.conftest import site_of
from tickets.gateways.jira import JiraClient, JiraFailure, NewIssue, RemoteLink, Trouble
from tickets.jira.marker import label_of

MARKER = UUID("5f0c2a00-0000-4000-8000-000000000001")
TEXT = (
    "Klient ei pääse KOTKASe portaali.\nViga: *E-102* {code}\n\n# samm 1: C:\\temp [link|http://x]"
)


def new(**changes):
    words = {
        "project_key": "KLT",
        "issue_type": "Task",
        "summary": "Luba ei avane",
        "description": TEXT,
        "labels": (label_of(MARKER),),
        "priority": "High",
        "components": ("Portaalid",),
        "due_on": dt.date(2026, 12, 1),
        "more_fields": {"customfield_10050": "KLT-2026-000123"},
        "properties": {"klt.marker": str(MARKER)},
    }
    return NewIssue(**words | changes)


def test_server_and_account_introduce_themselves(jira, client):
    server, me = client.server_info(), client.who_am_i()

    assert (server.is_cloud, server.base_url) == (jira.is_cloud, jira.address)
    assert (me.account, me.name) == (jira.shapes.account(jira.bot), "Servicedesk")


def test_created_issue_holds_what_was_sent(jira, client):
    created = client.create_issue(new(summary="Luba\n ei  avane"))

    issue = jira.find(created.id)
    assert (issue.key, issue.summary, issue.priority) == ("KLT-1", "Luba ei avane", "High")
    assert (issue.components, issue.due_on) == (["Portaalid"], "2026-12-01")
    assert issue.custom == {"customfield_10050": "KLT-2026-000123"}
    assert issue.labels == [f"klt-{MARKER}"]
    assert issue.properties == {"klt.marker": str(MARKER)}
    assert issue.reporter is jira.bot


def test_description_is_markup_in_data_center_and_a_document_in_cloud(jira, client):
    issue = jira.find(client.create_issue(new()).id)

    if jira.is_cloud:
        assert issue.description.wiki == TEXT
    else:
        assert "\\*E-102\\* \\{code\\}" in issue.description.wiki
        assert "\\# samm 1: C:&#92;temp \\[link\\|http://x\\]" in issue.description.wiki


def test_issue_is_read_with_all_that_we_follow(jira, client):
    issue = jira.raise_issue("Luba ei avane", labels=["klt-x"])
    jira.assign(issue.id, jira.mart)
    jira.set_status(issue.id, "Done")

    read = client.read_issue(issue.key)

    assert (read.id, read.key, read.summary) == (issue.id, "KLT-1", "Luba ei avane")
    assert (read.status, read.category, read.resolution) == ("Done", "done", "Done")
    assert (read.assignee, read.labels) == ("Mart Tamm", ("klt-x",))
    assert read.updated == issue.updated
    assert read.updated.tzinfo is dt.UTC


def test_moved_issue_is_found_by_id_and_by_its_old_key(jira, client):
    issue = jira.raise_issue("Kolib")
    jira.move(issue.id, "IT")

    assert [client.read_issue(one).key for one in (issue.id, "KLT-1", "IT-1")] == ["IT-1"] * 3


def test_deleted_and_hidden_issues_are_not_found(jira, client):
    gone, hidden = jira.raise_issue("Kaob"), jira.raise_issue("Peidus", project="SALA")
    jira.delete(gone.id)

    for one in (gone, hidden):
        with pytest.raises(JiraFailure) as failure:
            client.read_issue(one.id)
        assert failure.value.trouble == Trouble.NOT_FOUND
        assert "does not exist" in failure.value.sentences[0]


def test_label_finds_its_issue_alone(client):
    created = client.create_issue(new())
    client.create_issue(new(labels=["klt-other"]))

    found = client.find_by_label(label_of(MARKER))

    assert [one.id for one in found] == [created.id]
    assert client.find_by_label('klt-"none" OR 1') == ()


def test_cloud_finds_a_new_issue_only_after_a_while(cloud):
    with JiraClient(site_of(cloud)) as client:
        cloud.lag()
        created = client.create_issue(new())
        soon = client.find_by_label(label_of(MARKER))
        cloud.catch_up()
        later = client.find_by_label(label_of(MARKER))

    assert soon == ()
    assert [one.id for one in later] == [created.id]


def test_comment_is_ours_and_reads_as_it_was_written(jira, client):
    issue = jira.raise_issue("Luba")

    said = client.add_comment(issue.id, TEXT)
    (read,) = client.list_comments(issue.id)

    assert said == read
    assert (read.text, read.author_name) == (TEXT, "Servicedesk")
    assert read.author == client.who_am_i().account


def test_comments_of_tier_two_come_as_plain_text_and_restricted_ones_are_known(jira, client):
    issue = jira.raise_issue("Luba")
    jira.comment(issue.id, "Proovige uuesti")
    jira.comment(issue.id, "sisemine", visibility={"type": "role", "value": "Administrators"})

    first, second = client.list_comments(issue.id)

    assert (first.text, first.author_name, first.is_restricted) == (
        "Proovige uuesti",
        "Mart Tamm",
        False,
    )
    assert second.is_restricted
    assert first.created < second.created


def test_many_comments_come_page_by_page(jira, client):
    issue = jira.raise_issue("Jutt")
    for number in range(120):
        jira.comment(issue.id, f"nr {number}")

    texts = [one.text for one in client.list_comments(issue.id)]

    assert texts == [f"nr {number}" for number in range(120)]


def test_file_is_attached_byte_by_byte_under_its_name(jira, client):
    issue, content = jira.raise_issue("Fail"), bytes(range(256)) * 40 + b"\r\n--\r\n"

    kept = client.attach(issue.id, name='ekraan "õ".png', content=content, content_type="image/png")

    assert issue.attachments[0].content == content
    assert client.list_attachments(issue.id) == (kept,)
    assert (kept.name, kept.size, kept.content_type) == (
        'ekraan "õ".png',
        len(content),
        "image/png",
    )


def test_transitions_are_those_of_the_status_and_name_what_they_need(jira, client):
    issue = jira.raise_issue("Luba")

    moves = {one.name: one for one in client.transitions(issue.id)}

    assert set(moves) == {"Start", "Done", "Reject"}
    assert (moves["Reject"].to_status, moves["Reject"].to_category) == ("Rejected", "done")
    assert moves["Reject"].required_fields == ("resolution",)
    assert moves["Done"].required_fields == ()


def test_transition_moves_with_resolution_and_comment(jira, client):
    issue = jira.raise_issue("Luba")

    client.transition(issue.id, "41", resolution="Won't Do", comment="Ei ole meie asi")

    assert (issue.status.name, issue.resolution) == ("Rejected", "Won't Do")
    assert [one.text.wiki for one in issue.comments] == ["Ei ole meie asi"]


def test_transition_that_the_workflow_does_not_allow_is_refused(jira, client):
    issue = jira.raise_issue("Luba")

    with pytest.raises(JiraFailure) as failure:
        client.transition(issue.id, "51")

    assert (failure.value.trouble, failure.value.may_have_happened) == (Trouble.INVALID, False)


def test_remote_link_is_one_however_often_it_is_put(jira, client):
    issue = jira.raise_issue("Luba")
    link = RemoteLink(
        "klt-1", "https://klt.example/t/1", "KLT-2026-000123", relationship="raised by"
    )

    client.put_remote_link(issue.id, link)
    client.put_remote_link(issue.id, link)

    ((_number, said),) = issue.links.values()
    assert (said["object"]["title"], said["relationship"]) == ("KLT-2026-000123", "raised by")


def test_changes_come_page_by_page_the_latest_first_and_each_once(jira, client):
    now = dt.datetime.now(dt.UTC)
    raised = [jira.raise_issue(f"nr {number}") for number in range(120)]
    jira.raise_issue("mujal", project="IT")
    jira.set_status(raised[5].id, "In Progress")

    found = list(client.issues_updated_since(["KLT"], since=now - dt.timedelta(hours=2), now=now))

    assert len(found) == len({one.id for one in found}) == 120
    assert (found[0].id, found[0].status) == (raised[5].id, "In Progress")
    assert [one.updated for one in found] == sorted((one.updated for one in found), reverse=True)


def test_old_changes_are_left_out(jira, client):
    now = dt.datetime.now(dt.UTC)
    issue = jira.raise_issue("vana")
    issue.updated -= dt.timedelta(hours=3)
    jira.reindex(issue)

    assert (
        list(client.issues_updated_since(["KLT"], since=now - dt.timedelta(hours=2), now=now)) == []
    )
    assert list(client.issues_updated_since([], since=now, now=now)) == []


@pytest.mark.parametrize("edition", [DATA_CENTER, CLOUD])
def test_connection_is_believed_by_the_agencys_own_authority(edition, tmp_path):
    certificate, key = own_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = start(edition, context=context)

    with JiraClient(site_of(server.site, ca_file=str(certificate))) as client:
        name = client.who_am_i().name
    with JiraClient(site_of(server.site)) as stranger, pytest.raises(JiraFailure) as failure:
        stranger.who_am_i()
    server.shutdown()
    server.server_close()

    assert (name, failure.value.trouble) == ("Servicedesk", Trouble.UNREACHABLE)


def own_certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    certificate, private = folder / "own.pem", folder / "own.key"
    certificate.write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private


def test_issues_are_read_many_at_once_without_those_that_are_gone(jira, client):
    raised = [jira.raise_issue(f"nr {number}") for number in range(60)]
    jira.delete(raised[3].id)
    before = len(jira.asked)

    found = list(client.issues_of([one.id for one in raised]))

    assert {one.id for one in found} == {one.id for one in raised} - {raised[3].id}
    assert len(jira.asked) - before == 2
