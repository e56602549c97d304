"""Say whether docs/openapi.yaml is what the code would write today."""

import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

PAPER = Path(__file__).resolve().parent.parent / "docs" / "openapi.yaml"

django.setup()
with tempfile.TemporaryDirectory() as folder:
    target = Path(folder) / "openapi.yaml"
    call_command("spectacular", file=str(target), validate=True, fail_on_warn=True)
    fresh = PAPER.exists() and PAPER.read_text("utf-8") == target.read_text("utf-8")
print("docs/openapi.yaml is fresh." if fresh else "docs/openapi.yaml is stale: run `make schema`.")
sys.exit(0 if fresh else 1)
