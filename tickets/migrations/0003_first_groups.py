from functools import partial

from django.db import migrations

from tickets.first_groups import write_first_groups


def forwards(apps, schema_editor):
    write_first_groups(partial(apps.get_model, "tickets"))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_index_of_words")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
