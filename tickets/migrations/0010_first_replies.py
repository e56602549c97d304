from functools import partial

from django.db import migrations

from tickets.first_replies import write_first_replies


def forwards(apps, schema_editor):
    write_first_replies(partial(apps.get_model, "tickets"))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0009_first_checklists")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
