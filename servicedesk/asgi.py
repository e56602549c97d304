"""The process `live`: `uvicorn servicedesk.asgi:application --port 8001`. Pages are served by `wsgi`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
django.setup()

from common.live import application  # noqa: E402  # models may be imported only once Django is set up

__all__ = ["application"]
