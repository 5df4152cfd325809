"""Which fields the log follows, how it writes values down, and what they were earlier (P8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.fields import BirthdayField, PersonalField
from dakehu.common.masking import Masked, PersonalKind, mask

# Counted by the operations, derived from other fields, or kept by the log-in.
UNTRACKED = frozenset(
    {"version", "search", "path", "last_login", "next_at"}
    # Of one model alone.
    | {"cases.case.turn", "cases.case.due_at", "cases.case.due_kind"}
    | {"opportunities.opportunity.due_at", "opportunities.opportunity.since_at"}
    | {"care.report.percent"}
)
# Told to have changed, never told.
SECRET = frozenset({"password", "key_hash"})

Names = Mapping[tuple[str, Any], str]


def tracked_fields(model: type[models.Model]) -> list[Any]:
    """Return the fields of a model whose changes are recorded."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not UNTRACKED & {field.name, f"{model._meta.label_lower}.{field.name}"}
    ]


def differing(stored: models.Model, record: models.Model) -> list[Any]:
    """Return the fields in which a record differs from its stored row."""
    return [
        field
        for field in tracked_fields(type(record))
        if prepared(field, value_of(stored, field)) != prepared(field, value_of(record, field))
    ]


def value_of(record: models.Model, field: Any) -> Any:
    """Return the value of a field; of a reference the number."""
    return getattr(record, field.attname)


def prepared(field: Any, value: Any) -> Any:
    """Return a value as the database takes it, so that a text and the day it names are equal."""
    return field.get_prep_value(value)


def logged(field: Any, value: Any, names: Names) -> Any:
    """Return a value as the log keeps it: references by name, personal values masked."""
    if value is None or value == "":
        return value
    if field.name in SECRET:
        return "***"
    if isinstance(value, Masked):
        return str(value)
    if isinstance(field, PersonalField):
        return mask(field.kind, str(value))
    if isinstance(field, BirthdayField):
        return mask(PersonalKind.BIRTHDAY, str(prepared(field, value)))
    if field.is_relation:
        return names.get((field.name, value), str(value))
    return value


def is_personal(field: Any) -> bool:
    """Tell whether a field holds what identifies a person."""
    return isinstance(field, PersonalField | BirthdayField)


def named(fields: Iterable[Any], records: Iterable[models.Model]) -> Names:
    """Return the names of what fields of records refer to; one query per field at most."""
    held = list(records)
    names: dict[tuple[str, Any], str] = {}
    for field in fields:
        if not field.is_relation:
            continue
        names.update(at_hand(field, held))
        wanted = {value_of(record, field) for record in held} - {None}
        wanted -= {key for name, key in names if name == field.name}
        found = field.remote_field.model._base_manager.in_bulk(wanted) if wanted else {}
        names.update({(field.name, key): str(each) for key, each in found.items()})
    return names


@dataclass(frozen=True)
class Past:
    """A record as it was at an instant: whether it was there, and its values as the log has them.

    ``changed`` names the fields that were changed since.
    """

    was_there: bool
    values: Mapping[str, Any]
    changed: frozenset[str]


def present_values(records: Sequence[models.Model]) -> list[dict[str, Any]]:
    """Return what records of one model hold now as the log keeps it, removal aside."""
    if not records:
        return []
    fields = [field for field in tracked_fields(type(records[0])) if field.name != "removed_at"]
    names = named(fields, records)
    return [
        {field.name: logged(field, value_of(record, field), names) for field in fields}
        for record in records
    ]


def at_hand(field: Any, records: Iterable[models.Model]) -> dict[tuple[str, Any], str]:
    """Return the names of what a field of records refers to and was read with them."""
    referred = (field.get_cached_value(record, default=None) for record in records)
    return {(field.name, each.pk): str(each) for each in referred if each is not None}


def past_of(values: Mapping[str, Any], later: Iterable[Any], *, is_there: bool) -> Past:
    """
    Return a record as it was before some changes: they are taken back, the newest first.

    ``values`` are the present ones, ``later`` the changes since that instant, newest first;
    ``is_there`` tells whether the record is there now.
    """
    then, there = dict(values), is_there
    changed: set[str] = set()
    for change in later:
        if change.verb == ChangeVerb.CREATED:
            there = False
        elif change.verb == ChangeVerb.REMOVED:
            there = True
        elif change.verb == ChangeVerb.RESTORED:
            there = False
        for name, (old, _new) in change.fields.items():
            then[name] = old
            changed.add(name)
    return Past(there, then, frozenset(changed))
