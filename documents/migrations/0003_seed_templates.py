"""The agency's first wording of the user agreement, ready to use. A lawyer has yet to approve it."""

import datetime as dt
from pathlib import Path

from django.db import migrations

SEED = Path(__file__).resolve().parent.parent / "seed" / "kasutusleping.et.txt"
WRITTEN_AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
NOTE = "Draft in own words, not written by a lawyer: a lawyer of the agency must approve it before real use."


def seed(apps, schema_editor):
    template = apps.get_model("documents", "PaperTemplate").objects.create(kind="KASUTUSLEPING")
    apps.get_model("documents", "TemplateVersion").objects.create(
        template=template,
        number=1,
        state="approved",
        body=SEED.read_text(encoding="utf-8"),
        note=NOTE,
        written_at=WRITTEN_AT,
        approved_at=WRITTEN_AT,
    )


def unseed(apps, schema_editor):
    apps.get_model("documents", "TemplateVersion").objects.all().delete()
    apps.get_model("documents", "PaperTemplate").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_links_to_client_inquiry_check_and_file")]
    operations = [migrations.RunPython(seed, unseed)]
