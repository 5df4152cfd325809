"""Which values a merged customer brings along, field by field, and putting them back (V4)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from dakehu.audit.operations import create_record, save_record
from dakehu.common.chinese import search_text
from dakehu.common.masking import Masked
from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Customer, GroupProfile, PersonProfile

if TYPE_CHECKING:
    from dakehu.people.models import Staff

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


def take_over(
    kept: Customer,
    gone: Customer,
    *,
    chosen: Collection[str],
    by: "Staff",
    at: datetime,
    reason: str,
) -> dict[str, list[Any]]:
    """Give the kept customer the chosen values of the other; return old and new ones by place."""
    wanted = {}
    for place in PLACES:
        old, new = place.value_in(kept), place.value_in(gone)
        if place.key in chosen and is_free(place, kept.kind) and new not in (None, "", old):
            wanted[place] = new
    taken = {
        place.key: [stored(place.value_in(kept)), stored(new)] for place, new in wanted.items()
    }
    put(kept, wanted, by=by, at=at, reason=reason)
    return taken


def put(
    customer: Customer, values: Mapping[Place, Any], *, by: "Staff", at: datetime, reason: str
) -> None:
    """Store values in their places, each part of a customer as one change."""
    for part, model in MODELS.items():
        new = {place.field: value for place, value in values.items() if place.part == part}
        if not new:
            continue
        holder = holder_of(customer, part)
        is_known = holder is not None
        holder = holder if is_known else model(customer=customer)
        for name, value in new.items():
            setattr(holder, name, value)
        if part == "customer":
            holder.search = search_text(holder.number, holder.name)
        if is_known:
            save_record(holder, by=by, at=at, reason=reason)
        else:
            create_record(holder, by=by, at=at, reason=reason)


def stored(value: Any) -> Any:
    """Return a value as the record of a merger keeps it: plain, because it is put back."""
    if isinstance(value, Masked):
        return value.plain
    return "" if value is None else value


def read_back(place: Place, value: Any) -> Any:
    """Return a kept value as its field takes it."""
    field = place.model._meta.get_field(place.field)
    return None if value == "" and field.null else value
