"""Which facts are live, which days were evaluated, and what still has to be worked out.

The questions of the nightly run and of whoever reads facts by number. They take no actor: what is
live is the same for everybody, and rows of customers are never returned.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dakehu.exchange.choices import RunKind, RunState
from dakehu.exchange.models import EvaluatedDay, LivePartition, PendingDay, Run
from dakehu.exchange.rules.arriving import Arrival, Night
from dakehu.facts.store import Partition


@dataclass(frozen=True)
class Evaluation:
    """One evaluated data day: where its results lie; ``token`` empty means not evaluated yet."""

    day: date
    token: str
    followed: bool


def live_partitions(
    interfaces: Iterable[str],
    *,
    first: date | None = None,
    last: date | None = None,
    city: str | None = None,
) -> list[Partition]:
    """Return the live partitions of some interfaces, by interface, day and city."""
    found = LivePartition.objects.filter(interface__in=list(interfaces))
    if first is not None:
        found = found.filter(day__gte=first)
    if last is not None:
        found = found.filter(day__lte=last)
    if city is not None:
        found = found.filter(city_code=city)
    rows = found.order_by("interface", "day", "city_code")
    return [
        Partition(interface=interface, day=day, city=code, version=version, rows=count)
        for interface, day, code, version, count in rows.values_list(
            "interface", "day", "city_code", "version", "rows"
        )
    ]


def arrivals(interfaces: Iterable[str], *, last: date) -> list[Arrival]:
    """Return the live partitions up to ``last`` with when and how each of them came."""
    found = LivePartition.objects.filter(interface__in=list(interfaces), day__lte=last)
    rows = found.order_by("interface", "day", "city_code").values_list(
        "interface",
        "day",
        "city_code",
        "version",
        "rows",
        "delivery__taken_at",
        "delivery__run__kind",
    )
    return [
        Arrival(Partition(interface, day, code, version, count), taken_at, kind == RunKind.LOAD)
        for interface, day, code, version, count, taken_at, kind in rows
    ]


def nights_done() -> list[Night]:
    """Return the nights that came to their end, with the day each evaluated."""
    rows = Run.objects.filter(kind=RunKind.NIGHTLY, state=RunState.DONE, ended_at__isnull=False)
    ended = rows.values_list("last_day", "ended_at")
    return [Night(day, ended_at) for day, ended_at in ended if ended_at is not None]


def newest_usage_day() -> date | None:
    """Return the newest data day of which any usage is live."""
    usage = LivePartition.objects.filter(interface="usage").order_by("-day")
    return usage.values_list("day", flat=True).first()


def newest_facts_day() -> date | None:
    """Return the newest data day of which anything is live."""
    newest = LivePartition.objects.order_by("-day").values_list("day", flat=True)
    return newest.first()


def oldest_usage_day() -> date | None:
    """Return the oldest data day of which any usage is live."""
    usage = LivePartition.objects.filter(interface="usage").order_by("day")
    return usage.values_list("day", flat=True).first()


def delivered_cities(first: date, last: date) -> dict[date, frozenset[str]]:
    """Return, per data day, the cities whose usage has arrived; days without any are absent."""
    rows = LivePartition.objects.filter(interface="usage", day__range=(first, last))
    cities: dict[date, set[str]] = {}
    for day, code in rows.values_list("day", "city_code"):
        cities.setdefault(day, set()).add(code)
    return {day: frozenset(codes) for day, codes in cities.items()}


def evaluations(first: date | None = None) -> list[Evaluation]:
    """Return the data days that nights were asked to evaluate, from ``first`` on, oldest first."""
    rows = EvaluatedDay.objects.order_by("day")
    if first is not None:
        rows = rows.filter(day__gte=first)
    return [
        Evaluation(day=day, token=token, followed=alerts_at is not None)
        for day, token, alerts_at in rows.values_list("day", "token", "alerts_at")
    ]


def evaluations_before(day: date) -> Iterator[Evaluation]:
    """Yield the evaluated days before ``day``, newest first."""
    rows = EvaluatedDay.objects.filter(day__lt=day).exclude(token="").order_by("-day")
    for found, token, alerts_at in rows.values_list("day", "token", "alerts_at"):
        yield Evaluation(day=found, token=token, followed=alerts_at is not None)


def evaluation_of(day: date) -> Evaluation | None:
    """Return the evaluation of a data day, or None if it was never evaluated."""
    row = EvaluatedDay.objects.filter(day=day).exclude(token="").first()
    if row is None:
        return None
    return Evaluation(day=row.day, token=row.token, followed=row.alerts_at is not None)


def newest_evaluation() -> Evaluation | None:
    """Return the evaluation of the newest evaluated data day, or None before the first night."""
    row = EvaluatedDay.objects.exclude(token="").order_by("-day").first()
    return None if row is None else evaluation_of(row.day)


def pending_since() -> Mapping[str, date]:
    """Return, per city, the earliest data day whose derived facts must be worked out again."""
    earliest: dict[str, date] = {}
    for code, day in PendingDay.objects.order_by("-day").values_list("city_code", "day"):
        earliest[code] = day
    return earliest
