"""Named places in the words of solutions."""

import pytest

from dakehu.opportunities.choices import PLACE_WORDS
from dakehu.opportunities.rules.templates import PLACES, filled, left_places, wrong_places


def test_every_place_is_told_in_words():
    assert set(PLACE_WORDS) == set(PLACES)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("为 {customer} 建设", []),
        ("{phone} {phone} {x}", ["{phone}", "{x}"]),
        ("{customer", ["{"]),
        ("customer}", ["}"]),
        ("{{customer}}", ["{", "}"]),
        ("{}", ["{}"]),
    ],
)
def test_what_stands_for_nothing_is_named(text, wrong):
    assert wrong_places(text) == wrong


def test_what_is_known_is_filled_in_once_and_the_rest_is_left():
    values = {"customer": "{number} 公司", "number": "S01", "contact": ""}

    text = filled("{customer} {number} {contact} {contact}", values)

    assert text == "{number} 公司 S01 {contact} {contact}"
    assert left_places("{contact} {json} {contact} {need}") == ["{contact}", "{need}"]
