"""The products that the cities deliver, by name; the first three bind (粘性业务, V1)."""

from django.db import migrations

PRODUCTS = (
    ("HOME_FAMILY", "我I我家", "My family", True),
    ("MAIL_139", "139邮箱", "139 mailbox", True),
    ("AGE_REWARD", "网龄回报", "Loyalty reward", True),
    ("BROADBAND", "家庭宽带", "Home broadband", False),
    ("RING_TONE", "彩铃", "Ring-back tone", False),
    ("MOBILE_SECRETARY", "移动秘书", "Mobile secretary", False),
    ("CALL_GUARD", "来电提醒", "Missed-call alert", False),
    ("VPMN", "集团V网", "Group VPMN", False),
    ("MAS", "移动代理服务器", "Mobile agent server", False),
    ("LEASED_LINE", "互联网专线", "Internet leased line", False),
    ("ADC_OA", "ADC移动办公", "ADC mobile office", False),
    ("M2M", "物联网卡", "IoT cards", False),
    ("GROUP_RING", "集团彩铃", "Group ring-back tone", False),
    ("VIDEO_MEETING", "云视讯", "Video meeting", False),
    ("SMS_400", "400短信", "400 messages", False),
)


def add_products(apps, schema_editor):
    product = apps.get_model("customers", "Product")
    for code, name, name_en, is_sticky in PRODUCTS:
        product.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "is_sticky": is_sticky}
        )


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_archive_reference")]

    operations = [migrations.RunPython(add_products, migrations.RunPython.noop)]
