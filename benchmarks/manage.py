"""`manage.py` with the secrets of the suite, for the processes that are measured."""

import os
import sys

from django.core.management import execute_from_command_line

import tests.environment  # noqa: F401

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
execute_from_command_line(sys.argv)
