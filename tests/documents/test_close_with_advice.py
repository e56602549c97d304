import pytest
from django.utils import timezone

from documents import actions
from documents.states import CaseState
from inquiries.models import Inquiry
from inquiries.states import InquiryState, Outcome
from tests.factories.documents import AccessCaseFactory
from tests.factories.inquiries import InquiryFactory

pytestmark = pytest.mark.django_db


def waiting(**fields):
    """An inquiry of a caller who asked for access to a portal."""
    usual = {"outcome": Outcome.ACCESS_PAPERS, "state": InquiryState.ACCESS_PAPERS}
    return InquiryFactory(**{**usual, "source_text": "", **fields})


def advise(inquiry, **fields):
    case = AccessCaseFactory(kotkas=True, inquiry=inquiry, **fields)
    by = case.responsible
    case = actions.close_with_advice(case=case, version=case.version, by=by, at=timezone.now())
    inquiry.refresh_from_db()
    return case


def test_inquiry_that_waited_for_the_case_is_solved_with_the_advice_as_its_source():
    inquiry = waiting()

    case = advise(inquiry)

    assert case.state == CaseState.ADVISED
    assert (inquiry.state, inquiry.outcome) == (InquiryState.SOLVED, Outcome.ACCESS_PAPERS)
    assert "määrus nr 34" in inquiry.source_text
    assert inquiry.history.first().history_user == case.responsible


def test_a_source_that_stands_already_stays():
    inquiry = waiting(source_text="KeÜS § 5")

    advise(inquiry)

    assert (inquiry.state, inquiry.source_text) == (InquiryState.SOLVED, "KeÜS § 5")


def test_inquiry_waits_on_for_another_case():
    inquiry = waiting()
    AccessCaseFactory(inquiry=inquiry)

    advise(inquiry)

    assert inquiry.state == InquiryState.ACCESS_PAPERS


@pytest.mark.parametrize(
    "fields",
    [{"state": InquiryState.CLOSED}, {"topic": None, "main_topic": None}],
    ids=["closed meanwhile", "without topic"],
)
def test_inquiry_that_cannot_be_solved_does_not_hold_the_case_up(fields):
    inquiry = waiting()
    Inquiry.objects.update(**fields)
    inquiry.refresh_from_db()
    before = inquiry.state

    case = advise(inquiry)

    assert (case.state, inquiry.state) == (CaseState.ADVISED, before)
