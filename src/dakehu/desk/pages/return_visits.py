"""How many members of a snapshot cohort were returned to in a period, and who not (O10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from dakehu.desk.queries import PERIODS, first_day, returned_to
from dakehu.people.queries import staff_visible_to
from dakehu.tiering.queries.cohorts import stays_on

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MANAGERS_SHOWN = 30


@dataclass(frozen=True)
class Share:
    """The members of one manager, or all: how many there are, how many were returned to."""

    name: str
    members: int
    visited: int
    url: str

    @property
    def missing(self) -> int:
        """How many were not returned to."""
        return self.members - self.visited

    @property
    def percent(self) -> float | None:
        """The share of those who were, to a tenth of a per cent."""
        return round(100 * self.visited / self.members, 1) if self.members else None


@dataclass(frozen=True)
class CoveragePage:
    """The coverage of a cohort in a period, whole and by manager, the lowest first."""

    period: str
    periods: tuple[tuple[str, Any, bool], ...]
    since: date
    share: Share
    rows: tuple[Share, ...]


def coverage_page(actor: "Staff", cohort: Any, *, period: str, on: date) -> CoveragePage:
    """Count the members of a cohort, leavers too, and those who were returned to."""
    since = first_day(period, on)
    counted: QuerySet[Any] = stays_on(actor, cohort, on).order_by().values("customer__manager")
    found = {
        manager: (members, visited)
        for manager, members, visited in counted.annotate(
            members=Count("pk"), visited=Count("pk", filter=returned_to(since=since, on=on))
        ).values_list("customer__manager", "members", "visited")
    }
    return CoveragePage(
        period,
        tuple((name, words, name == period) for name, words in PERIODS.items()),
        since,
        Share(
            "",
            sum(members for members, _visited in found.values()),
            sum(visited for _members, visited in found.values()),
            list_url(cohort, period),
        ),
        shares_of(actor, cohort, period, found.items()),
    )


def shares_of(
    actor: "Staff", cohort: Any, period: str, found: Iterable[tuple[int | None, tuple[int, int]]]
) -> tuple[Share, ...]:
    """Return the shares of managers whom the actor sees, those with the most missing first."""
    found = list(found)
    names = {
        each.pk: str(each)
        for each in staff_visible_to(actor).filter(pk__in=[pk for pk, _counts in found if pk])
    }
    rows = [
        Share(names[pk], *counts, list_url(cohort, period, manager=pk))
        for pk, counts in found
        if pk in names
    ]
    return tuple(sorted(rows, key=lambda row: (-row.missing, row.name))[:MANAGERS_SHOWN])


def list_url(cohort: Any, period: str, **narrowed: Any) -> str:
    """Return the list of the members who were not returned to in a period."""
    asked = {"cohort": cohort.pk, "period": period, "visited": "no", **narrowed}
    return f"{reverse('desk:cohort_members')}?{urlencode(asked)}"
