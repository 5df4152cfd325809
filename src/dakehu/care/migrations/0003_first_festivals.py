"""The festivals and wordings that an installation begins with; the operator changes them."""

from django.db import migrations

FESTIVALS = (
    ("元旦", "New Year's Day", "SOLAR", 1, 1, True),
    ("春节", "Spring Festival", "LUNAR", 1, 1, True),
    ("元宵节", "Lantern Festival", "LUNAR", 1, 15, False),
    ("妇女节", "Women's Day", "SOLAR", 3, 8, False),
    ("劳动节", "Labour Day", "SOLAR", 5, 1, True),
    ("世界电信日", "World Telecommunication Day", "SOLAR", 5, 17, False),
    ("端午节", "Dragon Boat Festival", "LUNAR", 5, 5, True),
    ("教师节", "Teachers' Day", "SOLAR", 9, 10, False),
    ("中秋节", "Mid-Autumn Festival", "LUNAR", 8, 15, True),
    ("国庆节", "National Day", "SOLAR", 10, 1, True),
)
WORDINGS = (
    (
        "FESTIVAL",
        "尊敬的{customer}：值此{occasion}来临之际，感谢您一直以来的信任与支持，祝您节日快乐、万事如意！{manager}敬上",
        "Dear {customer}, best wishes for {occasion}, and thank you for your trust. {manager}",
    ),
    (
        "ANNIVERSARY",
        "尊敬的{customer}：欣逢{occasion}{years}周年，谨致热烈祝贺，愿事业蒸蒸日上！{manager}敬上",
        "Dear {customer}, congratulations on {years} years of {occasion}. {manager}",
    ),
    (
        "BIRTHDAY",
        "尊敬的{person}：祝您生日快乐，身体健康，阖家幸福！{manager}敬上",
        "Dear {person}, happy birthday and all the best. {manager}",
    ),
)


def add_all(apps, schema_editor):
    """Add the festivals and wordings, in this order."""
    festival = apps.get_model("care", "Festival")
    for name, name_en, calendar, month, day, is_important in FESTIVALS:
        festival.objects.create(
            name=name,
            name_en=name_en,
            calendar=calendar,
            month=month,
            day=day,
            is_important=is_important,
        )
    wording = apps.get_model("care", "Wording")
    for kind, text, text_en in WORDINGS:
        wording.objects.create(kind=kind, text=text, text_en=text_en)


class Migration(migrations.Migration):
    dependencies = [("care", "0002_greetings")]

    operations = [migrations.RunPython(add_all, migrations.RunPython.noop)]
