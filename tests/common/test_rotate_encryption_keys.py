import datetime as dt
import io

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection

from common import actions
from common.encryption import decrypt, encrypt, lookup_hash
from common.models import OutgoingMail

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(settings):
    """Five letters under the old key; then a new one is put in front."""
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    for n in range(5):
        actions.queue_mail(
            key=f"k{n}", to="a@example.ee", subject="s", text=f"text {n}", language="et", at=NOON
        )
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]


def of_mail(**options):
    [found] = [
        column
        for column in actions.rotate_encryption_keys(**options)
        if column.column == "common.OutgoingMail.text"
    ]
    return (found.rotated, found.already, found.unreadable)


def column():
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM common_outgoingmail ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_text_is_not_readable_in_the_column(letters):
    assert not any("text" in token for token in column())


def test_afterwards_the_new_key_alone_reads_everything(letters, settings):
    assert of_mail(batch=2) == (5, 0, 0)

    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert [mail.text for mail in OutgoingMail.objects.order_by("pk")] == [
        f"text {n}" for n in range(5)
    ]


def test_run_that_was_cut_short_goes_on_where_it_stood(letters):
    OutgoingMail.objects.filter(key="k0").update(text="text 0")  # under the new key

    assert of_mail(batch=2) == (4, 1, 0)
    assert of_mail(batch=2) == (0, 5, 0)


def test_check_writes_nothing_and_says_that_the_old_key_is_needed(letters):
    before = column()
    out = io.StringIO()

    with pytest.raises(CommandError, match="still under an older key"):
        call_command("rotate_encryption_keys", check=True, stdout=out)

    assert column() == before
    assert "common.OutgoingMail.text: 5 to rotate" in out.getvalue()
    call_command("rotate_encryption_keys", stdout=out)
    call_command("rotate_encryption_keys", check=True, stdout=out)


def test_value_of_a_lost_key_is_told_and_left_alone(letters, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    before = column()

    with pytest.raises(CommandError, match="5 values are under none of our keys"):
        call_command("rotate_encryption_keys", stdout=io.StringIO())

    assert column() == before


def test_damaged_token_is_not_read():
    with pytest.raises(InvalidToken):
        decrypt(encrypt("39001010001")[:-5] + "AAAA=")


def test_encrypted_text_is_found_by_its_hash_only():
    with pytest.raises(TypeError, match="by its hash"):
        OutgoingMail.objects.filter(text="x")
    assert lookup_hash("1", purpose="a") == lookup_hash("1", purpose="a")
    assert lookup_hash("1", purpose="a") != lookup_hash("1", purpose="b")
