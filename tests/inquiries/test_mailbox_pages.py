"""The mailbox page: how it stands, and what waits for a person; nothing of a mail is ever rendered."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AccessEntry
from common.actions import store_file
from common.mail_states import IncomingState
from common.models import IncomingMail, Mailbox, reference
from common.uploads import CheckedUpload
from inquiries import actions
from inquiries.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryFactory, LetterFactory
from tests.standins.hostile_mail import attachments, head, html_only, nested

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
URL = "/inquiries/mailbox/"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def coordinator(client):
    user = UserFactory(role="coordinator")
    client.force_login(user)
    return user


def kept(raw, number=1):
    upload = CheckedUpload("letter.eml", "message/rfc822", raw, "0" * 64)
    mail = IncomingMail.objects.create(
        mailbox=Mailbox.objects.get_or_create(name="klienditugi@imap/INBOX")[0],
        uid_validity=1,
        uid=number,
        raw=store_file(upload=upload, by=None, at=NOON),
        size=len(raw),
        received_at=NOON,
        fetched_at=NOON,
        due_at=NOON,
    )
    return actions.file_mail(mail=mail, at=NOON)


def advertisement(number=1):
    return kept(head(number, **{"List-Id": "<x.ee>"}) + b"\r\nreklaam", number)


def test_only_those_who_keep_the_mailbox_see_it(client):
    mail = advertisement()
    client.force_login(UserFactory(role="specialist"))

    for address in (URL, f"{URL}{mail.pk}/", f"{URL}{mail.pk}/raw/", f"{URL}{mail.pk}/files/0/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{URL}{mail.pk}/file/").status_code == 403


def test_page_tells_how_the_mailbox_stands(client, coordinator, settings):
    settings.IMAP_URL = ""
    assert "Postkasti ei ole" in client.get(URL).content.decode()

    settings.IMAP_URL = "imaps://klienditugi:salajane@imap/INBOX"
    box = Mailbox.objects.create(
        name="klienditugi@imap/INBOX", trouble="TimeoutError", trouble_since=NOON
    )
    page = client.get(URL).content.decode()
    assert "TimeoutError" in page
    assert "salajane" not in page

    box.trouble, box.trouble_since, box.read_at = "", None, timezone.now()
    box.save()
    page = client.get(URL).content.decode()
    assert "TimeoutError" not in page
    assert "Keegi pole postkasti lugenud" not in page


def test_page_tells_that_nobody_reads_the_mailbox(client, coordinator, settings):
    settings.IMAP_URL = "imaps://klienditugi:salajane@imap/INBOX"
    Mailbox.objects.create(
        name="klienditugi@imap/INBOX", read_at=timezone.now() - dt.timedelta(minutes=20)
    )

    assert "Keegi pole postkasti lugenud" in client.get(URL).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(
    client, coordinator, django_assert_max_num_queries, count
):
    for number in range(count):
        advertisement(number)

    with django_assert_max_num_queries(10):
        page = client.get(URL).content.decode()

    assert page.count(f"{URL}") >= count


def test_mail_is_shown_as_words_and_the_opening_is_noted(client, coordinator):
    mail = kept(html_only(1, None).replace(b"From: ", b"List-Id: <x>\r\nFrom: "))

    page = client.get(f"{URL}{mail.pk}/").content.decode()

    assert "Kas kaevule on luba vaja?" in page
    assert "alert(1)" not in page
    assert AccessEntry.objects.get(what="inquiry.mail").by_id == coordinator.pk


def test_mail_too_tangled_to_be_read_shows_its_head(client, coordinator):
    mail = kept(nested(1_000)(1, None))

    page = client.get(f"{URL}{mail.pk}/").content.decode()

    assert "MARK-000001-END" in page


def test_mail_and_its_files_are_saved_and_never_opened_in_the_browser(client, coordinator):
    raw = attachments(1, None)
    mail = kept(raw)

    whole = client.get(f"{URL}{mail.pk}/raw/")
    evil = client.get(f"{URL}{mail.pk}/files/1/")

    assert b"".join(whole) == raw
    assert b"".join(evil).startswith(b"MZ")
    for answer, name in ((whole, f"mail-{mail.pk}.eml"), (evil, "evil.exe")):
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get(f"{URL}{mail.pk}/files/99/").status_code == 404


def test_mail_is_filed_or_put_away_by_a_button(client, coordinator):
    first, second = advertisement(1), advertisement(2)

    client.post(f"{URL}{first.pk}/file/")
    client.post(f"{URL}{first.pk}/file/")
    client.post(f"{URL}{second.pk}/dismiss/")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (IncomingState.FILED, IncomingState.DISMISSED)
    assert Letter.objects.count() == 1


def test_thread_names_the_files_that_did_not_pass(client, coordinator):
    mail = kept(attachments(1, None))
    inquiry = Letter.objects.get().inquiry

    page = client.get(f"/inquiries/{inquiry.pk}/").content.decode()

    assert "winmail.dat" in page
    assert f"{URL}{mail.pk}/files/3/" in page


def test_thread_folds_what_a_letter_repeats(client, coordinator):
    inquiry = InquiryFactory(received=True)
    LetterFactory(
        inquiry=inquiry, text="Aitäh!\n\nOn Mon, Keskkonnaamet wrote:\n> Tere\n> Teie luba"
    )

    page = client.get(f"/inquiries/{inquiry.pk}/").content.decode()

    assert page.index("Aitäh!") < page.index("<details") < page.index("Teie luba")


def test_old_mail_goes_unless_it_holds_the_only_copy_of_a_file(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    kept(head(1) + b"\r\ntere", 1)
    with_refused = kept(attachments(2, None), 2)
    aside = advertisement(3)
    later = NOON + dt.timedelta(days=settings.MAIL_KEPT_DAYS + 1)

    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_letters(at=later)

    assert set(IncomingMail.objects.all()) == {with_refused, aside}
    assert Letter.objects.count() == 2
    assert IncomingMail.objects.filter(about_type=reference(Letter())["about_type"]).count() == 1
