from django.db import migrations

from common.words import create_index, drop_index

TABLE = "tickets_ticketwords"


def forwards(apps, schema_editor):
    create_index(schema_editor, TABLE, "ticket_id")


def backwards(apps, schema_editor):
    drop_index(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
