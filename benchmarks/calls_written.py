"""The call screen: a form opened, kept while it is typed, and finished."""

import uuid

from django.urls import reverse
from django.utils import timezone

from benchmarks.subject import Subject, agent, browser, get, post, sample
from clients.models import Client
from inquiries.models import InquiryDraft
from knowledge.models import Topic


def drafts(count: int) -> list[tuple[str, dict]]:
    """Open calls with a known client and a topic; each is saved as the page would."""
    client = browser()
    topics = list(Topic.objects.for_choice()[:20])
    known = sample(Client.objects.all(), 20)
    made = []
    for number in range(count):
        key = str(uuid.uuid4())
        typed = {
            "channel": "phone",
            "language": "et",
            "client": str(known[number % len(known)].pk),
            "topic": str(topics[number % len(topics)].pk),
            "question": "Küsib, kas tiigi süvendamiseks on vaja luba ja kust seda taotleda. " * 4,
            "outcome": "solved",
            "source_text": "määrus nr 34",
        }
        post(client, "save_call", key, typed, None)
        made.append((key, typed))
    return made


def subjects() -> list[Subject]:
    user, client = agent(), browser()
    InquiryDraft.objects.filter(owner=user).delete()
    calls = drafts(90)
    versions: dict[str, int] = {
        str(key): version
        for key, version in InquiryDraft.objects.filter(
            pk__in=[key for key, _typed in calls]
        ).values_list("pk", "version")
    }

    def autosave(call: tuple[str, dict]) -> None:
        key, typed = call
        typed = {**typed, "answer": f"Vastus {timezone.now():%H:%M:%S.%f}"}
        versions[key] = post(client, "save_call", key, typed, versions[key]).json()["version"]

    to_finish = iter(calls)

    def finish(_variant: object) -> None:
        key, typed = next(to_finish)
        post(client, "finish_call", key, typed, versions[key])

    return [
        Subject(
            "form open",
            60,
            lambda: [reverse("workspace:call_draft", args=[key]) for key, _typed in calls[:30]],
            lambda address: get(client, address),
        ),
        Subject("autosave", 25, lambda: calls[:30], autosave),
        Subject("finish", 50, lambda: list(range(60)), finish),
    ]
