import django.db.models.deletion
from django.db import migrations, models

import dakehu.customers.fields

TABLES = ("customers_customerwords", "customers_contactwords")

# Kept by triggers, whoever writes the words. SQLite drops triggers with their table, so a later
# migration that makes one of the tables anew has to make these anew, too.
ADDED = "INSERT INTO {table}_told (rowid, words) VALUES (new.record_id, new.words);"
REMOVED = (
    "INSERT INTO {table}_told ({table}_told, rowid, words) "
    "VALUES ('delete', old.record_id, old.words);"
)
ON = {
    "sqlite": (
        "CREATE VIRTUAL TABLE {table}_told USING fts5("
        # Beginnings that thousands of words share are kept ready; longer ones are put together.
        "words, content='', detail=none, prefix='2 3', "
        "tokenize=\"ascii tokenchars '#$='\")",
        "CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN " + ADDED + " END",
        "CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN " + REMOVED + " END",
        "CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN "
        + REMOVED + ADDED + " END",
    ),
    "postgresql": ("CREATE INDEX {table}_told ON {table} USING gin (words)",),
}
OFF = {
    "sqlite": (
        "DROP TRIGGER {table}_added",
        "DROP TRIGGER {table}_removed",
        "DROP TRIGGER {table}_changed",
        "DROP TABLE {table}_told",
    ),
    "postgresql": ("DROP INDEX {table}_told",),
}


def add_index(apps, schema_editor):
    """Let the database find words."""
    carry_out(schema_editor, ON)


def drop_index(apps, schema_editor):
    """Take the means of finding words away."""
    carry_out(schema_editor, OFF)


def carry_out(schema_editor, statements):
    """Run the statements of this database for both tables."""
    for table in TABLES:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=table), None)


def words_of(name, model):
    """Return the table of the words told of one model's records."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("source", models.TextField()),
            ("words", dakehu.customers.fields.ToldWordsField()),
            (
                "record",
                models.OneToOneField(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    primary_key=True,
                    related_name="told",
                    serialize=False,
                    to=model,
                ),
            ),
        ],
        options={"abstract": False},
    )


class Migration(migrations.Migration):

    dependencies = [
        ("customers", "0005_products"),
    ]

    operations = [
        words_of("ContactWords", "customers.contact"),
        words_of("CustomerWords", "customers.customer"),
        migrations.RunPython(add_index, drop_index),
    ]
