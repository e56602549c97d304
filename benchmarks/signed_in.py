"""Print what a signed-in browser has, and twenty pages that it opens."""

import json
import os

import django

import tests.environment  # noqa: F401

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
django.setup()

from django.urls import reverse  # noqa: E402  # needs the settings

from benchmarks.subjects import browser, filters, pages  # noqa: E402

PAGES = 20
SECRETS = ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "LOOKUP_HASH_KEY")

listing = reverse("inquiries:list")
opened = [reverse("workspace:my_day"), *pages(), *[f"{listing}?{query}" for query in filters()]]
cookies = browser().cookies
print(
    json.dumps(
        {
            "cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items()),
            "pages": opened[:PAGES],
            "env": {name: os.environ[name] for name in SECRETS},
        }
    )
)
