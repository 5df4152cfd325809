from django.db import migrations

TABLES = ("customers_customerwords", "customers_contactwords")
# With the usual hundred, PostgreSQL takes every word for a rare one, and asks for each the way
# that suits three rows.
FIGURES = 1000


def keep_more(apps, schema_editor):
    """Let PostgreSQL know which words are frequent."""
    set_figures(schema_editor, FIGURES)


def keep_fewer(apps, schema_editor):
    """Leave the number of figures to the database."""
    set_figures(schema_editor, -1)


def set_figures(schema_editor, number):
    """Set how many figures PostgreSQL keeps of the words."""
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"ALTER TABLE {table} ALTER words SET STATISTICS {number}")
            schema_editor.execute(f"ANALYZE {table}")


class Migration(migrations.Migration):
    """Frequent words are told from rare ones."""

    dependencies = [("customers", "0011_brand_index")]

    operations = [migrations.RunPython(keep_more, keep_fewer)]
