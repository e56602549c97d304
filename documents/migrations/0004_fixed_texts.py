"""An approved wording never changes, nor does what a paper was made of, whoever writes to the tables.

The variables of a paper are left out: their ciphertext changes when encryption keys are rotated.
"""

from django.db import migrations

RULES = (
    ("documents_templateversion", "OLD.state = 'approved'", "an approved template never changes"),
    (
        "documents_paper",
        "OLD.number IS NOT NULL AND NEW.number <> OLD.number"
        " OR OLD.rendered_at IS NOT NULL AND (NEW.sha256 <> OLD.sha256"
        " OR NEW.template_version_id <> OLD.template_version_id"
        " OR NEW.stored_file_id <> OLD.stored_file_id)",
        "a paper that was made never changes",
    ),
)


def install(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, when, words in RULES:
        if is_postgresql:
            schema_editor.execute(
                f"CREATE FUNCTION {table}_refuse_update() RETURNS trigger AS $$ "
                f"BEGIN RAISE EXCEPTION '{words}'; END $$ LANGUAGE plpgsql"
            )
            action = f"EXECUTE FUNCTION {table}_refuse_update()"
        else:
            action = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        schema_editor.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) {action}"
        )


def remove(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, _when, _words in RULES:
        on_table = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {table}_fixed{on_table}")
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {table}_refuse_update()")


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_seed_templates")]
    operations = [migrations.RunPython(install, remove)]
