"""Evidence is written once. Only encrypted columns may be written again: by a change of keys."""

from django.db import migrations

COLUMNS = {
    "registry_registeranswer": "registry_code, obtained_at, operations, reply, reply_sha256",
    "registry_checksignatory": "check_of_id, name, code_hash, country",
    "registry_checkperson": (
        "check_of_id, position, of_code, of_name, depth, name, first_name, last_name,"
        " is_legal_person, role, role_label, may_alone, groups, represents, code_hash, country,"
        " country_label, starts_on, term_ends_on, is_signatory"
    ),
    "registry_checkevidence": (
        "check_of_id, kind, depth, answer_id, data_at, content, stored_file_id, sha256,"
        " added_at, added_by_id"
    ),
}


def quoted(columns):
    return ", ".join(f'"{column.strip()}"' for column in columns.split(","))


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            CREATE FUNCTION registry_refuse_update() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'evidence is never changed';
            END;
            $$ LANGUAGE plpgsql;
            """
        )
    for table, columns in COLUMNS.items():
        trigger = f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {quoted(columns)} ON {table} "
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION registry_refuse_update()")
        else:
            schema_editor.execute(
                f"{trigger} BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END"
            )


def backwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in COLUMNS:
        schema_editor.execute(
            f"DROP TRIGGER {table}_fixed ON {table}" if is_postgresql else f"DROP TRIGGER {table}_fixed"
        )
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION registry_refuse_update()")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_organisations_imports_checks")]

    operations = [migrations.RunPython(forwards, backwards)]
