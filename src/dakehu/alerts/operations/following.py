"""
Alerts follow the signals of data days (W1 to W12).

One alert stands for one episode of a warning on a customer. The night hands in the days in their
order; where a city's data came late or were sent again, it hands in all days from that one on, and
the city's alerts are set back to the day before and follow again. Alerts that people have acted on
are never taken away.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from django.db import transaction

from dakehu.alerts.operations import keeping
from dakehu.alerts.operations.keeping import Change, Opening, StoredAlert, Totals
from dakehu.alerts.rules import episodes
from dakehu.alerts.rules.episodes import Episode, Evidence, Said
from dakehu.customers.queries import places_of
from dakehu.customers.values import CustomerPlace
from dakehu.people.queries import fallback_owners

CHUNK = 2_000

SignalRow = (
    tuple[str, str, int, int, Mapping[str, int]]
    | tuple[str, str, int, int, Mapping[str, int], str]
)
"""sub_id, rule, a, b, the points of the parts of a score (empty for other rules), and the place
whose numbers judged it where those are not the province's."""

Told = Mapping[int, Evidence]
"""The evidence of one warning on one customer, by position of the day."""

Match = tuple[StoredAlert | None, Episode | None]
"""An alert on record and the episode found for it; None where one of them is missing."""


@dataclass(frozen=True)
class SignalDay:
    """What one evaluated data day said.

    ``delivered`` names the cities whose usage of the day has arrived. ``rows`` opens the signals
    anew each time it is called; they come ordered by ``sub_id`` in plain character order.
    """

    day: date
    delivered: frozenset[str]
    rows: Callable[[], Iterable[SignalRow]]
    numbers_version: int = 1


@transaction.atomic
def follow_signals(
    *,
    days: Sequence[SignalDay],
    cities: frozenset[str] | None = None,
    earlier: Iterable[SignalDay] = (),
) -> Totals:
    """
    Open, update, clear and withdraw alerts as ``days`` say; following them again changes nothing.

    ``days`` are consecutive evaluated days up to the newest one evaluated, oldest first. Whatever
    earlier followings made of these days is forgotten and told anew. ``cities`` limits this to
    the customers of those cities (None: all). ``earlier`` are the days before, newest first; they
    are read only where an episode has to be set back to a day that is no longer on record.
    """
    if not days:
        return Totals()
    following = _Following(days, cities)
    for chunk in _chunks(_by_subscriber(days)):
        following.follow(dict(chunk))
    following.follow_the_silent()
    following.look_back(earlier)
    return following.totals


def _by_subscriber(days: Sequence[SignalDay]) -> Iterator[tuple[str, dict[str, Told]]]:
    """Yield each subscriber with what was told of them, by rule."""
    merged = heapq.merge(*(_placed(place, day) for place, day in enumerate(days)))
    for sub_id, rows in groupby(merged, key=itemgetter(0)):
        told: dict[str, dict[int, Evidence]] = {}
        for _, place, rule, evidence in rows:
            told.setdefault(rule, {})[place] = evidence
        yield sub_id, dict(told)


def _placed(place: int, day: SignalDay) -> Iterator[tuple[str, int, str, Evidence]]:
    for sub_id, rule, a, b, parts, *where in day.rows():
        yield sub_id, place, rule, Evidence(a, b, parts, *where)


