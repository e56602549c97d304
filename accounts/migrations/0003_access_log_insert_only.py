from django.db import migrations

from accounts.access_log_trigger import INSTALL, REMOVE


def run(statements):
    def execute(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return execute


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_staff_matters")]
    operations = [migrations.RunPython(run(INSTALL), run(REMOVE))]
