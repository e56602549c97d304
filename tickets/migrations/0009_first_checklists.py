from functools import partial

from django.db import migrations

from tickets.first_checklists import write_first_checklists


def forwards(apps, schema_editor):
    write_first_checklists(partial(apps.get_model, "tickets"))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0008_canned_replies")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
