"""Which words are told of a record, and which searches find it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dakehu.common.words import (
    LONGEST,
    Search,
    parts_found,
    told_words,
    typed_words,
)

GROUP = told_words(mark="GROUP", number="01G000105", name="３M中国（上海）有限公司", tail="")
PERSON = told_words(mark="", number="01S00000101", name="单晓霞", tail="5678")
TEXTS = st.text(alphabet="王李重庆单ab1 -（é$#='\"*", max_size=40)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("单晓霞", True),
        ("晓霞", True),
        ("shanxiaoxia", True),
        ("xiaoxia", True),
        ("shan", True),
        ("sxx", True),
        ("XX", True),
        ("01s00000101", True),
        ("01S0", True),
        ("0101", True),
        ("5678", True),
        ("晓霞 5678", True),
        ("霞晓", False),
        ("danxiaoxia", False),
        ("678", False),
        ("000101", False),
        ("晓霞 5679", False),
    ],
)
def test_a_person_is_found_by_name_pinyin_initials_number_and_tail(typed, is_found):
    assert Search.of(typed).finds(PERSON) is is_found


@pytest.mark.parametrize(
    "typed", ["3m", "中国", "上海有限", "（上海）", "3mzg", "shanghai", "yxgs", "有限公司 3M"]
)
def test_signs_and_widths_do_not_matter(typed):
    expected = typed != "上海有限"

    assert Search.of(typed).finds(GROUP) is expected


def test_a_whole_word_is_told_apart_from_its_beginning():
    assert Search.of("晓霞", whole=True).finds(PERSON)
    assert not Search.of("晓", whole=True).finds(PERSON)


def test_a_mark_keeps_one_kind():
    assert Search.of("中国", marks=("GROUP", "PROSPECT")).finds(GROUP)
    assert not Search.of("晓霞", marks=("GROUP",)).finds(PERSON)


def test_what_was_typed_is_cut_into_few_plain_words():
    assert typed_words(' 王 - 伟*  "a\'b" c d e f') == ["王", "伟", "a", "b", "c"]


def test_a_very_long_name_is_found_by_what_fits():
    told = told_words(mark="", number="", name="国" * 200, tail="")

    assert Search.of("国" * 60).finds(told)
    assert max(map(len, told.split())) <= LONGEST + 1
    assert len(told) < 10_000


@given(name=TEXTS, number=TEXTS)
def test_every_name_finds_itself(name, number):
    told = told_words(mark="GROUP", number=number, name=name, tail="1234")

    assert Search.of(name).finds(told)
    assert Search.of(number[:20]).finds(told)


@given(name=TEXTS, typed=TEXTS)
def test_parts_put_together_are_the_text(name, typed):
    parts = parts_found(name, typed_words(typed))

    assert "".join(text for text, _found in parts) == name


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("晓霞", "晓霞"), ("xiaox", "晓霞"), ("sx", "单晓"), ("霞 单", "单|霞"), ("zz", "")],
)
def test_what_was_found_is_marked_in_the_name(typed, marked):
    parts = parts_found("单晓霞", typed_words(typed))

    assert "|".join(text for text, is_found in parts if is_found) == marked
