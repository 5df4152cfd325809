"""Units and staff for those who ask (M1, M2, M7)."""

from dakehu.people.queries.staff import (
    FALLBACK_ROLES,
    colleagues_of,
    fallback_owners,
    people_suggested,
    person_named,
    responsible_for,
    staff_by_unit,
    staff_visible_to,
)
from dakehu.people.queries.units import cities, cities_within, unit_paths, units_within

__all__ = [
    "FALLBACK_ROLES",
    "cities",
    "cities_within",
    "colleagues_of",
    "fallback_owners",
    "people_suggested",
    "person_named",
    "responsible_for",
    "staff_by_unit",
    "staff_visible_to",
    "unit_paths",
    "units_within",
]
