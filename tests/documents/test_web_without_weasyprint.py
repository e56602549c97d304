import os
import subprocess
import sys

LOADED = (
    "import django; django.setup(); import servicedesk.urls, sys;"
    "from django.urls import get_resolver; get_resolver().url_patterns;"
    "import documents.urls, documents.admin, documents.actions;"
    "print('weasyprint' in sys.modules)"
)


def test_web_process_never_loads_weasyprint():
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "servicedesk.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "False"
