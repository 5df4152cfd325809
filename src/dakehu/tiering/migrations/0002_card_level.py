"""The scheme of individual card levels and its levels (T18)."""

from django.db import migrations

LEVELS = (
    (0, "普通", "Ordinary"),
    (1, "贵宾", "VIP"),
    (2, "银卡", "Silver"),
    (3, "金卡", "Gold"),
    (4, "钻石卡", "Diamond"),
)


def add_card_levels(apps, schema_editor):
    scheme, _ = apps.get_model("tiering", "Scheme").objects.get_or_create(
        code="card-level", defaults={"name": "个人客户卡级别", "name_en": "Individual card level"}
    )
    level = apps.get_model("tiering", "Level")
    for rank, name, name_en in LEVELS:
        level.objects.get_or_create(
            scheme=scheme, rank=rank, defaults={"name": name, "name_en": name_en}
        )


class Migration(migrations.Migration):
    dependencies = [("tiering", "0001_initial")]

    operations = [migrations.RunPython(add_card_levels, migrations.RunPython.noop)]
