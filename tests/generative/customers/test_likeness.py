"""The scan for duplicates misses nothing that comparing all with all would find.

The second evaluator shares no code with the rules: it counts missing letters by their definition,
compares every customer with every other and knows no keys.
"""

import unicodedata
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin_dict
from pypinyin.style import convert

from dakehu.common.chinese import SURNAMES
from dakehu.customers.rules.likeness import find_pairs
from dakehu.customers.values import Traits

FORMS = (
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "总公司",
    "集团",
    "公司",
    "股份",
)
TELLING = "0123456789一二三四五六七八九十百东西南北甲乙丙丁"
LETTERS = "滨海港务物流园巷第一二东"
ADDRESSES = (
    "",
    "港湾路88号院",
    "港湾路88号院内",
    "港湾路89号院",
    "山前路一号楼",
    "山前路二号楼",
)

BASE = st.text(alphabet=LETTERS, min_size=0, max_size=13)


@st.composite
def customers(draw):
    """Draw customers of whom several are copies of others with letters changed."""
    names = draw(st.lists(BASE, min_size=2, max_size=5))
    rows = {}
    for number in range(draw(st.integers(2, 9))):
        name = list(draw(st.sampled_from(names)))
        for _edit in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(name)))
            act = draw(st.sampled_from("ird"))
            letter = draw(st.sampled_from(LETTERS))
            name[place : place + (act != "i")] = [] if act == "d" else [letter]
        rows[number] = Traits(
            kind=draw(st.sampled_from(["GROUP", "PROSPECT", "INDIVIDUAL"])),
            name="".join(name) + draw(st.sampled_from(["", "集团", "有限公司"])),
            phone=draw(st.sampled_from(["", "", "13800000001", "86 138 0000 0001"])),
            identity=draw(st.sampled_from(["", "", "", "X1", "x1"])),
            address=draw(st.sampled_from(ADDRESSES)),
            city=draw(st.sampled_from(["", "01", "02"])),
        )
    return rows


def core(name):
    plain = "".join(c for c in unicodedata.normalize("NFKC", name).lower() if c.isalnum())
    left = plain
    stripped = True
    while stripped:
        stripped = False
        for form in sorted(FORMS, key=len, reverse=True):
            if left.endswith(form):
                left, stripped = left[: len(left) - len(form)], True
                break
    return left or plain


def sound(name):
    spoken = []
    for place, letter in enumerate(name):
        found = pinyin_dict.pinyin_dict.get(ord(letter))
        read = convert(found.split(",")[0], Style.NORMAL, strict=False) if found else letter
        spoken.append(SURNAMES.get(letter, read) if place == 0 else read)
    return "".join(spoken)


def common(one, other):
    """Work the length of the longest common subsequence out cell by cell."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i + 1][j + 1] = (
                table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
            )
    return table[-1][-1]


def missing(one, other):
    """Count the letters that one has and the other lacks, in their order."""
    return len(one) + len(other) - 2 * common(one, other)


def ratio(one, other):
    """Twice the longest common subsequence over both lengths, in per cent."""
    return 200 * common(one, other) / (len(one) + len(other))


def number(phone):
    digits = "".join(c for c in phone if c.isdigit())
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def house(address):
    """The figures of an address of this test: each has one house and nothing more."""
    return "".join(c for c in address if c in "0123456789一二")


def score_of(a, b):
    """Compare two customers step by step, as the evidence reads in words."""
    one, other = core(a.name), core(b.name)
    longest = max(len(one), len(other))
    allowed = 2 if longest >= 12 else 1 if longest >= 6 else 0
    same = bool(one) and one == other
    heard = not same and bool(one and other) and sound(one) == sound(other) and sound(one) != one
    telling = [[c for c in core_ if c in TELLING] for core_ in (one, other)]
    alike = (
        not same and not heard and bool(one and other) and allowed > 0
        and telling[0] == telling[1] and missing(one, other) <= allowed
    )  # fmt: skip
    phone = number(a.phone) != "" and number(a.phone) == number(b.phone)
    plain = ["".join(c for c in each if c.isalnum()) for each in (a.address, b.address)]
    place = min(map(len, plain)) >= 6 and round(ratio(*plain)) >= 85
    place = place and house(plain[0]) == house(plain[1])
    city = a.city != "" and a.city == b.city
    organisation = min(len(one), len(other)) >= 4
    steps = (
        (bool(a.identity) and a.identity.upper() == b.identity.upper(), 100),
        (phone and same, 98),
        (phone and (alike or heard), 96),
        (same and place, 95),
        (organisation and same and city, 92),
        ((alike or heard) and place, 90),
        (organisation and heard and city, 85),
        (organisation and alike and city, 82),
        (phone, 80),
        (organisation and same, 60),
    )
    return next((score for holds, score in steps if holds), 0)


@settings(max_examples=300)
@given(rows=customers(), least=st.sampled_from([60, 80, 90]))
def test_the_scan_finds_what_comparing_all_with_all_finds(rows, least):
    expected = {
        (first, second): score_of(rows[first], rows[second])
        for first, second in combinations(sorted(rows), 2)
        if "PROSPECT" in {rows[first].kind, rows[second].kind}
        or rows[first].kind == rows[second].kind == "GROUP"
    }

    found = {(each.first, each.second): each.score for each in find_pairs(rows, least=least)}

    assert found == {pair: score for pair, score in expected.items() if score >= least}
