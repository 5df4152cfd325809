"""Where the values of a customer lie that can be compared and chosen when two are merged (V4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Customer, GroupProfile, PersonProfile

PROSPECT_FIELDS = ("name", "phone", "gender", "birth_date", "birth_calendar")
PERSON_FIELDS = (
    "occupation", "employer", "email", "hobbies", "preferences", "gift_wishes", "note",
)  # fmt: skip
PROFILE_FIELDS = (
    "industry", "org_kind", "admin_level", "strategic", "tax_rank", "employees", "address",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a value of a customer lies: on the customer or beside it, and in which field."""

    part: str
    field: str

    @property
    def key(self) -> str:
        """What the place is called in forms and in the record of a merger."""
        return f"{self.part}.{self.field}"

    @property
    def model(self) -> type[models.Model]:
        """The model whose field it is."""
        return MODELS[self.part]

    def value_in(self, customer: Customer) -> Any:
        """Return the value; nothing where the customer has no such part."""
        holder = holder_of(customer, self.part)
        return None if holder is None else getattr(holder, self.field)


MODELS: Mapping[str, type[models.Model]] = {
    "customer": Customer,
    "profile": GroupProfile,
    "person": PersonProfile,
}
PLACES = (
    *(Place("customer", name) for name in (*PROSPECT_FIELDS, "identity_no")),
    *(Place("profile", name) for name in PROFILE_FIELDS),
    *(Place("person", name) for name in PERSON_FIELDS),
)
"""Every value of which one of the two may be chosen, in the order in which they are compared."""


def holder_of(customer: Customer, part: str) -> Any:
    """Return the record that holds a part of a customer; nothing if there is none."""
    return customer if part == "customer" else getattr(customer, part, None)


def is_free(place: Place, kind: str) -> bool:
    """
    Tell whether people decide about a value of a customer of this kind.

    What the files of the city deliver would be theirs again after the next night.
    """
    if kind == CustomerKind.PROSPECT:
        return True
    if kind == CustomerKind.INDIVIDUAL:
        return place.part == "person" or place.field == "identity_no"
    return False
