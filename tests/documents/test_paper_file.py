import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from common.models import StoredFile
from tests.documents.pages import signed_in
from tests.factories.documents import PaperFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stored = StoredFile(
        original_name="x", content_type="application/pdf", size=4, stored_at=timezone.now()
    )
    stored.file.save("x", ContentFile(b"%PDF"))
    paper = PaperFactory(requested=True, number="KL-2026-000077")
    paper.state, paper.rendered_at, paper.stored_file = "draft_ready", timezone.now(), stored
    paper.save()
    return reverse("documents:paper_file", args=[paper.pk])


def test_file_is_shown_within_our_own_pages_only(client, url):
    signed_in(client)

    answer = client.get(url)

    policy = answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"%PDF"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert answer["Content-Disposition"] == 'inline; filename="KL-2026-000077.pdf"'
    assert "no-store" in answer["Cache-Control"]
    answer.close()


def test_other_pages_stay_out_of_frames(client, url):
    signed_in(client)

    answer = client.get(reverse("documents:list"))

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("query", "what"), [("", "paper.view"), ("?download", "paper.download")])
def test_reading_and_taking_along_are_logged(client, url, query, what):
    user = signed_in(client)

    answer = client.get(url + query)

    entry = AccessEntry.objects.get(what__startswith="paper")
    assert (entry.what, entry.by_id) == (what, user.pk)
    assert answer["Content-Disposition"].startswith("attachment" if query else "inline")
    answer.close()


def test_paper_without_a_file_is_not_found(client):
    signed_in(client)

    assert client.get(reverse("documents:paper_file", args=[PaperFactory().pk])).status_code == 404


def test_file_is_refused_to_those_who_may_not_see_cases(client, url):
    signed_in(client, "administrator")

    assert client.get(url).status_code == 403
