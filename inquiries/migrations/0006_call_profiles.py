import json
from pathlib import Path

from django.db import migrations

SEED = Path(__file__).parents[1] / "seed" / "call_profiles.json"


def load(apps, schema_editor):
    profiles = apps.get_model("inquiries", "CallRecordProfile")
    for row in json.loads(SEED.read_text(encoding="utf-8")):
        profiles.objects.get_or_create(
            code=row["code"], defaults={"name": row["name"], "layout": row["layout"]}
        )


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0005_phone_calls")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
