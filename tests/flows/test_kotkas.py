from django.urls import reverse

from documents.models import Paper
from documents.states import CaseState


def test_kotkas_needs_advice_and_no_paper(desk):
    case = desk.start(portal="kotkas")

    page = desk.page(case)
    assert [one["lang"] for one in page.select("section[lang]")] == ["et", "en", "ru"]
    assert page.select_one("[data-keys='Control+Enter']") is not None
    desk.client.post(reverse("documents:advise", args=[case.pk]), {"version": case.version})

    case.refresh_from_db()
    assert case.state == CaseState.ADVISED
    assert not Paper.objects.exists()
    assert desk.register.asked == []
