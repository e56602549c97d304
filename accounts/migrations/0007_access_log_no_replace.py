from django.db import migrations

from accounts.access_log_trigger import LET_REPLACE, NEVER_REPLACE


def run(statements):
    def execute(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return execute


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_periods_on_the_line")]
    operations = [migrations.RunPython(run(NEVER_REPLACE), run(LET_REPLACE))]
