"""
Standings follow what the night evaluates (T18, T19).

A standing is a stretch of days at one level. Following a data day makes the level of that day
true and touches no other day's: a night in order extends or ends the newest stretch, a redo of a
day changes nothing, and a corrected past day splits or joins the stretches around it. The nights
after it are followed again by the run, day by day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from dakehu.common.batches import batched
from dakehu.customers.operations.staging import STAGED_FIRST, Row, staging
from dakehu.tiering.choices import CARD_LEVEL, DecisionKind
from dakehu.tiering.models import Level, Standing
from dakehu.tiering.queries.cards import card_numbers
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.rules.stretches import Stretch, with_level

STAGED = "staged_level"
STAGED_COLUMNS = {
    "sub_id": "VARCHAR",
    "old_level": "INTEGER",
    "new_level": "INTEGER",
    "avg3": "BIGINT",
    "arr": "INTEGER",
    "city": "VARCHAR",
}

# The staged rows with the customers and levels they mean, looked up once for all that follows.
FOUND = "found_level"
FIND = f"""
    CREATE TEMPORARY TABLE {FOUND} AS
    SELECT c.id AS customer_id, l.id AS level_id, s.old_level, s.avg3, s.arr, s.city
    FROM {STAGED} s
    {STAGED_FIRST} customers_customer c ON c.kind = 'INDIVIDUAL' AND c.number = s.sub_id
        AND c.number BETWEEN %(first)s AND %(last)s
    JOIN tiering_level l ON l.scheme_id = %(scheme)s AND l.rank = s.new_level
"""

FIRST_STANDINGS = f"""
    INSERT INTO tiering_standing
        (customer_id, level_id, scheme_id, active_from, active_to, kind, evidence)
    SELECT f.customer_id, f.level_id, %(scheme)s, %(day)s, NULL, 'AUTOMATIC', {{evidence}}
    FROM {FOUND} f
    LEFT JOIN tiering_standing t ON t.customer_id = f.customer_id AND t.scheme_id = %(scheme)s
        AND t.customer_id BETWEEN %(low)s AND %(high)s
    WHERE t.id IS NULL
"""

MOVES = f"""
    SELECT f.customer_id, f.level_id, f.old_level, f.avg3, f.arr, f.city
    FROM {FOUND} f
    {STAGED_FIRST} tiering_standing t ON t.customer_id = f.customer_id
        AND t.scheme_id = %(scheme)s AND t.customer_id BETWEEN %(low)s AND %(high)s
    GROUP BY f.customer_id, f.level_id, f.old_level, f.avg3, f.arr, f.city
    HAVING count(CASE WHEN t.active_from <= %(day)s AND t.level_id = f.level_id
        AND (t.active_to IS NULL OR t.active_to > %(day)s) THEN 1 END) = 0
    ORDER BY f.customer_id
"""

ENDED = """
    UPDATE tiering_standing SET active_to = %(day)s
    WHERE scheme_id = %(scheme)s AND active_to IS NULL AND active_from < %(day)s
        AND customer_id IN (
            SELECT c.id FROM customers_customer c
            JOIN tiering_standing t ON t.customer_id = c.id AND t.active_to IS NULL
            WHERE NOT c.managed
        )
