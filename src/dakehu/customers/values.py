"""Values of the customers app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

CustomContent = str | Decimal | date | bool | None
"""What a customer has in a custom field: text or choice, number, date, yes or no, or nothing."""


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


@dataclass(frozen=True)
class HeldProduct:
    """A product that a customer holds or held, by name; ``since`` None if the source knew none."""

    name: str
    code: str
    is_sticky: bool
    since: date | None
    until: date | None


@dataclass(frozen=True)
class StickyProduct:
    """A sticky product, and since when the customer holds it (粘性业务)."""

    name: str
    is_held: bool
    since: date | None


@dataclass(frozen=True)
class CustomLine:
    """A custom field by its label, with what a customer has in it."""

    label: str
    content: CustomContent
    help_text: str


@dataclass(frozen=True)
class ProspectFacts:
    """
    What people know of a prospect: the customer's own fields, and those of an organisation.

    ``profile`` is empty for a person. ``custom`` holds custom fields by key.
    """

    customer: Mapping[str, Any]
    profile: Mapping[str, Any] = field(default_factory=dict)
    custom: Mapping[str, CustomContent] = field(default_factory=dict)


@dataclass(frozen=True)
class Trail:
    """What it takes to put changes into words, by model label: kinds of detail and models.

    ``custom`` holds the labels of custom fields by key.
    """

    kinds: Mapping[str, str]
    models: Mapping[str, Any]
    custom: Mapping[str, str]


@dataclass(frozen=True)
class Traits:
    """What tells customers apart, in plain; never shown and never logged. Empty is unknown."""

    kind: str
    name: str = ""
    phone: str = ""
    identity: str = ""
    address: str = ""
    city: str = ""


@dataclass(frozen=True)
class Likely:
    """
    A customer that somebody who is being entered may be.

    ``pk`` is None for one beyond the reach of whoever asks: then only the unit is told.
    ``reasons`` are the traits that agree, in words.
    """

    pk: int | None
    name: str
    number: str
    unit: str
    manager: str
    score: int
    reasons: tuple[str, ...]
