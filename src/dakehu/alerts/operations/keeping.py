"""
How episodes rest in the table of alerts, read and written in chunks.

Reading and writing many rows at once is what makes a night of a province short; the meaning is in
:mod:`dakehu.alerts.rules.episodes`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from dakehu.alerts.choices import REPORTED, AlertState
from dakehu.alerts.models import Alert
from dakehu.alerts.rules.episodes import Episode, Evidence
from dakehu.customers.values import CustomerPlace

TOUCHED = frozenset({AlertState.FOLLOW_UP, AlertState.HANDLED})
"""States that a person has given an alert."""

COLUMNS = (
    "id",
    "customer_id",
    "customer__number",
    "rule",
    "opened_day",
    "last_day",
    "cleared_day",
    "a",
    "b",
    "parts",
    "place",
    "state",
    "is_unsupported",
    "customer__city_code",
)


@dataclass(frozen=True)
class Totals:
    """How many alerts one following opened, updated, closed (cleared) and withdrew."""

    opened: int = 0
    updated: int = 0
    closed: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            opened=self.opened + other.opened,
            updated=self.updated + other.updated,
            closed=self.closed + other.closed,
            withdrawn=self.withdrawn + other.withdrawn,
        )


@dataclass(frozen=True)
class StoredAlert:
    """One alert as the table has it, as far as following needs it; the city is the customer's."""

    pk: int
    customer_id: int
    number: str
    rule: str
    episode: Episode
    state: str
    is_unsupported: bool
    city_code: str

    @property
    def is_live(self) -> bool:
        """Whether signals stand behind it as far as known so far."""
        return self.state != AlertState.WITHDRAWN and not self.is_unsupported


@dataclass(frozen=True)
class Opening:
    """An alert that is to be made."""

    rule: str
    place: CustomerPlace
    episode: Episode
    owner_id: int | None
    numbers_version: int


@dataclass(frozen=True)
class Change:
    """An alert that is to be written anew; ``evidence_version`` is None where a and b stay."""

    before: StoredAlert
    after: StoredAlert
    numbers_version: int | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether nothing but the newest day and its evidence changed."""
        old, new = self.before, self.after
        return (old.episode.opened, old.episode.cleared, old.state, old.is_unsupported) == (
            new.episode.opened,
            new.episode.cleared,
            new.state,
            new.is_unsupported,
        )


def stored_since(
    first: date, *, customers: Sequence[int] | None = None, cities: frozenset[str] | None = None
) -> Iterator[StoredAlert]:
    """
    Yield the alerts that go on or were cleared on ``first`` or later, by customer.

    What other systems report is not the night's to clear.
    """
    found = Alert.objects.filter(Q(cleared_day__isnull=True) | Q(cleared_day__gte=first))
    found = found.exclude(rule__in=REPORTED)
    if customers is not None:
        found = found.filter(customer_id__in=customers)
    if cities is not None:
        found = found.filter(customer__city_code__in=sorted(cities))
    rows = found.order_by("customer_id", "rule", "opened_day").values_list(*COLUMNS)
    for row in rows.iterator(chunk_size=5_000):
        pk, customer_id, number, rule, opened, last, cleared, a, b, parts, place, *rest = row
        episode = Episode(opened, last, Evidence(a, b, parts, place), cleared)
        yield StoredAlert(pk, customer_id, number, rule, episode, *rest)


def supported(alert: StoredAlert, episode: Episode) -> StoredAlert:
    """Return the alert carrying ``episode``; one that was withdrawn comes back as new."""
    state = AlertState.NEW.value if alert.state == AlertState.WITHDRAWN else alert.state
    return replace(alert, episode=episode, state=state, is_unsupported=False)


def unsupported(alert: StoredAlert) -> StoredAlert:
    """Return the alert without signals behind it: withdrawn, or kept because it was handled."""
    episode = replace(alert.episode, cleared=alert.episode.cleared or alert.episode.last)
    if alert.state in TOUCHED:
        return replace(alert, episode=episode, is_unsupported=True)
    return replace(alert, episode=episode, state=AlertState.WITHDRAWN.value)


def counted(changes: Iterable[Change]) -> Totals:
    """Count the changes by what they mean; an alert that comes back counts as opened."""
    totals = Totals()
    for change in changes:
        before, after = change.before, change.after
        if before.is_live and not after.is_live:
            totals += Totals(withdrawn=1)
        elif not before.is_live:
            totals += Totals(opened=1)
        elif before.episode.cleared is None and after.episode.cleared is not None:
            totals += Totals(closed=1)
        else:
            totals += Totals(updated=1)
    return totals


def open_alerts(openings: Iterable[Opening]) -> None:
    """Make the alerts."""
    Alert.objects.bulk_create(
        (
            Alert(
                rule=opening.rule,
                customer_id=opening.place.pk,
                city_code=opening.place.city_code,
                unit_id=opening.place.unit_id,
                owner_id=opening.owner_id,
                opened_day=opening.episode.opened,
                last_day=opening.episode.last,
                cleared_day=opening.episode.cleared,
                a=opening.episode.evidence.a,
                b=opening.episode.evidence.b,
                parts=dict(opening.episode.evidence.parts),
                place=opening.episode.evidence.place,
                numbers_version=opening.numbers_version,
            )
            for opening in openings
        ),
        batch_size=1_000,
    )


def write_changes(changes: Sequence[Change]) -> None:
    """Write the alerts anew, in an order in which no two episodes ever clash.

    Two episodes of one warning and customer may neither begin on one day nor both go on. Where
    first days move, the alerts are parked on days long ago first; those that end are written
    before those that go on.
    """
    moved = [change for change in changes if _first_day_moves(change)]
    _execute(
        "opened_day = %s, cleared_day = %s",
        [
            (_day(date.min + timedelta(days=place)), _day(date.min), change.before.pk)
            for place, change in enumerate(moved)
        ],
    )
    # Most often an episode only goes on; leaving the other columns alone spares their indexes.
    _execute(EVIDENCE, [_evidence(change) for change in changes if change.is_going_on])
    _execute(
        f"{EVIDENCE}, opened_day = %s, cleared_day = %s, state = %s, is_unsupported = %s,"
        " city_code = %s",
        [
            _evidence(change)[:-1] + _course(change)
            for change in sorted(changes, key=_goes_on)
            if not change.is_going_on
        ],
    )


EVIDENCE = (
    "last_day = %s, a = %s, b = %s, parts = %s, place = %s,"
    " numbers_version = coalesce(%s, numbers_version)"
)
Values = tuple[str | int | date | None, ...]


def _first_day_moves(change: Change) -> bool:
    return change.before.episode.opened != change.after.episode.opened


def _goes_on(change: Change) -> bool:
    return change.after.episode.cleared is None


def _evidence(change: Change) -> Values:
    evidence = change.after.episode.evidence
    return (
        _day(change.after.episode.last),
        evidence.a,
        evidence.b,
        json.dumps(dict(evidence.parts)),
        evidence.place,
        change.numbers_version,
        change.after.pk,
    )


def _course(change: Change) -> Values:
    alert = change.after
    days = (_day(alert.episode.opened), _day(alert.episode.cleared))
    return (*days, alert.state, alert.is_unsupported, alert.city_code, alert.pk)


def _execute(assignments: str, rows: list[Values]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {Alert._meta.db_table} SET {assignments} WHERE id = %s", rows
            )


def _day(day: date | None) -> str | date | None:
    # SQLite keeps days as text; the driver is not asked to guess.
    return connection.ops.adapt_datefield_value(day)
