"""What the pages of levels by hand and of assessments offer."""

from typing import TYPE_CHECKING, Any

from dakehu.tiering.queries.assessments import (
    assessments_of,
    get_level,
    grantable_levels,
    recorded_measures,
)
from dakehu.tiering.queries.wording import name_of

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.tiering.models import Level, Measure


def assessable(customer: "Customer") -> "list[tuple[Measure, Any]]":
    """Gather the measures that managers record of a customer, with what is recorded."""
    known = assessments_of(customer)
    return [(each, known.get(each.pk)) for each in recorded_measures(customer)]


def grantable(customer: "Customer") -> list[tuple[str, str]]:
    """Gather the levels that may be proposed for a customer, named with their scheme."""
    return [
        (str(each.pk), f"{name_of(each.scheme)} · {name_of(each)}")
        for each in grantable_levels(customer)
    ]


def level_named(text: str) -> "Level":
    """Return the level that was chosen."""
    return get_level(int(text))
