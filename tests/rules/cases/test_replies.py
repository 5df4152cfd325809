"""Reply templates: named places, told apart from what stands for nothing."""

import pytest

from dakehu.cases.rules.replies import filled, lacking, wrong_places

VALUES = {"number": "01-260302-7", "due": "", "customer": "{link}"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("您好", []),
        ("{number}：{link}", []),
        ("{nummer}", ["{nummer}"]),
        ("{}", ["{}"]),
        ("{ number }", ["{ number }"]),
        ("{phone}{phone}{number}", ["{phone}"]),
        ("{number", ["{"]),
        ("a } b {", ["{", "}"]),
    ],
)
def test_wrong_places_are_named(text, wrong):
    assert wrong_places(text) == wrong


def test_what_is_not_known_is_told_and_stays():
    text = "{number} {due} {number} {team}"

    assert lacking(text, VALUES) == ["due", "team"]
    assert filled(text, VALUES) == "01-260302-7 {due} 01-260302-7 {team}"


def test_a_value_is_never_read_as_a_place():
    assert filled("{customer}", VALUES) == "{link}"
