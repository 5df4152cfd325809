"""The reply templates that an installation begins with; the operator changes them."""

from django.db import migrations

TEMPLATES = (
    (
        "",
        "已受理",
        "尊敬的客户：您的诉求（{number}）已由{team}受理，我们会尽快处理。进度可随时查看：{link}",
        "Dear customer, {team} has taken up your request {number}. See how far it is: {link}",
    ),
    (
        "COMPLAINT",
        "投诉受理",
        "尊敬的客户：给您带来不便，深表歉意。您的投诉{number}已受理，我们将于{due}前答复您。进度：{link}",
        "Dear customer, we are sorry. We answer your complaint {number} by {due}. Progress: {link}",
    ),
    (
        "FAULT",
        "故障处理中",
        "尊敬的客户：您申告的故障（{number}，{subject}）正在抢修，{due}前向您回复进展。进度：{link}",
        "Dear customer, we are working on the fault {number}; you hear from us by {due}. {link}",
    ),
    (
        "FAULT",
        "故障已恢复",
        "尊敬的客户：您申告的故障（{number}）已恢复，请您确认。如仍有异常，请致电或联系您的客户经理。",
        "Dear customer, the fault {number} is repaired. Please tell us if anything is still wrong.",
    ),
    (
        "COVERAGE",
        "网络覆盖初步答复",
        "尊敬的客户：您反映的网络覆盖需求（{number}）已完成初步勘察，后续安排可查看：{link}",
        "Dear customer, your coverage need {number} was looked at. What comes next: {link}",
    ),
)


def add_all(apps, schema_editor):
    """Add the templates."""
    template = apps.get_model("cases", "ReplyTemplate")
    for kind, name, text, text_en in TEMPLATES:
        template.objects.create(kind=kind, name=name, text=text, text_en=text_en)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_reply_templates")]

    operations = [migrations.RunPython(add_all, migrations.RunPython.noop)]
