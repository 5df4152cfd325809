"""A customer's file as it was at an instant: the present one, later changes taken back (P8)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.queries import Past, changes_of_all, past_of, present_values
from dakehu.customers.models import Customer, GroupProfile
from dakehu.customers.queries.archive import DETAILS
from dakehu.customers.queries.fields import content_of
from dakehu.customers.queries.history import subjects_of
from dakehu.customers.queries.wording import CUSTOM_PREFIX

CUSTOMER = "customers.customer"
OWN = ("profile", "person")


@dataclass(frozen=True)
class Told:
    """A part of a change."""

    at: datetime
    verb: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class PastRecord:
    """One record of the file: its model, what it is called, as it was then and as it is now."""

    model: Any
    name: str
    then: Past
    now: dict[str, Any]
    is_there: bool


@dataclass(frozen=True)
class PastFile:
    """The file of a customer at an instant; ``known_from`` is the first thing the log tells."""

    records: tuple[PastRecord, ...]
    known_from: datetime | None


def file_as_of(customer: Customer, at: datetime) -> PastFile:
    """Return the file of a customer as it was at an instant; the customer comes from a query."""
    changes = list(changes_of_all(subjects_of(customer)))
    later: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for change in changes:
        if change.at > at:
            later[change.subject_type, change.subject_id].append(change)
    records = tuple(
        past_record(record, now, later)
        for alike in records_of(customer)
        for record, now in zip(alike, present_values(alike), strict=True)
    )
    return PastFile(records, changes[-1].at if changes else None)


def past_record(
    record: Any, now: dict[str, Any], later: dict[tuple[str, int], list[Any]]
) -> PastRecord:
    """Return one record then and now."""
    if isinstance(record, Customer):
        now = {**now, **custom_values_of(record)}
    is_there = getattr(record, "removed_at", None) is None
    changes = list(later.get((record._meta.label_lower, record.pk), []))
    if isinstance(record, GroupProfile):
        changes += [beside(each, now) for each in later.get((CUSTOMER, record.pk), [])]
        changes.sort(key=lambda each: each.at, reverse=True)
    elif isinstance(record, Customer):
        changes = [own(each, now) for each in changes]
    then = past_of(now, changes, is_there=is_there)
    return PastRecord(type(record), str(record), then, now, is_there)


def own(change: Any, now: Mapping[str, Any]) -> "Told":
    """Return what a change of a customer tells of the customer itself."""
    fields = {
        name: pair
        for name, pair in change.fields.items()
        if name in now or name.startswith(CUSTOM_PREFIX)
    }
    return Told(change.at, change.verb, fields)


def beside(change: Any, now: Mapping[str, Any]) -> "Told":
    """Return what a change of a customer tells of its profile, which people edit with it."""
    fields = {name: pair for name, pair in change.fields.items() if name in now}
    return Told(change.at, ChangeVerb.CHANGED, fields)


def records_of(customer: Customer) -> Iterator[list[Any]]:
    """Yield all records of a customer's file, removed ones too, those of one model together."""
    yield [customer]
    for name in OWN:
        if (own := getattr(customer, name, None)) is not None:
            yield [own]
    for model in DETAILS.values():
        yield list(model._default_manager.filter(customer=customer).order_by("pk"))


def custom_values_of(customer: Customer) -> dict[str, Any]:
    """Return what a customer has in its custom fields, by the name the log gives them."""
    values = customer.custom_values.select_related("field")
    return {
        f"{CUSTOM_PREFIX}{value.field.key}": content_of(value.field, value) for value in values
    }
