import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.hurry import hurry
from common.refusals import Refusal
from tickets import tasks
from tickets.actions.follow_issue import follow_issue
from tickets.gateways.jira import JiraFailure
from tickets.jira.webhooks import SIGNATURE, EventKind, read_event, verify_signature
from tickets.jira_words import client_of
from tickets.models import Edition, JiraLink, JiraSite, JiraWebhook

TRIED_FOR = timedelta(days=1)  # then the look into Jira, which comes anyway, has told us
KNOWN_FOR = timedelta(days=30)  # so long a repetition is known as one


class NotFromJira(Refusal):
    """Whoever sent it does not hold the secret."""

    code = "not_from_jira"
    sentence = _("This is not from the Jira that we know.")


def receive_webhook(
    *, site: JiraSite, token: str, raw: bytes, headers: Mapping[str, str], at: datetime
) -> JiraWebhook | None:
    """Jira says that something changed: kept as it came, each once, and answered at once.

    Cloud signs what it sends; Data Center cannot, so it calls an address that only it knows. What the
    message says is not believed: it only hurries a look into Jira. None for what we do not follow.

    Raises NotFromJira.
    """
    secret = site.webhook_secret
    is_known = bool(secret) and hmac.compare_digest(token.encode(), secret.encode())
    if site.edition == Edition.CLOUD:
        is_known = verify_signature(raw, headers.get(SIGNATURE), secret)
    if not is_known:
        raise NotFromJira
    event = read_event(raw, headers)
    if event is None:
        return None
    with transaction.atomic():
        kept, is_new = JiraWebhook.objects.get_or_create(
            site=site,
            identity=event.dedupe_key[:128],
            defaults={"body": raw.decode("utf-8", "replace"), "received_at": at},
        )
        if is_new:
            hurry(tasks.apply_webhook, webhook_id=kept.pk)
    return kept


def apply_webhook(*, webhook_id: int, at: datetime) -> bool:
    """Look into Jira at the issue that the message named. Safe to run twice; what fails is swept later."""
    webhook = JiraWebhook.objects.select_related("site").get(pk=webhook_id)
    if webhook.applied_at is not None:
        return False
    event = read_event(webhook.body.encode(), {})
    links = JiraLink.objects.filter(project__site=webhook.site, is_current=True).exclude(
        issue_id=""
    )
    if event is None:
        return _applied(webhook, at, "not read")
    link = links.filter(issue_id=event.issue_id).select_related("project__site").first()
    if link is None:
        return _applied(webhook, at, "not ours")
    is_deleted = event.kind == EventKind.ISSUE_DELETED
    try:
        with client_of(webhook.site) as client:
            is_news = follow_issue(link=link, client=client, at=at, is_deleted=is_deleted)
    except JiraFailure:
        return False
    return _applied(webhook, at, "applied" if is_news else "no news")


def sweep_webhooks(*, at: datetime) -> int:
    """Messages that no worker came to; a Jira that does not answer is asked once, and the next sweep goes on.

    What could not be applied for a day is let go, and what was applied is forgotten after thirty.
    """
    waiting = JiraWebhook.objects.filter(applied_at__isnull=True).order_by("received_at", "pk")
    for late in waiting.filter(received_at__lt=at - TRIED_FOR):
        _applied(late, at, "too late")
    JiraWebhook.objects.filter(applied_at__lt=at - KNOWN_FOR).delete()
    count, away = 0, set[int]()
    for pk, site_id in list(waiting.values_list("pk", "site_id")[:200]):
        if site_id in away:
            continue
        if apply_webhook(webhook_id=pk, at=at):
            count += 1
        else:
            away.add(site_id)
    return count


def _applied(webhook: JiraWebhook, at: datetime, outcome: str) -> bool:
    """Its words have served: whatever else stood in the issue is not ours to keep."""
    JiraWebhook.objects.filter(pk=webhook.pk).update(applied_at=at, outcome=outcome, body="")
    return True
