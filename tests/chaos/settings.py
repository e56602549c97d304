"""The product's own settings; only names of static files are plain and passwords quick, as in the suite."""

from servicedesk.settings import *  # noqa: F403, TID251
from servicedesk.settings import STORAGES  # noqa: TID251

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
