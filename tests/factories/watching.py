"""Watches records: whatever an act adds, changes or removes must stand in the change log."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from dakehu.audit.models import Change
from dakehu.audit.queries.recorded import tracked_fields

Rows = dict[tuple[str, int], dict[str, Any]]

# What says whence a row came, or who did when what the log tells: its own words.
FOLLOWING = frozenset(
    {
        *("source_day", "delivered_manager", "closed_at", "closed_by"),
        *("decided_at", "decided_by", "decision_note"),
    }
)
# Values that the log may keep at their customer, under names that begin so.
KEPT_AT = {"customers.customvalue": "custom_", "customers.groupprofile": ""}
HOLDER = "customers.customer"


def rows_of(labels: Iterable[str]) -> Rows:
    """Return every row of some models: the values of the fields that the log follows."""
    found: Rows = {}
    for label in labels:
        model = apps.get_model(label)
        for record in model._base_manager.all():
            found[label, record.pk] = {
                field.name: field.get_prep_value(getattr(record, field.attname))
                for field in tracked_fields(model)
            }
    return found


@dataclass(frozen=True)
class Step:
    """What a watched act did: whose rows it wrote, what the log does not tell, its answer."""

    touched: set[str]
    missing: list[str]
    answer: Any


def unlogged(labels: Iterable[str], act: Callable[[], Any]) -> Step:
    """Carry out an act, and tell what of it does not stand in the log."""
    watched = sorted(labels)
    before, last = rows_of(watched), Change.objects.aggregate(last=models.Max("pk"))["last"] or 0
    answer = act()
    after = rows_of(watched)
    told = told_since(last)
    touched, missing = set(), []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        touched.add(key[0])
        missing += untold(key, old, new, told)
    return Step(touched, sorted(missing), answer)


def told_since(last: int) -> dict[tuple[str, int], set[str]]:
    """Return the fields and verbs that the log tells of each record after an entry."""
    told: dict[tuple[str, int], set[str]] = {}
    for change in Change.objects.filter(pk__gt=last):
        names = told.setdefault((change.subject_type, change.subject_id), set())
        names |= {change.verb, *change.fields}
    return told


def untold(
    key: tuple[str, int],
    old: dict[str, Any] | None,
    new: dict[str, Any] | None,
    told: dict[tuple[str, int], set[str]],
) -> list[str]:
    """Return what the log does not tell of one record that was written."""
    label, number = key
    said = told.get(key, set())
    if label in KEPT_AT and not said:
        # A profile has the number of its customer.
        customer = (new or old or {}).get("customer", number)
        beside = told.get((HOLDER, customer), set())
        return [] if any(name.startswith(KEPT_AT[label]) for name in beside) else [str(key)]
    if old is None or new is None:
        verb = "CREATED" if old is None else "REMOVED"
        return [] if verb in said else [f"{label} {number}: {verb}"]
    changed = {name for name in new if old[name] != new[name]} - FOLLOWING
    if "removed_at" in changed and said & {"REMOVED", "RESTORED", "removed_at"}:
        changed.discard("removed_at")
    return [f"{label} {number}: {name}" for name in sorted(changed - said)]
