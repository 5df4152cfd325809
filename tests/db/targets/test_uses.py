"""A measure that a target group names stays until the group is closed (T23)."""

import pytest

from dakehu.targets.models import TargetGroup
from dakehu.tiering.errors import UnableToDefineMeasure
from dakehu.tiering.operations.measuring import define_measure, remove_measure


def test_a_measure_named_by_a_group_is_not_removed_and_the_group_is_told(people, at, english):
    maker = people.operations_center
    measure = define_measure(
        values={
            "code": "own_revenue", "name": "自定收入", "name_en": "Own revenue",
            "kind": "INDIVIDUAL", "unit": "DAYS", "note": "",
            "source": {"age": {"column": "open_date"}},
        },
        by=maker,
        at=at,
    )  # fmt: skip
    group = TargetGroup.objects.create(
        name="高价值", kind="INDIVIDUAL", unit=people.units.city, membership="LIVE",
        condition={"not": {"measure": "own_revenue", "is": ">=", "value": 5}},
        created_by=maker, created_at=at,
    )  # fmt: skip

    with pytest.raises(UnableToDefineMeasure, match="the target group 高价值"):
        remove_measure(measure=measure, by=maker, at=at)

    group.state = "CLOSED"
    group.save()
    remove_measure(measure=measure, by=maker, at=at)
