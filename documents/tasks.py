from celery import shared_task
from django.utils import timezone


@shared_task
def render_draft(*, paper_id: int, **kwargs: object) -> None:
    from documents.actions.render_draft import render_draft as render
    from documents.models import Paper

    render(paper=Paper.objects.get(pk=paper_id), at=timezone.now())


@shared_task
def hurry_drafts(**kwargs: object) -> None:
    from documents import actions

    actions.hurry_drafts(at=timezone.now())


@shared_task
def judge_return(*, returned_id: int, **kwargs: object) -> None:
    from documents.actions.judge_return import judge_return as judge
    from documents.models import ReturnedFile

    judge(returned=ReturnedFile.objects.get(pk=returned_id), at=timezone.now())


@shared_task
def hurry_returns(**kwargs: object) -> None:
    from documents import actions

    actions.hurry_returns(at=timezone.now())


@shared_task
def render_report(*, report_id: int, **kwargs: object) -> None:
    from documents.actions.render_report import render_report as render
    from documents.models import ReportPaper

    render(report=ReportPaper.objects.get(pk=report_id), at=timezone.now())


@shared_task
def hurry_reports(**kwargs: object) -> None:
    from documents import actions

    actions.hurry_reports(at=timezone.now())


@shared_task
def watch_envelopes(**kwargs: object) -> None:
    from documents import actions

    actions.watch_envelopes(at=timezone.now())


@shared_task
def follow_notices(**kwargs: object) -> None:
    from documents import actions

    actions.follow_notices(at=timezone.now())


@shared_task
def doubt_accesses(**kwargs: object) -> None:
    from documents import actions

    actions.doubt_accesses(at=timezone.now())


@shared_task
def tell_undelivered(**kwargs: object) -> None:
    from documents import actions

    actions.tell_undelivered(at=timezone.now())


@shared_task
def refresh_trusted_lists(**kwargs: object) -> None:
    from documents import actions

    actions.refresh_due_lists(at=timezone.now())
