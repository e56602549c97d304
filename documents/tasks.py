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
def refresh_trusted_lists(**kwargs: object) -> None:
    from documents import actions

    actions.refresh_due_lists(at=timezone.now())
