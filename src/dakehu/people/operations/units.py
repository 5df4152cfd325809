"""Making and naming units; the tree's paths are kept here and nowhere else (M2)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change, restore_record, save_record
from dakehu.people.choices import UnitKind
from dakehu.people.models import Staff, Unit
from dakehu.people.operations.tree import give_path

ROOT_CODE = "headquarters"
PROVINCE_CODE = "province"
LONGEST_NAME = 80


def ensure_root(*, name: str = "集团总部", by: Staff | None = None, at: datetime) -> Unit:
    """Return the headquarters, the top of the tree, made if there is none (F1)."""
    return ensure_unit(
        kind=UnitKind.HEADQUARTERS, code=ROOT_CODE, name=name, parent=None, by=by, at=at
    )


def ensure_province(*, name: str = "省公司", by: Staff | None = None, at: datetime) -> Unit:
    """Return the province of this installation, made under the headquarters if missing (F1)."""
    return ensure_unit(
        kind=UnitKind.PROVINCE,
        code=PROVINCE_CODE,
        name=name,
        parent=ensure_root(by=by, at=at),
        by=by,
        at=at,
    )


def ensure_city(code: str, *, name: str = "", by: Staff | None = None, at: datetime) -> Unit:
    """
    Return the city with the two-digit ``code`` of the daily exchange, made if missing (F5).

    A name is only given, never taken away: an empty ``name`` keeps the one the city has.
    """
    city = Unit.objects.present().filter(code=code).first() or ensure_unit(
        kind=UnitKind.CITY,
        code=code,
        name=name or code,
        parent=ensure_province(by=by, at=at),
        by=by,
        at=at,
    )
    if name and name != city.name:
        rename_unit(unit=city, name=name, by=by, at=at)
    return city


def ensure_districts(
    city_code: str, names: Iterable[str], *, by: Staff | None = None, at: datetime
) -> None:
    """Make the districts of a city that do not exist yet; their code is ``<city>/<name>``."""
    wanted = {f"{city_code}/{name}": name for name in names}
    present = Unit.objects.present().filter(code__in=wanted)
    known = set(present.values_list("code", flat=True))
    missing = sorted(wanted.keys() - known)
    if not missing:
        return
    city = ensure_city(city_code, by=by, at=at)
    for code in missing:
        ensure_unit(
            kind=UnitKind.DISTRICT, code=code, name=wanted[code], parent=city, by=by, at=at
        )


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, by: Staff | None, at: datetime) -> None:
    """Give a unit another name; its code, which the files use, stays."""
    unit.name = name[:LONGEST_NAME]
    save_record(unit, by=by, at=at)


@transaction.atomic
def ensure_unit(
    *, kind: UnitKind, code: str, name: str, parent: Unit | None, by: Staff | None, at: datetime
) -> Unit:
    """
    Return the unit with ``code``; a new one gets its path from its parent and its number.

    One that was removed and is named by the files again is there again.
    """
    unit, created = Unit.objects.get_or_create(
        code=code, defaults={"kind": kind, "name": name[:LONGEST_NAME], "parent": parent}
    )
    if created:
        give_path(unit, at=at)
        record_change(
            verb=ChangeVerb.CREATED, subject=unit, fields={"name": ("", unit.name)}, by=by, at=at
        )
    elif unit.removed_at:
        restore_record(unit, by=by, at=at)
    return unit
