"""Where a new part of a condition goes, and that a place which is not there is refused."""

import pytest

from dakehu.rulekit.editing import added

A, B, C, NEW = ({"measure": name, "known": True} for name in ("a", "b", "c", "new"))


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        (None, (), NEW),
        (A, (), {"all": [A, NEW]}),
        ({"all": [A, B]}, (), {"all": [A, B, NEW]}),
        ({"any": [A, B]}, (), {"any": [A, B, NEW]}),
        # Beside a comparison: in the group that it is in, right after it.
        ({"all": [A, B]}, (0,), {"all": [A, NEW, B]}),
        ({"any": [A, B]}, (1,), {"any": [A, B, NEW]}),
        ({"all": [A, {"any": [B, C]}]}, (1, 0), {"all": [A, {"any": [B, NEW, C]}]}),
        ({"all": [A, {"any": [B, C]}]}, (1,), {"all": [A, {"any": [B, C, NEW]}]}),
        # A comparison that stands alone becomes a group.
        ({"not": A}, (0,), {"not": {"all": [A, NEW]}}),
        ({"all": [{"not": A}]}, (0, 0), {"all": [{"not": {"all": [A, NEW]}}]}),
    ],
)
def test_a_new_part_goes_where_it_was_asked_for(before, place, after):
    assert added(before, place, NEW) == after


@pytest.mark.parametrize("place", [(2,), (-1,), (0, 0)])
def test_a_place_that_is_not_there_is_refused(place):
    with pytest.raises(IndexError):
        added({"all": [A, B]}, place, NEW)
