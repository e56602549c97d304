"""First wordings of the papers that came with stage 3. A lawyer has yet to approve them."""

import datetime as dt
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parent.parent / "seed"
WRITTEN_AT = dt.datetime(2026, 11, 29, 9, tzinfo=dt.UTC)
NOTE = "Draft in own words, not written by a lawyer: a lawyer of the agency must approve it before real use."
KINDS = (
    "VOLIKIRI_PEA",
    "VOLIKIRI_TAVA",
    "TAGASIVOTMINE_PEA",
    "TAGASIVOTMINE_TAVA",
    "ARAUTLEMINE_KASUTAJA",
    "LEPINGU_LOPETAMINE_TEADE",
    "LEPINGU_LOPETAMINE_KOKKULEPE",
    "LEPINGU_LOPETAMINE_AMET",
)


def seed(apps, schema_editor):
    templates = apps.get_model("documents", "PaperTemplate").objects
    versions = apps.get_model("documents", "TemplateVersion").objects
    for kind in KINDS:
        template, _new = templates.get_or_create(kind=kind)
        versions.get_or_create(
            template=template,
            number=1,
            defaults={
                "state": "approved",
                "body": (FOLDER / f"{kind.lower()}.et.txt").read_text(encoding="utf-8"),
                "note": NOTE,
                "written_at": WRITTEN_AT,
                "approved_at": WRITTEN_AT,
            },
        )


def unseed(apps, schema_editor):
    apps.get_model("documents", "TemplateVersion").objects.filter(template__kind__in=KINDS).delete()
    apps.get_model("documents", "PaperTemplate").objects.filter(kind__in=KINDS).delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_fixed_texts_again")]
    operations = [migrations.RunPython(seed, unseed)]
