"""A subject: what is measured, with variants (what real people would type or open) and a limit."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User


@dataclass(frozen=True)
class Subject:
    name: str
    limit: float | None  # ms; None: fifteen queries only
    variants: Callable[[], Sequence[Any]]
    run: Callable[[Any], Any]
    times: int = 0
    each: bool = False  # every variant has to keep the limit, not most of them


def agent(username: str = "kadri.lepp") -> User:
    return User.objects.get(username=username)


def browser(user: User | None = None) -> Browser:
    client = Browser()
    client.force_login(user or agent())
    return client


def sample(queryset: Any, count: int) -> list[Any]:
    """Rows from all over the table, by key: no scan of millions."""
    keys = queryset.order_by("pk").values_list("pk", flat=True)
    first, last = keys.first(), keys.last()
    rng = random.Random(11)
    drawn = [rng.randint(first, last) for _ in range(count * 2)]
    return list(queryset.filter(pk__in=drawn)[:count])


def post(client: Browser, page: str, key: str, typed: dict, version: int | None) -> Any:
    answer = client.post(
        reverse(f"workspace:{page}", args=[key]),
        json.dumps({"typed": typed, "version": version}),
        content_type="application/json",
    )
    if answer.status_code != 200:
        raise RuntimeError(f"{page}: {answer.status_code} {answer.content[:300]!r}")
    return answer


def get(client: Browser, address: str) -> Any:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return answer
