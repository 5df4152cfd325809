"""The classes of work that an installation begins with; the operator renames and adds."""

from django.db import migrations

CLASSES = (
    ("客户走访", "Visit"),
    ("电话沟通", "Telephone call"),
    ("业务办理", "Business handled"),
    ("投诉处理", "Complaint"),
    ("故障协调", "Fault coordination"),
    ("方案支撑", "Solution support"),
    ("会议培训", "Meeting or training"),
    ("其他工作", "Other work"),
)


def add_classes(apps, schema_editor):
    """Add the classes, in this order."""
    category = apps.get_model("worklist", "WorkCategory")
    for position, (name, name_en) in enumerate(CLASSES, start=1):
        category.objects.create(name=name, name_en=name_en, position=position)


class Migration(migrations.Migration):
    dependencies = [("worklist", "0003_work_log")]

    operations = [migrations.RunPython(add_classes, migrations.RunPython.noop)]
