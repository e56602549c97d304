"""The trigger that makes the access log insert-only, for each engine.

Used by its migration, and by the tests to empty the table between two tests.
"""

MESSAGE = "the access log is insert-only"

INSTALL = {
    "postgresql": [
        f"""
        CREATE FUNCTION accounts_accessentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
        """,
        """
        CREATE TRIGGER accounts_accessentry_insert_only
        BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_accessentry
        FOR EACH STATEMENT EXECUTE FUNCTION accounts_accessentry_refuse()
        """,
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER accounts_accessentry_no_{act} BEFORE {act} ON accounts_accessentry
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
        """
        for act in ("UPDATE", "DELETE")
    ],
}
REMOVE = {
    "postgresql": [
        "DROP TRIGGER accounts_accessentry_insert_only ON accounts_accessentry",
        "DROP FUNCTION accounts_accessentry_refuse()",
    ],
    "sqlite": [
        "DROP TRIGGER accounts_accessentry_no_UPDATE",
        "DROP TRIGGER accounts_accessentry_no_DELETE",
    ],
}

# SQLite fires no DELETE trigger when INSERT OR REPLACE takes the place of an entry.
NEVER_REPLACE = {
    "postgresql": [],
    "sqlite": [
        f"""
        CREATE TRIGGER accounts_accessentry_no_replace BEFORE INSERT ON accounts_accessentry
        WHEN EXISTS (SELECT 1 FROM accounts_accessentry WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
        """  # noqa: S608  # our own words
    ],
}
LET_REPLACE = {"postgresql": [], "sqlite": ["DROP TRIGGER accounts_accessentry_no_replace"]}
