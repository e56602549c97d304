import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import record_access
from accounts.log_words import WORDS
from accounts.models import AccessEntry
from documents.timeline import WORDS as STORY
from tests.factories.accounts import UserFactory

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def test_entry_says_who_did_what_to_which_record_and_why():
    user = UserFactory(first_name="Kadri", last_name="Lepp")

    entry = record_access(
        what="client.view", by=user, at=NOON, subject=user, reason="P-2026-000123"
    )

    assert (entry.by_id, entry.by_name, entry.what, entry.subject_type, entry.subject_id) == (
        user.pk,
        "Kadri Lepp",
        "client.view",
        "accounts.user",
        str(user.pk),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_accessentry SET what = 'nothing'",
        "DELETE FROM accounts_accessentry",
    ],
)
def test_entry_can_neither_be_changed_nor_removed(statement):
    record_access(what="client.view", by=None, at=NOON)

    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert [entry.what for entry in AccessEntry.objects.all()] == ["client.view"]


def test_entry_cannot_be_replaced():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has REPLACE")
    entry = record_access(what="client.view", by=None, at=NOON)
    columns = ", ".join(field.column for field in AccessEntry._meta.fields)
    values = columns.replace("what", "'nothing'")

    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT OR REPLACE INTO accounts_accessentry ({columns}) "
            f"SELECT {values} FROM accounts_accessentry WHERE id = %s",
            [entry.pk],
        )

    assert AccessEntry.objects.get().what == "client.view"


def test_log_cannot_be_emptied_at_one_stroke():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has TRUNCATE")
    record_access(what="client.view", by=None, at=NOON)

    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE accounts_accessentry")


@pytest.mark.django_db(transaction=True)
def test_log_can_be_emptied_between_two_tests_that_commit():
    record_access(what="client.view", by=None, at=NOON)


def test_log_is_in_words_and_can_be_narrowed_to_one_kind_of_act(client):
    client.force_login(UserFactory(role="auditor"))
    for what in ("client.reveal_code", "registry.view_check"):
        record_access(what=what, by=None, at=timezone.now())

    page = client.get(reverse("accounts:access_log"), {"what": "client.reveal_code"})

    assert [entry.what for entry in page.context["page"].rows] == ["client.reveal_code"]
    assert (
        "personal code shown" in page.content.decode()
        or "isikukood näidatud" in page.content.decode()
    )


def test_every_code_that_is_logged_has_words():
    logged = set()
    for path in Path(settings.BASE_DIR).glob("*/actions/*.py"):
        text = path.read_text()
        if path.parts[-3] != "tests" and "record_access(" in text:
            logged |= set(re.findall(r'what ?= ?"([a-z_.]+)"', text))
            logged |= set(re.findall(r'what ?= ?"[a-z_.]+" if \w+ else "([a-z_.]+)"', text))

    assert {"paper.view", "client.view", "case.view"} <= logged
    assert logged - set(WORDS) - set(STORY) == set()  # a case's story has codes of its own


@pytest.mark.parametrize(
    "kind",
    ["documents.AccessCase", "documents.Paper", "registry.RepresentationCheck", "clients.Client"],
)
def test_record_is_named_in_the_readers_language(kind):
    entry = AccessEntry(subject_type=kind.lower(), subject_id="7")
    with translation.override("en"):
        english = entry.subject_in_words

    with translation.override("et"):
        assert entry.subject_in_words != english
    assert english.endswith(" 7")
