#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

# What judges files alone works where nothing has been set up.
WITHOUT_SECRETS = {"check_container"}

if __name__ == "__main__":
    if WITHOUT_SECRETS & set(sys.argv[1:2]):
        for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "LOOKUP_HASH_KEY"):
            os.environ.setdefault(name, "not-used")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
    execute_from_command_line(sys.argv)
