"""Customers themselves: subscribers and groups of a city's files (V4, F6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial

from django.db.backends.utils import CursorWrapper

from dakehu.common.chinese import name_text
from dakehu.customers.operations.loading import (
    KEY_LENGTH,
    NOTHING,
    STAGED,
    Delivered,
    Load,
    Merge,
    Straight,
    apply,
)
from dakehu.customers.operations.noting import Note, note_changes
from dakehu.customers.operations.staging import STAGED_FIRST, Row
from dakehu.customers.values import Applied
from dakehu.facts.interfaces import GROUP, SUBSCRIBER
from dakehu.people.operations import ensure_city, ensure_districts, ensure_managers

TABLE = "customers_customer"
# Look-up of groups by number; made apart, because SQLite would otherwise copy every row that is
# read from the table it is written to.
KNOWN_GROUPS = "known_group"

TAX_RANK_DIGITS = 9
# A level beyond is a mistake of the source, and would not fit the column.
LEVELS = 100


def text(column: str, length: int) -> str:
    """Return a staged text as the records keep it: empty if unknown, cut to the column."""
    return f"coalesce(substr(s.{column}, 1, {length}), '')"


PLACE = {
    "city_code": "%(city)s",
    "unit_id": "coalesce(d.id, %(city_unit)s)",
    "manager_id": "m.id",
    "delivered_manager_id": "m.id",
}
# An assignment made in Dakehu holds until the city names somebody else than it did before.
OWNER = {
    "manager_id": "CASE WHEN t.delivered_manager_id IS DISTINCT FROM m.id THEN m.id "
    "ELSE t.manager_id END"
}
MANAGED = "coalesce(s.managed, 0) = 1"
PLACE_LOOKUPS = """
    LEFT JOIN people_unit d ON d.code = %(city)s || '/' || s.district
    LEFT JOIN people_staff m ON m.staff_no = s.manager_no
