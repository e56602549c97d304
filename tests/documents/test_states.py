import pytest

from documents.states import CaseState, PaperState, case_state_of


@pytest.mark.parametrize(
    ("papers", "case"),
    [
        ([], CaseState.STARTED),
        ([PaperState.CANCELLED], CaseState.STARTED),
        ([PaperState.DRAFT_READY, PaperState.DRAFT_READY], CaseState.DRAFT_READY),
        ([PaperState.DRAFT_READY, PaperState.STARTED], CaseState.STARTED),
        ([PaperState.DRAFT_REQUESTED, PaperState.STARTED], CaseState.DRAFTING),
        ([PaperState.DRAFT_REQUESTED, PaperState.DRAFT_FAILED], CaseState.DRAFT_FAILED),
        ([PaperState.CANCELLED, PaperState.DRAFT_READY], CaseState.DRAFT_READY),
    ],
)
def test_case_stands_where_its_slowest_paper_stands(papers, case):
    assert case_state_of(papers) == case
