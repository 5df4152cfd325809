from django.db import migrations


class Migration(migrations.Migration):
    """Until now only the city files named managers."""

    dependencies = [("customers", "0002_archive_and_duplicates")]

    operations = [
        migrations.RunSQL(
            "UPDATE customers_customer SET delivered_manager_id = manager_id",
            migrations.RunSQL.noop,
        ),
    ]
