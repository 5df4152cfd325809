"""Values of the customers app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Applied:
    """What delivered rows did to the records: every row is in exactly one count (promise 5).

    Rows that do not concern the records, because their owner is unknown or not managed, count as
    unchanged.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def rows(self) -> int:
        """The number of rows that were given."""
        return self.created + self.updated + self.unchanged

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True)
class CustomerPlace:
    """Where a customer belongs: city, unit, and manager if there is one."""

    pk: int
    number: str
    city_code: str
    unit_id: int
    manager_id: int | None
