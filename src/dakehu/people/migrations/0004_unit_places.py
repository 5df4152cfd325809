"""Give every unit that exists already its first place in the tree: since the day it was made."""

from django.db import migrations
from django.utils.timezone import localdate


def add_places(apps, schema_editor):
    Unit = apps.get_model("people", "Unit")
    UnitPlace = apps.get_model("people", "UnitPlace")
    Change = apps.get_model("audit", "Change")
    made = Change.objects.filter(subject_type="people.unit", verb="CREATED").order_by("-pk")
    made_at = dict(made.values_list("subject_id", "at"))
    UnitPlace.objects.bulk_create(
        UnitPlace(unit=unit, parent_id=unit.parent_id, active_from=localdate(made_at[unit.pk]))
        for unit in Unit.objects.filter(places=None)
        if unit.pk in made_at
    )


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_unit_functions"),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(add_places, migrations.RunPython.noop),
    ]
