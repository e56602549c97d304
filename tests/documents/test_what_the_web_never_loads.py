import os
import subprocess
import sys

LOADED = (
    "import django; django.setup(); import servicedesk.urls, sys;"
    "from django.urls import get_resolver; get_resolver().url_patterns;"
    "import documents.urls, documents.admin, documents.actions, documents.signatures;"
    "print([name for name in ('weasyprint', 'pyhanko') if name in sys.modules])"
)


def test_web_process_never_loads_what_only_the_worker_needs():
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "servicedesk.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
