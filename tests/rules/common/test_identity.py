"""Identity numbers that add up, and other papers."""

import pytest

from dakehu.common.identity import check_character, is_identity_number


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("110105194912310021", False),
        ("11010519491231002x", False),
        ("E12345678", True),
        ("123", False),
        ("=SUM(A1)", False),
        ("", False),
    ],
)
def test_a_number_can_be_one_or_not(typed, is_one):
    assert is_identity_number(typed) is is_one


def test_the_last_character_follows_from_the_others():
    assert check_character("11010519491231002") == "X"