"""

SUBSCRIBERS = Merge(
    table=TABLE,
    key=("kind", "number"),
    columns={
        "kind": "'INDIVIDUAL'",
        "number": "s.sub_id",
        "name": text("name", 200),
        "search": "s.search",
        **PLACE,
        "group_id": "g.id",
        "managed": MANAGED,
        "status": "s.status",
        "phone": text("msisdn", 20),
        "gender": text("gender", 8),
        "birth_date": "s.birth_date",
        "birth_calendar": text("birth_calendar", 8),
        "brand": text("brand", 40),
        "plan_id": text("plan_id", 40),
        "open_date": "s.open_date",
        "contract_name": text("contract_name", 120),
        "contract_end": "s.contract_end",
        "credit_limit_fen": "s.credit_limit_fen",
        "delivered_level": f"CASE WHEN s.level < {LEVELS} THEN s.level END",
        "source_day": "%(day)s",
    },
    nearby="t.number BETWEEN %(first)s AND %(last)s",
    lookups=f"{PLACE_LOOKUPS} LEFT JOIN {KNOWN_GROUPS} g ON g.number = s.group_no",
    condition=f"length(s.sub_id) <= {KEY_LENGTH}",
    watched="manager_id",
    watching=f"(t.managed OR {MANAGED})",
    kept=OWNER,
)

GROUPS = Merge(
    table=TABLE,
    key=("kind", "number"),
    columns={
        "kind": "'GROUP'",
        "number": "s.group_no",
        "name": text("name", 200),
        "search": "s.search",
        **PLACE,
        "managed": "1 = 1",
        **dict.fromkeys(("phone", "gender", "birth_calendar", "brand", "plan_id"), NOTHING),
        "contract_name": NOTHING,
        "source_day": "%(day)s",
    },
    nearby="t.number BETWEEN %(first)s AND %(last)s",
    lookups=PLACE_LOOKUPS,
    condition=f"length(s.group_no) <= {KEY_LENGTH}",
    watched="manager_id",
    watching="t.managed",
    kept=OWNER,
)

PROFILES = Merge(
    table="customers_groupprofile",
    key=("customer_id",),
    columns={
        "customer_id": "c.id",
        "industry": text("industry", 60),
        "org_kind": text("org_kind", 16),
        "admin_level": text("admin_level", 12),
        "tax_rank": "s.tax_place",
        "strategic": text("strategic", 12),
        "employees": "CASE WHEN s.employees < 2000000000 THEN s.employees END",
        "address": text("address", 300),
        "source_day": "%(day)s",
    },
    nearby="t.customer_id BETWEEN %(low)s AND %(high)s",
    owner=f"{STAGED_FIRST} {TABLE} c ON c.kind = 'GROUP' AND c.number = s.group_no "
    "AND c.number BETWEEN %(first)s AND %(last)s",
    identity="customer_id",
    watching="1 = 1",
)
CALLED = "coalesce(nullif({row}.name, ''), {row}.number)"
NOTES = {
    "subscriber": (Note(SUBSCRIBERS, "customers.customer", CALLED.format(row="t")),),
    "group": (
        Note(GROUPS, "customers.customer", CALLED.format(row="t")),
        Note(PROFILES, "customers.groupprofile", CALLED.format(row="c")),
    ),
}


def complete_subscriber(row: Row) -> Row:
    """Add the search text."""
    return (*row, f"{row[0].lower()} {name_text(row[2] or '')}")


def complete_group(row: Row) -> Row:
    """Add the search text and the tax rank as a number, where it is one."""
    number, name, rank = row[0], row[1] or "", row[7] or ""
    place = int(rank) if rank.isdecimal() and len(rank) <= TAX_RANK_DIGITS else None
    return (*row, f"{number.lower()} {name_text(name)}", place)


def know_groups(cursor: CursorWrapper, delivered: Delivered) -> None:
    """Make the look-up of groups, which lives as long as the load."""
    cursor.execute(f"DROP TABLE IF EXISTS {KNOWN_GROUPS}")
    cursor.execute(f"CREATE TEMPORARY TABLE {KNOWN_GROUPS} (number text PRIMARY KEY, id bigint)")
    cursor.execute(
        f"INSERT INTO {KNOWN_GROUPS} "
        # Members of a merged group belong to the one that was kept.
        f"SELECT number, coalesce(merged_into_id, id) FROM {TABLE} WHERE kind = 'GROUP'"
    )


def before_customers(cursor: CursorWrapper, delivered: Delivered, *, at: datetime) -> None:
    """Make the districts and managers that staged rows name."""
    ensure_districts(delivered.city, unknown_districts(cursor, delivered), at=at)
    ensure_managers(unknown_managers(cursor), city_code=delivered.city, at=at)


def unknown_districts(cursor: CursorWrapper, delivered: Delivered) -> list[str]:
    """Return the names of districts that staged rows name and no unit has."""
    cursor.execute(
        f"SELECT DISTINCT s.district FROM {STAGED} s LEFT JOIN people_unit d "
        "ON d.code = %(city)s || '/' || s.district "
        "WHERE length(s.district) BETWEEN 1 AND 60 AND d.id IS NULL",
        delivered.parameters,
    )
    return [name for (name,) in cursor.fetchall()]


def unknown_managers(cursor: CursorWrapper) -> list[str]:
    """Return the manager numbers that staged rows name and nobody has."""
    cursor.execute(
        f"SELECT DISTINCT s.manager_no FROM {STAGED} s LEFT JOIN people_staff m "
        "ON m.staff_no = s.manager_no "
        "WHERE length(s.manager_no) BETWEEN 1 AND 40 AND m.id IS NULL"
    )
    return [number for (number,) in cursor.fetchall()]


@dataclass(frozen=True)
class KnownPlaces:
    """What a new subscriber's record points to, by the codes that the city delivers."""

    city: str
    city_unit: int
    day: date
    units: Mapping[str, int]
    managers: Mapping[str, int]
    groups: Mapping[str, int]

    def record_of(self, row: Row) -> Row:
        """Return a subscriber's record, in the order of the columns of SUBSCRIBERS."""
        (
            sub_id, msisdn, name, _, district, brand, plan_id, gender, birth_date, birth_calendar,
            open_date, contract_name, contract_end, credit_limit_fen, level, managed, manager_no,
            group_no, status, search,
        ) = row  # fmt: skip
        return (
            "INDIVIDUAL",
            sub_id,
            (name or "")[:200],
            search,
            self.city,
            self.units.get(f"{self.city}/{district}", self.city_unit),
            self.managers.get(manager_no),
            self.managers.get(manager_no),
            self.groups.get(group_no),
            managed == 1,
            status,
            (msisdn or "")[:20],
            (gender or "")[:8],
            day_text(birth_date),
            (birth_calendar or "")[:8],
            (brand or "")[:40],
            (plan_id or "")[:40],
            day_text(open_date),
            (contract_name or "")[:120],
            day_text(contract_end),
            credit_limit_fen,
            level if level is not None and level < LEVELS else None,
            day_text(self.day),
        )


