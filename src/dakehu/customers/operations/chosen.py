"""Giving a customer values of another that is merged into it, and putting them back (V4)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dakehu.audit.operations import create_record, save_record
from dakehu.common.chinese import search_text
from dakehu.common.masking import Masked
from dakehu.customers.models import Customer
from dakehu.customers.queries.places import MODELS, PLACES, Place, holder_of, is_free

if TYPE_CHECKING:
    from dakehu.people.models import Staff


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
        is_known = holder_of(customer, part) is not None
        holder: Any = holder_of(customer, part) or model(customer=customer)
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