def _chunks(
    rows: Iterator[tuple[str, dict[str, Told]]],
) -> Iterator[list[tuple[str, dict[str, Told]]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


class _Following:
    """One following in progress: chunk by chunk of customers, so that memory stays flat."""

    def __init__(self, days: Sequence[SignalDay], cities: frozenset[str] | None) -> None:
        self.days = days
        self.cities = cities
        self.first = days[0].day
        self.owners = fallback_owners()
        self.totals = Totals()
        self.heard: set[int] = set()
        self.set_back: list[StoredAlert] = []

    def follow(self, signals: Mapping[str, Mapping[str, Told]]) -> None:
        """Follow the customers who have signals, given by their number."""
        places = {
            place.pk: place
            for place in places_of(signals)
            if self.cities is None or place.city_code in self.cities
        }
        self.heard.update(places)
        told = {
            (place.pk, rule): evidence
            for place in places.values()
            for rule, evidence in signals[place.number].items()
        }
        kept = _by_key(keeping.stored_since(self.first, customers=list(places)))
        changes: list[Change] = []
        openings: list[Opening] = []
        for key in sorted(kept.keys() | told.keys()):
            place = places[key[0]]
            found = self._matches(place.city_code, kept.get(key, []), told.get(key, {}))
            changes += self._changes(found)
            openings += self._openings(place, key[1], found)
        self._write(changes, openings)

    def follow_the_silent(self) -> None:
        """Follow the alerts of customers of whom nothing was told at all."""
        stored = keeping.stored_since(self.first, cities=self.cities)
        silent = (alert for alert in stored if alert.customer_id not in self.heard)
        changes: list[Change] = []
        for _, alerts in groupby(silent, key=attrgetter("customer_id", "rule")):
            kept = list(alerts)
            changes += self._changes(self._matches(kept[0].city_code, kept, {}))
        self._write(changes, [])

    def look_back(self, earlier: Iterable[SignalDay]) -> None:
        """Give the episodes that were set back their last day and evidence before ``first``.

        Where no older signals are left, the evidence stays and the first day counts as the last.
        """
        wanted = {(alert.number, alert.rule): alert for alert in self.set_back}
        changes: list[Change] = []
        for day in earlier:
            if not wanted:
                break
            for sub_id, rule, a, b, parts, *where in day.rows():
                alert = wanted.pop((sub_id, rule), None)
                if alert is not None:
                    evidence = Evidence(a, b, parts, *where)
                    changes.append(_remembered(alert, day.day, evidence))
        changes += [
            _remembered(alert, alert.episode.opened, alert.episode.evidence)
            for alert in wanted.values()
        ]
        keeping.write_changes(changes)

    def _matches(self, city: str, kept: list[StoredAlert], told: Told) -> list[Match]:
        said = [
            Said(day.day, city in day.delivered, told.get(place))
            for place, day in enumerate(self.days)
        ]
        live = [alert for alert in kept if alert.is_live]
        start = episodes.before((alert.episode for alert in live), self.first)
        found = episodes.followed(start, said)
        gone = [a for a in kept if not a.is_live and a.episode.opened >= self.first]
        old = live + gone
        return [
            (None if left is None else old[left], None if right is None else found[right])
            for left, right in episodes.pairs([alert.episode for alert in old], found)
        ]

    def _changes(self, matches: Iterable[Match]) -> list[Change]:
        changes = []
        for alert, episode in matches:
            if alert is None:
                continue
            if episode is None:
                changed = keeping.unsupported(alert)
            else:
                changed = keeping.supported(alert, episode)
            if changed != alert:
                changes.append(Change(alert, changed, self._version(changed.episode)))
        return changes

    def _openings(
        self, place: CustomerPlace, rule: str, matches: Iterable[Match]
    ) -> list[Opening]:
        return [
            Opening(
                rule=rule,
                place=place,
                episode=episode,
                owner_id=place.manager_id or self.owners.get(place.unit_id),
                numbers_version=self._version(episode) or 1,
            )
            for alert, episode in matches
            if alert is None and episode is not None
        ]

    def _version(self, episode: Episode) -> int | None:
        """Return the version of the numbers that judged the episode's newest evidence."""
        versions = (day.numbers_version for day in self.days if day.day == episode.last)
        return next(versions, None)

    def _write(self, changes: list[Change], openings: list[Opening]) -> None:
        back = [change for change in changes if change.after.episode.last == episodes.UNKNOWN]
        self.set_back += [change.after for change in back]
        keeping.write_changes(changes)
        keeping.open_alerts(openings)
        self.totals += keeping.counted(changes) + Totals(opened=len(openings))


def _by_key(alerts: Iterable[StoredAlert]) -> dict[tuple[int, str], list[StoredAlert]]:
    found: dict[tuple[int, str], list[StoredAlert]] = {}
    for alert in alerts:
        found.setdefault((alert.customer_id, alert.rule), []).append(alert)
    return found


def _remembered(alert: StoredAlert, last: date, evidence: Evidence) -> Change:
    episode = replace(alert.episode, last=last, evidence=evidence)
    return Change(alert, replace(alert, episode=episode), None)
