"""Which customers may be the same: the cases that people argued about, as a table."""

import pytest

from dakehu.customers.rules.likeness import (
    EVIDENCE,
    PROPOSED_FROM,
    WARNED_FROM,
    core_of,
    digits_of,
    find_pairs,
    likeness,
    may_be_merged,
)
from dakehu.customers.values import Traits

STREET = "滨海市东城区港湾路88号"


def group(name, **traits):
    return Traits(kind="GROUP", name=name, **{"city": "01", **traits})


def prospect(name, **traits):
    return Traits(kind="PROSPECT", name=name, **{"city": "01", **traits})


CASES = [
    # what is compared, with what, what agrees, the score
    (group("滨海港务集团有限公司"), prospect("滨海港务有限公司"), {"name"}, 92),
    (group("滨海港务集团"), prospect("滨海港务(集团)"), {"name"}, 92),
    (group("滨海港务集团"), prospect("滨海港物集团"), {"sound"}, 85),
    (group("滨海港务物流园"), prospect("滨海港务流园"), {"alike"}, 82),
    (group("滨海港务物流园"), prospect("滨海巷务物流园"), set(), 0),
    (group("岚州市公安局"), group("岚州市公路局"), set(), 0),
    (group("岚州市城东区人民政府"), group("岚州市城东区人民法院"), set(), 0),
    (group("岚州市人民政府"), prospect("岚州人民政府"), {"alike"}, 82),
    (group("滨海第一中学"), prospect("滨海第二中学"), set(), 0),
    (group("建设银行东城支行营业部"), group("建设银行西城支行营业部"), set(), 0),
    (group("临江纺织"), group("临江纺机"), set(), 0),
    (group("第一人民医院"), group("第一人民医院", city="02"), {"name"}, 60),
    (group("港务", address=STREET), prospect("港务", address=STREET + "A座"),
     {"name", "address"}, 95),
    (group("港务", address=STREET), prospect("港务", address=STREET + "A座3楼"),
     {"name", "address"}, 95),
    (group("港务", address=STREET), prospect("港务", address="滨海市东城区港湾路89号"),
     {"name"}, 0),
    (group("港务", address="滨海市港湾东路88号"), prospect("港务", address="滨海市港湾西路88号"),
     {"name"}, 0),
    (group("港务", address="滨海解放一路八号院"), prospect("港务", address="滨海解放二路八号院"),
     {"name"}, 0),
    (group("港务"), prospect("港务"), {"name"}, 0),
    (prospect("张伟"), prospect("张伟"), {"name"}, 0),
    (prospect("张伟", phone="138 1234 5678"), prospect("章伟", phone="+8613812345678"),
     {"phone", "sound"}, 96),
    (prospect("张伟", phone="13812345678"), prospect("李娜", phone="13812345678"), {"phone"}, 80),
    (prospect("张伟", identity="110101198001123x"), prospect("李娜", identity="110101198001123X"),
     {"identity"}, 100),
    (prospect(""), prospect(""), set(), 0),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "agrees", "score"), CASES)
def test_what_agrees_and_what_it_says(one, other, agrees, score):
    for first, second in ((one, other), (other, one)):
        found, reasons = likeness(first, second)
        assert (found, set(reasons)) == (score, agrees)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("滨海港务集团有限责任公司", "滨海港务"),
        ("ＡＢＣ（中国）股份有限公司", "abc中国"),
        ("集团公司", "集团公司"),
        ("", ""),
    ],
)
def test_the_legal_form_and_signs_do_not_tell_apart(name, core):
    assert core_of(name) == core


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("+86 138-1234-5678", "13812345678"), ("0086 13812345678", "13812345678"),
     ("0571-86123456", "057186123456"), ("", "")],
)  # fmt: skip
def test_numbers_are_compared_without_signs_and_country(typed, digits):
    assert digits_of(typed) == digits


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [("INDIVIDUAL", "INDIVIDUAL", False), ("GROUP", "INDIVIDUAL", False), ("GROUP", "GROUP", True),
     ("PROSPECT", "PROSPECT", True), ("PROSPECT", "GROUP", True),
     ("INDIVIDUAL", "PROSPECT", True)],
)  # fmt: skip
def test_two_numbers_of_the_billing_system_are_never_one(first, second, may):
    assert may_be_merged(first, second) is may


def test_individuals_with_the_same_number_are_not_proposed():
    twins = {
        1: Traits("INDIVIDUAL", phone="13812345678"),
        2: Traits("INDIVIDUAL", phone="13812345678"),
    }

    assert list(find_pairs(twins, least=PROPOSED_FROM)) == []


def test_the_strongest_evidence_stands_first_and_every_line_has_a_reason():
    scores = [each.score for each in EVIDENCE]

    assert scores == sorted(scores, reverse=True)
    assert all(each.reason for each in EVIDENCE)
    assert min(scores) == WARNED_FROM < PROPOSED_FROM
