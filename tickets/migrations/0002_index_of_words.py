from django.db import migrations

from common.words import create_index, drop_index

TABLES = ("tickets_ticketwords", "tickets_ticketdeskwords")


def forwards(apps, schema_editor):
    for table in TABLES:
        create_index(schema_editor, table, "ticket_id")


def backwards(apps, schema_editor):
    for table in TABLES:
        drop_index(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
