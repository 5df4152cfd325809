"""
Writing records: the change, the entry in the log and the version come from one hand (P8).

Every operation that stores what people make goes through here. What changed is found by comparing
with the stored row, so a caller cannot forget a field; a record that somebody else changed since
it was on the screen is refused field by field (promise 8).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, repeat
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.models import Change
from dakehu.audit.operations.journal import record_change, record_changes
from dakehu.audit.queries import words_of
from dakehu.audit.queries.recorded import (
    Names,
    differing,
    is_personal,
    logged,
    named,
    prepared,
    tracked_fields,
    value_of,
)
from dakehu.audit.values import FieldClash

CHUNK_ROWS = 500

Kept = TypeVar("Kept", bound=models.Model)
By = AbstractBaseUser | None
Changed = dict[str, tuple[Any, Any]]
Reasons = str | Sequence[str]


# Whatever fails here fails as a whole: a savepoint in the caller's transaction would save nothing.
@transaction.atomic(savepoint=False)
def create_record(record: Kept, *, by: By, at: datetime, reason: str = "") -> Kept:
    """Store a new record, and log every value that it does not begin with anyway."""
    record.save(force_insert=True)
    fields = beginnings([record])[0][1]
    record_change(
        verb=ChangeVerb.CREATED, subject=record, fields=fields, by=by, at=at, reason=reason
    )
    return record


@transaction.atomic
def create_records(
    records: Iterable[Kept], *, by: By, at: datetime, reason: Reasons = ""
) -> list[Kept]:
    """
    Store many new records of one model, and log each; returns them with their numbers.

    ``reason`` is why, for all of them, or one for each.
    """
    made: list[Kept] = []
    for chunk in in_chunks(records):
        why = reason if isinstance(reason, str) else reason[len(made) : len(made) + len(chunk)]
        made += type(chunk[0])._base_manager.bulk_create(chunk)
        changes = beginnings(chunk)
        record_changes(verb=ChangeVerb.CREATED, changes=changes, by=by, at=at, reason=why)
    return made


@transaction.atomic
def save_record(
    record: models.Model,
    *,
    by: By,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> bool:
    """
    Store the changed fields of a known record, log them, and count its version.

    ``version`` is the one that was on the screen; without it, the one the record was read with.
    Returns whether anything changed.

    :raises EditedMeanwhile: if somebody else has changed one of the same fields since then.
    """
    stored = locked(record)
    fields = differing(stored, record)
    if not fields:
        return False
    names = named(fields, (stored, record))
    refuse_clash(record, stored, fields=fields, names=names, version=version)
    changed = old_and_new(stored, record, fields, names)
    store(record, stored, [field.name for field in fields])
    record_change(
        verb=ChangeVerb.CHANGED, subject=record, fields=changed, by=by, at=at, reason=reason
    )
    return True


@transaction.atomic
def save_records(
    records: Sequence[models.Model], *, by: By, at: datetime, reason: Reasons = ""
) -> int:
    """
    Store the changed fields of many known records of one model, as :func:`save_record` does.

    Each is compared by the version that it was read with. Returns how many changed.

    :raises EditedMeanwhile: if somebody else has changed one of the same fields of any of them.
    """
    model = type(records[0])
    keys = [record.pk for record in records]
    rows = model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    stored = {row.pk: row for row in rows}
    differences = [differing(stored[record.pk], record) for record in records]
    fields = list(dict.fromkeys(field for fields in differences for field in fields))
    names = named(fields, [*stored.values(), *records])
    changes: list[tuple[models.Model, Changed]] = []
    whys: list[str] = []
    for record, changed, why in zip(records, differences, each_of(reason), strict=False):
        if not changed:
            continue
        was: Any = stored[record.pk]
        refuse_clash(record, was, fields=changed, names=names, version=None)
        if hasattr(record, "version"):
            record.version = was.version + 1
        changes.append((record, old_and_new(was, record, changed, names)))
        whys.append(why)
    write_over([record for record, _fields in changes], [field.name for field in fields])
    record_changes(verb=ChangeVerb.CHANGED, changes=changes, by=by, at=at, reason=whys)
    return len(changes)


def each_of(reason: Reasons) -> Iterable[str]:
    """Return a reason for each of many records."""
    return repeat(reason) if isinstance(reason, str) else reason


def old_and_new(
    stored: models.Model, record: models.Model, fields: Sequence[Any], names: Names
) -> Changed:
    """Return the old and the new value of fields, as the log keeps them."""
    return {
        field.name: (
            logged(field, value_of(stored, field), names),
            logged(field, value_of(record, field), names),
        )
        for field in fields
    }


def write_over(records: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write some fields of records that are there already; far quicker than a case per row."""
    if not records:
        return
    model = type(records[0])
    beside = [name for name in ("version", "search") if hasattr(records[0], name)]
    model._base_manager.bulk_create(
        records,
        update_conflicts=True,
        update_fields=[*names, *beside],
        unique_fields=[model._meta.pk.name],
    )


@transaction.atomic
def remove_record(record: models.Model, *, by: By, at: datetime, reason: str = "") -> None:
    """
    Remove a record, so that it can be restored; one removed already is left alone.

    What cannot be removed softly is deleted, and the log keeps what it was.
    """
    stored = locked(record)
    if not hasattr(stored, "removed_at"):
        was = {name: (new, old) for name, (old, new) in beginnings([stored])[0][1].items()}
        record_change(
            verb=ChangeVerb.REMOVED, subject=stored, fields=was, by=by, at=at, reason=reason
        )
        stored.delete()
    elif stored.removed_at is None:
        set_removed(record, stored, at)
        record_change(
            verb=ChangeVerb.REMOVED, subject=record, fields={}, by=by, at=at, reason=reason
        )


