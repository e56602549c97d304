"""The variables that the settings ask for and the catalogues that pages speak from."""

import os

from scripts.messages import compile_all

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("FIELD_ENCRYPTION_KEYS", "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=")
os.environ.setdefault("LOOKUP_HASH_KEY", "tests-only")

compile_all()
