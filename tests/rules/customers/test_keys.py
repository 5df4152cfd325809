"""Keys of custom fields."""

import pytest

from dakehu.customers.rules import free_key


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("招标月份", "zhaobiaoyuefen"),
        ("CRM No.", "crm_no"),
        ("！？", "field"),
        ("=cmd|' /C calc'!A0", "cmd_c_calc_a0"),
        ("电话" * 30, ("dianhua" * 5)[:30]),
    ],
)
def test_a_key_is_made_from_the_label(label, key):
    assert free_key(label, set()) == key


def test_a_key_that_somebody_has_gets_a_number():
    assert free_key("上云意愿", {"shangyunyiyuan", "shangyunyiyuan_2"}) == "shangyunyiyuan_3"