"""


@dataclass(frozen=True)
class Move:
    """The level that a data day gives to a customer who stood elsewhere."""

    customer_id: int
    level_id: int
    evidence: dict[str, int | str | None]


@transaction.atomic
def follow_card_levels(*, day: date, rows: Iterable[Row], at: datetime) -> int:
    """
    Make the card levels of data day ``day`` the standings of individuals; tell how many changed.

    ``rows`` are (sub_id, old_level, new_level, avg3 in fen, arr in days, the city whose own
    numbers counted, if one has any), best ordered by ``sub_id``. Unknown subscribers are left out.
    Who is no longer managed stands nowhere.
    """
    levels = list(Level.objects.filter(scheme__code=CARD_LEVEL).order_by("rank"))
    scheme_id = levels[0].scheme_id
    version = card_numbers(day).version
    parameters: dict[str, Any] = {"scheme": scheme_id, "day": day, "version": version}
    changed = 0
    with staging(STAGED, STAGED_COLUMNS) as staged:
        for _ in staged.chunks(rows):
            changed += follow_staged(staged.cursor, parameters)
        staged.cursor.execute(ENDED, parameters)
        changed += int(staged.cursor.rowcount)
    return changed


def follow_staged(cursor: CursorWrapper, parameters: dict[str, Any]) -> int:
    """Follow the rows that are staged now; return how many customers changed."""
    cursor.execute(f"SELECT min(sub_id), max(sub_id) FROM {STAGED}")
    first, last = cursor.fetchone()
    cursor.execute(FIND, {**parameters, "first": first, "last": last})
    cursor.execute(f"SELECT min(customer_id), max(customer_id) FROM {FOUND}")
    low, high = cursor.fetchone()
    bounded = {**parameters, "low": low, "high": high}
    opened = open_first(cursor, bounded)
    found = moves(cursor, bounded)
    rewrite(found, day=parameters["day"], scheme_id=parameters["scheme"])
    cursor.execute(f"DROP TABLE {FOUND}")
    return opened + len(found)


def open_first(cursor: CursorWrapper, parameters: dict[str, Any]) -> int:
    """Open the first standing of customers who never had one; return how many."""
    function = "jsonb_build_object" if connection.vendor == "postgresql" else "json_object"
    plain = (
        "'old_level', f.old_level, 'avg3', f.avg3, 'arr', f.arr, 'numbers_version', %(version)s"
    )
    local = f"{function}({plain}, '{CITY}', f.city)"
    evidence = f"CASE WHEN f.city IS NULL THEN {function}({plain}) ELSE {local} END"
    cursor.execute(FIRST_STANDINGS.format(evidence=evidence), parameters)
    return int(cursor.rowcount)


def moves(cursor: CursorWrapper, parameters: dict[str, Any]) -> list[Move]:
    """Return the customers whom the day gives another level than their standings say."""
    cursor.execute(MOVES, parameters)
    version = parameters["version"]
    return [
        Move(
            customer_id,
            level_id,
            {"old_level": old, "avg3": average, "arr": arrears, "numbers_version": version}
            | ({} if city is None else {CITY: city}),
        )
        for customer_id, level_id, old, average, arrears, city in cursor.fetchall()
    ]


def rewrite(found: list[Move], *, day: date, scheme_id: int) -> None:
    """Let the standings of each customer say the level of ``day``."""
    kept = stretches_of([move.customer_id for move in found], scheme_id)
    gone: list[int] = []
    changed: list[tuple[Stretch, Stretch]] = []
    made: list[Standing] = []
    for move in found:
        old = {each.key: each for each in kept[move.customer_id]}
        new = with_level(list(old.values()), day, move.level_id, move.evidence)
        gone += [key for key in old.keys() - {each.key for each in new} if key]
        changed += [(old[each.key], each) for each in new if each.key and each != old[each.key]]
        made += [
            Standing(customer_id=move.customer_id, scheme_id=scheme_id, **columns_of(each))
            for each in new
            if not each.key
        ]
    Standing.objects.filter(pk__in=gone).delete()
    write_changed(changed)
    Standing.objects.bulk_create(made, batch_size=1_000)


def stretches_of(customers: list[int], scheme_id: int) -> dict[int, list[Stretch]]:
    """Return the standings of customers as stretches, in order."""
    kept: dict[int, list[Stretch]] = {pk: [] for pk in customers}
    stored = Standing.objects.filter(scheme_id=scheme_id, customer_id__in=customers)
    for standing in stored.order_by("active_from"):
        kept[standing.customer_id].append(
            Stretch(
                level=standing.level_id,
                start=standing.active_from,
                end=standing.active_to,
                evidence=standing.evidence,
                key=standing.pk,
                corrected=standing.kind == DecisionKind.CORRECTION,
                by_hand=standing.kind == DecisionKind.MANUAL,
                source=standing.evaluation_id,
            )
        )
    return kept


def write_changed(changed: list[tuple[Stretch, Stretch]]) -> None:
    """Write stretches anew: those that end first, because only one may go on."""
    # What a night in order brings: the last stretch ends, nothing else.
    ended: dict[date, list[int]] = defaultdict(list)
    for old, new in changed:
        if new.end is not None and new.key and new == replace(old, end=new.end):
            ended[new.end].append(new.key)
    for day, keys in ended.items():
        for batch in batched(keys, 1_000):
            Standing.objects.filter(pk__in=batch).update(active_to=day)
    others = [new for old, new in changed if new.end is None or new != replace(old, end=new.end)]
    for stretch in sorted(others, key=lambda each: each.end is None):
        Standing.objects.filter(pk=stretch.key or 0).update(**columns_of(stretch))


def kind_of(stretch: Stretch) -> DecisionKind:
    """Return by what kind of decision a stretch came about."""
    if stretch.by_hand:
        return DecisionKind.MANUAL
    return DecisionKind.CORRECTION if stretch.corrected else DecisionKind.AUTOMATIC


def columns_of(stretch: Stretch) -> dict[str, Any]:
    """Return a stretch as the table keeps it."""
    return {
        "level_id": stretch.level,
        "active_from": stretch.start,
        "active_to": stretch.end,
        "kind": kind_of(stretch),
        "evidence": dict(stretch.evidence),
        "evaluation_id": stretch.source,
    }