@lru_cache(maxsize=100_000)
def day_text(day: date | None) -> str | None:
    """Return a date as both databases take it; the driver would work each one out anew."""
    return day.isoformat() if day else None


def new_subscribers(
    cursor: CursorWrapper, delivered: Delivered, chunk: list[Row], *, at: datetime
) -> Iterable[Row]:
    """Return the records of subscribers none of whom is known, as SUBSCRIBERS would make them."""
    city, city_unit = delivered.city, delivered.values["city_unit"]
    numbers = {row[16] for row in chunk if row[16] and len(row[16]) <= 40}
    ensure_districts(city, {row[4] for row in chunk if row[4] and len(row[4]) <= 60}, at=at)
    ensure_managers(numbers, city_code=city, at=at)
    known = KnownPlaces(
        city=city,
        city_unit=city_unit,
        day=delivered.day,
        units=looked_up(
            cursor, "SELECT code, id FROM people_unit WHERE code LIKE %s", [f"{city}/%"]
        ),
        managers=looked_up(
            cursor, "SELECT staff_no, id FROM people_staff WHERE staff_no IS NOT NULL"
        ),
        groups=looked_up(cursor, f"SELECT number, id FROM {KNOWN_GROUPS}"),
    )
    return map(known.record_of, chunk)


def looked_up(
    cursor: CursorWrapper, query: str, parameters: list[str] | None = None
) -> dict[str, int]:
    """Return what a query of keys and numbers finds, by key."""
    cursor.execute(query, parameters)
    return dict(cursor.fetchall())


SUBSCRIBER_LOAD = Load(
    interface=SUBSCRIBER,
    merges=(SUBSCRIBERS,),
    added={"search": "text"},
    complete=complete_subscriber,
    prepare=know_groups,
)
GROUP_LOAD = Load(
    interface=GROUP,
    merges=(GROUPS, PROFILES),
    added={"search": "text", "tax_place": "integer"},
    complete=complete_group,
)


def apply_subscribers(rows: Iterable[Row], *, city_code: str, day: date, at: datetime) -> Applied:
    """
    Bring the individuals of a city up to date with subscriber rows of data day ``day`` (V4, F6).

    ``rows`` are tuples in the column order of the interface. Apply the groups of a delivery
    first: a ``group_no`` that is no known group leaves the individual without one. Unknown
    districts and managers are made; a known customer's change of manager is recorded (P8).
    """
    straight = Straight(
        nearby="t.kind = 'INDIVIDUAL' AND t.number BETWEEN %(first)s AND %(last)s",
        rows=partial(new_subscribers, at=at),
    )
    load = replace(SUBSCRIBER_LOAD, straight=straight)
    return apply_customers(load, rows, city_code=city_code, day=day, at=at)


def apply_groups(rows: Iterable[Row], *, city_code: str, day: date, at: datetime) -> Applied:
    """Bring the groups of a city and their profiles up to date with rows of ``day`` (V4, T7)."""
    return apply_customers(GROUP_LOAD, rows, city_code=city_code, day=day, at=at)


def apply_customers(
    load: Load, rows: Iterable[Row], *, city_code: str, day: date, at: datetime
) -> Applied:
    """Apply rows of customers, placed in the unit of their district, else of the city."""
    city = ensure_city(city_code, at=at)
    dated = replace(
        load,
        before_merge=partial(before_customers, at=at),
        note=partial(note_changes, notes=NOTES[load.interface.name], at=at),
    )
    return apply(dated, rows, Delivered(city_code, day, {"city_unit": city.pk}))
