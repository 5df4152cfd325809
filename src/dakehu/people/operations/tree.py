"""Adding, changing, moving and removing units; the tree stays a tree (M2)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.timezone import localdate

from dakehu.audit.operations import create_record, remove_record, restore_record, save_record
from dakehu.people.choices import UnitKind
from dakehu.people.errors import UnableToKeepUnit, UnableToPlaceUnit, UnableToRelease
from dakehu.people.models import Staff, Unit, UnitPlace
from dakehu.people.queries import held_by
from dakehu.people.rules import (
    LONGEST_PATH,
    is_on_one_line,
    is_within,
    may_stand_under,
    moved_path,
    path_of,
)
from dakehu.people.values import NewUnit

CITY_CODE = re.compile(r"\d{2}")
CHANGEABLE = frozenset({"name", "function", "leader", "address", "note"})


@transaction.atomic
def create_unit(new: NewUnit, *, parent: Unit | None, by: Staff | None, at: datetime) -> Unit:
    """
    Add a unit under another one; only the top of the tree has none above.

    A city's code is the one of the daily exchange; other units are coded by their parent and name.

    :raises UnableToPlaceUnit: if a unit of that kind does not belong there.
    :raises UnableToKeepUnit: if the code is taken, or a city's is not two digits.
    """
    refuse_place(new.kind, parent)
    code = new.code or (f"{parent.code}/{new.name}" if parent else new.name)
    if new.kind == UnitKind.CITY and not CITY_CODE.fullmatch(code):
        raise UnableToKeepUnit.strange_code()
    unit = Unit(kind=new.kind, function=new.function, name=new.name, code=code, parent=parent)
    try:
        with transaction.atomic():
            create_record(unit, by=by, at=at)
    except IntegrityError as error:
        raise UnableToKeepUnit.code_taken(code) from error
    give_path(unit, at=at)
    return unit


def give_path(unit: Unit, *, at: datetime) -> None:
    """Give a unit that was just made its path and its first place in the tree.

    :raises UnableToPlaceUnit: if the path would become too long.
    """
    unit.path = path_of(unit.pk, (unit.parent.path or "") if unit.parent else "")
    if len(unit.path) > LONGEST_PATH:
        raise UnableToPlaceUnit.too_deep()
    unit.save(update_fields=["path"])
    UnitPlace.objects.create(unit=unit, parent=unit.parent, active_from=localdate(at))


def refuse_place(kind: str, parent: Unit | None) -> None:
    """Pass in silence if a unit of ``kind`` may stand under ``parent``.

    :raises UnableToPlaceUnit: otherwise.
    """
    if not may_stand_under(kind, parent.kind if parent else None):
        above = str(UnitKind(parent.kind).label) if parent else "–"
        raise UnableToPlaceUnit.wrong_kind(str(UnitKind(kind).label), above)
    if parent and parent.removed_at:
        raise UnableToPlaceUnit.removed(parent)


@transaction.atomic
def change_unit(
    unit: Unit,
    *,
    values: Mapping[str, Any],
    version: int | None = None,
    by: Staff | None,
    at: datetime,
    reason: str = "",
) -> bool:
    """
    Change what is known of a unit: name, function, leader, address, note. Its code stays.

    :return: whether anything changed.
    :raises UnableToKeepUnit: if the leader works in another branch of the tree.
    :raises EditedMeanwhile: if somebody else changed the same fields since ``version``.
    """
    for name in CHANGEABLE & values.keys():
        setattr(unit, name, values[name])
    leader = unit.leader
    if leader and not is_on_one_line(leader.unit.path or "", unit.path or ""):
        raise UnableToKeepUnit.strange_leader(leader)
    return save_record(unit, version=version, by=by, at=at, reason=reason)


@transaction.atomic
def move_unit(
    unit: Unit,
    *,
    parent: Unit,
    version: int | None = None,
    by: Staff | None,
    at: datetime,
    reason: str = "",
) -> bool:
    """
    Put a unit with everything below it under another one; where it stood before is kept (M2).

    1. All units are locked, so that two moves cannot make a circle together.
    2. The place is judged by what is stored now.
    3. The unit, the paths of all below it and its history change in one transaction; whoever
       reaches the new place reaches the unit from then on.

    :return: whether the unit stands elsewhere now.
    :raises UnableToPlaceUnit: if the place is below the unit itself, of a wrong kind, or too deep.
    :raises EditedMeanwhile: if somebody else moved the unit since ``version``.
    """
    tree = {each.pk: each for each in Unit.objects.select_for_update().order_by("pk")}
    stored, above = tree[unit.pk], tree[parent.pk]
    if is_within(above.path or "", stored.path or ""):
        raise UnableToPlaceUnit.in_itself(unit)
    refuse_place(unit.kind, above)
    old, new = stored.path or "", path_of(unit.pk, above.path or "")
    refuse_depth(tree.values(), old=old, new=new)
    unit.parent = above
    if not save_record(unit, version=version, by=by, at=at, reason=reason):
        return False
    unit.path = new
    rewrite_paths(old=old, new=new)
    keep_place(unit, at=at, reason=reason)
    return True


def refuse_depth(units: Any, *, old: str, new: str) -> None:
    """Pass in silence if every path below ``old`` still fits after the move.

    :raises UnableToPlaceUnit: otherwise.
    """
    paths = (each.path for each in units if is_within(each.path or "", old))
    if any(len(moved_path(path, old=old, new=new)) > LONGEST_PATH for path in paths):
        raise UnableToPlaceUnit.too_deep()


def rewrite_paths(*, old: str, new: str) -> None:
    """Give a moved unit and all below it their new paths, in one statement."""
    below = Unit.objects.filter(path__startswith=old)
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))


def keep_place(unit: Unit, *, at: datetime, reason: str) -> None:
    """Close the present place of a unit and open the new one."""
    day = localdate(at)
    UnitPlace.objects.filter(unit=unit, active_to__isnull=True).update(active_to=day)
    UnitPlace.objects.create(unit=unit, parent=unit.parent, active_from=day, reason=reason[:200])


@transaction.atomic
def remove_unit(unit: Unit, *, by: Staff | None, at: datetime, reason: str = "") -> None:
    """
    Remove a unit on which nothing hangs any more; it can be restored.

    :raises UnableToRelease: if people, units or customers still belong to it.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    held = held_by("unit", unit)
    if held:
        raise UnableToRelease(unit.name, held)
    remove_record(unit, by=by, at=at, reason=reason)


@transaction.atomic
def restore_unit(unit: Unit, *, by: Staff | None, at: datetime, reason: str = "") -> None:
    """
    Bring a removed unit back to its place.

    :raises UnableToPlaceUnit: if the unit above it was removed as well.
    """
    if unit.parent and unit.parent.removed_at:
        raise UnableToPlaceUnit.removed(unit.parent)
    restore_record(unit, by=by, at=at, reason=reason)
