"""Keeping the lines of a person's file: skills, trainings, posts, authorities, areas (M1, M4)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from dakehu.audit.operations import create_record, remove_record, restore_record, save_record
from dakehu.people.errors import UnableToKeepEntry
from dakehu.people.models import Staff
from dakehu.people.queries import ENTRY_MODELS
from dakehu.people.rules import is_possible_period

# Of a training the last day counts; elsewhere the end is exclusive.
LAST_DAY_COUNTS = frozenset({"trainings"})


@transaction.atomic
def add_entry(
    staff: Staff, *, kind: str, values: Mapping[str, Any], by: Staff | None, at: datetime
) -> Any:
    """
    Add a line to a person's file.

    :raises UnableToKeepEntry: if the same stands there already, or the period is impossible.
    """
    refuse_period(kind, values)
    entry = ENTRY_MODELS[kind](staff=staff, **values)
    try:
        with transaction.atomic():
            return create_record(entry, by=by, at=at)
    except IntegrityError as error:
        raise UnableToKeepEntry.there_already() from error


@transaction.atomic
def change_entry(
    entry: Any,
    *,
    values: Mapping[str, Any],
    version: int | None = None,
    by: Staff | None,
    at: datetime,
) -> bool:
    """
    Change a line of a person's file.

    :return: whether anything changed.
    :raises UnableToKeepEntry: as :func:`add_entry`.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    refuse_period(kind_of(entry), values)
    for name, value in values.items():
        setattr(entry, name, value)
    try:
        with transaction.atomic():
            return save_record(entry, version=version, by=by, at=at)
    except IntegrityError as error:
        raise UnableToKeepEntry.there_already() from error


@transaction.atomic
def remove_entry(entry: Any, *, by: Staff | None, at: datetime) -> None:
    """Take a line out of a person's file; it can be restored."""
    remove_record(entry, by=by, at=at)


@transaction.atomic
def restore_entry(entry: Any, *, by: Staff | None, at: datetime) -> None:
    """
    Bring a removed line back.

    :raises UnableToKeepEntry: if the same was added anew in the meantime.
    """
    try:
        with transaction.atomic():
            restore_record(entry, by=by, at=at)
    except IntegrityError as error:
        raise UnableToKeepEntry.there_already() from error


def kind_of(entry: models.Model) -> str:
    """Return the kind of a line."""
    return next(kind for kind, model in ENTRY_MODELS.items() if isinstance(entry, model))


def refuse_period(kind: str, values: Mapping[str, Any]) -> None:
    """Pass in silence if the line has no period, or a possible one.

    :raises UnableToKeepEntry: otherwise.
    """
    starts_on = values.get("starts_on")
    if starts_on is None:
        return
    may_be_empty = kind in LAST_DAY_COUNTS
    if not is_possible_period(starts_on, values.get("ends_on"), may_be_empty=may_be_empty):
        raise UnableToKeepEntry.impossible()