@transaction.atomic
def restore_record(record: models.Model, *, by: By, at: datetime, reason: str = "") -> None:
    """Bring a removed record back; one that is there is left alone."""
    stored = locked(record)
    if stored.removed_at is not None:  # type: ignore[attr-defined]
        set_removed(record, stored, None)
        record_change(
            verb=ChangeVerb.RESTORED, subject=record, fields={}, by=by, at=at, reason=reason
        )


@transaction.atomic
def change_rows(
    rows: "models.QuerySet[Any] | Sequence[models.Model]",
    *,
    values: Mapping[str, Any],
    by: By,
    at: datetime,
    reason: str = "",
) -> int:
    """
    Give many records of one model the same values, and log each that changes.

    Records in the caller's hand keep their old values. Returns how many changed.
    """
    if isinstance(rows, models.QuerySet):
        model, keys = rows.model, list(rows.order_by().values_list("pk", flat=True))
    else:
        model, keys = type(rows[0]) if rows else Change, [row.pk for row in rows]
    count = 0
    for chunk in in_chunks(sorted(keys)):
        changes = changed_rows(model, chunk, values)
        record_changes(verb=ChangeVerb.CHANGED, changes=changes, by=by, at=at, reason=reason)
        count += len(changes)
    return count


def changed_rows(
    model: type[models.Model], keys: Sequence[Any], values: Mapping[str, Any]
) -> list[tuple[models.Model, Changed]]:
    """Write values into a chunk of rows; return those that changed, with old and new values."""
    fields = [model._meta.get_field(name) for name in values]
    wanted = model(**values)
    stored = list(model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk"))
    names = named(fields, [*stored, wanted])
    changes: list[tuple[models.Model, Changed]] = []
    for row in stored:
        old_and_new = {
            field.name: (
                logged(field, value_of(row, field), names),
                logged(field, value_of(wanted, field), names),
            )
            for field in fields
            if prepared(field, value_of(row, field)) != prepared(field, value_of(wanted, field))
        }
        if old_and_new:
            changes.append((row, old_and_new))
    write_rows(model, [row for row, fields in changes], values)
    return changes


def write_rows(model: type[models.Model], rows: Sequence[Any], values: Mapping[str, Any]) -> None:
    """Write values into rows, and count their versions where they have one."""
    written = dict(values)
    if rows and hasattr(rows[0], "version"):
        written["version"] = models.F("version") + 1
        for row in rows:
            row.version += 1
    model._base_manager.filter(pk__in=[row.pk for row in rows]).update(**written)


def locked(record: models.Model) -> models.Model:
    """Return the stored row of a record, held against other writers until the transaction ends."""
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def store(record: Any, stored: Any, names: list[str]) -> None:
    """Write the named fields, and the version that follows the stored one."""
    if hasattr(stored, "version"):
        record.version = stored.version + 1
        names = [*names, "version"]
    # The search text follows from the others; whoever changed them has made it anew.
    derived = ["search"] if hasattr(record, "search") else []
    record.save(update_fields=[*names, *derived])


def set_removed(record: Any, stored: Any, removed_at: datetime | None) -> None:
    """Mark a record as removed, or as there again."""
    record.removed_at, record.version = removed_at, stored.version + 1
    record.save(update_fields=["removed_at", "version"])


def refuse_clash(
    record: models.Model,
    stored: Any,
    *,
    fields: Sequence[Any],
    names: Names,
    version: int | None,
) -> None:
    """Refuse to overwrite what somebody else changed after ``version``.

    :raises EditedMeanwhile: if one of the fields is such.
    """
    known = getattr(record, "version", None) if version is None else version
    if known is None or known == stored.version:
        return
    before = values_before(stored, known)
    clashes = [clash_of(field, stored, record, names=names, before=before) for field in fields]
    if any(clash.is_theirs for clash in clashes):
        raise EditedMeanwhile(version=stored.version, fields=clashes)


def clash_of(
    field: Any,
    stored: models.Model,
    record: models.Model,
    *,
    names: Names,
    before: Mapping[str, Any],
) -> FieldClash:
    """Return one field of a clash in words: before, theirs, yours."""
    model = type(record)
    theirs = words_of(model, field.name, logged(field, value_of(stored, field), names))
    mine = value_of(record, field)
    # What somebody has just typed is shown to them as they typed it.
    kept = mine if isinstance(mine, str) else logged(field, mine, names)
    yours = words_of(model, field.name, kept)
    was = words_of(model, field.name, before[field.name]) if field.name in before else theirs
    masked = words_of(model, field.name, logged(field, mine, names))
    return FieldClash(
        field.name,
        before=was,
        theirs=theirs,
        yours=yours,
        is_theirs=field.name in before,
        # Two telephone numbers may look alike when masked; they differ, or this were no clash.
        is_yours=masked != was or is_personal(field),
    )


def values_before(stored: models.Model, version: int) -> dict[str, Any]:
    """Return what the fields changed after a version were at that version, as the log keeps it."""
    before: dict[str, Any] = {}
    later = Change.objects.filter(
        subject_type=stored._meta.label_lower, subject_id=stored.pk, version__gt=version
    ).order_by("pk")
    for change in later:
        for name, (old, _new) in change.fields.items():
            before.setdefault(name, old)
    return before


def beginnings(records: Sequence[models.Model]) -> list[tuple[models.Model, Changed]]:
    """Return new records with the values that they begin with, as the log keeps them."""
    fields = tracked_fields(type(records[0]))
    names = named(fields, records)
    return [
        (
            record,
            {
                field.name: ("", logged(field, value_of(record, field), names))
                for field in fields
                if value_of(record, field) not in (None, "", field.get_default())
            },
        )
        for record in records
    ]


def in_chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield rows by the chunk."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK_ROWS)):
        yield chunk
