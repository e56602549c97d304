"""What a caller must be known by before something is spoken of: our proposal, for the administrator to set."""

from django.db import migrations

RULES = {
    "contacts": "number",
    "start_case": "number",
    "accesses": "facts",
    "restricted": "facts",
}


def add_rules(apps, schema_editor):
    model = apps.get_model("inquiries", "IdentificationRule")
    for spoken_of, least in RULES.items():
        model.objects.get_or_create(spoken_of=spoken_of, defaults={"least": least})


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0020_how_the_caller_was_identified")]
    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
