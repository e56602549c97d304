from documents.models import AccessCase, Paper


def lock_case(case: AccessCase) -> AccessCase:
    """Return the case, locked until the caller's transaction ends. A case is locked before its papers."""
    return AccessCase.objects.select_for_update(of=("self",)).get(pk=case.pk)


def lock_paper(paper: Paper) -> Paper:
    """Return the paper and its case, both locked until the caller's transaction ends."""
    case = lock_case(paper.case)
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    locked.case = case
    return locked
