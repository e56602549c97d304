"""Pages that have no limit of their own; each keeps to fifteen queries."""

from django.urls import reverse

from benchmarks.subject import Subject, agent, browser, get, sample
from clients.models import Client
from inquiries.models import Inquiry, InquiryDraft
from registry.models import Organisation


def pages() -> list[str]:
    """Pages that have no limit of their own; each keeps to fifteen queries."""
    InquiryDraft.objects.filter(owner=agent()).delete()  # else there is no room for a new call
    names = (
        "workspace:new_call", "inquiries:callbacks", "clients:list", "clients:duplicates",
        "registry:search", "registry:checks", "knowledge:home",
        "knowledge:articles", "knowledge:referral_bodies", "knowledge:phrases", "documents:list",
        "directory",
    )  # fmt: skip
    listed = [reverse(name if ":" in name else f"accounts:{name}") for name in names]
    client, inquiry = Client.objects.order_by("pk").first(), Inquiry.objects.order_by("pk").first()
    card = sample(Organisation.objects.all(), 1)[0]
    return [
        *listed,
        reverse("clients:card", args=[client.pk]),
        reverse("inquiries:show", args=[inquiry.pk]),
        reverse("registry:organisation", args=[card.registry_code]),
    ]


def subjects() -> list[Subject]:
    client = browser()
    return [
        Subject("my day", None, lambda: [reverse("workspace:my_day")], lambda at: get(client, at)),
        Subject("other pages", None, pages, lambda at: get(client, at), 20, each=True),
    ]
