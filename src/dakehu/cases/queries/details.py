"""What only some cases have: coverage, rows, words on a fault, return visits."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from dakehu.cases.models import BatchRow, Case, CoverageStage, FaultNotice, ReturnVisit

if TYPE_CHECKING:
    from dakehu.people.models import Staff

ROWS_SHOWN = 200


def coverage_of(case: Case) -> CoverageStage | None:
    """Return how far a coverage need is; nothing of another kind. The case is from a query."""
    return CoverageStage.objects.filter(case=case).select_related("technician").first()


def rows_of(case: Case) -> list[BatchRow]:
    """Return the first rows of a batch, the open ones first."""
    rows = case.rows.select_related("done_by").order_by("-result", "line")
    return list(rows[:ROWS_SHOWN])


def row_counts(case: Case) -> dict[str, int]:
    """Return how many rows of a batch have which result."""
    counted = case.rows.order_by().values("result").annotate(count=Count("pk"))
    return dict(counted.values_list("result", "count"))


def open_lines_of(case: Case) -> list[int]:
    """Return the numbers of the rows of a batch that are still open."""
    rows = case.rows.filter(result=BatchRow.Result.OPEN).order_by("line")
    return list(rows.values_list("line", flat=True))


def notice_of(case: Case) -> FaultNotice | None:
    """Return what is said of a serious fault; nothing of others. The case is from a query."""
    found = FaultNotice.objects.filter(case=case).select_related("published_by")
    return found.first()


def visits_of(case: Case) -> QuerySet[ReturnVisit]:
    """Return the return visits of a case, the newest first."""
    return case.visits.select_related("by").order_by("-pk")


def notices_heard(actor: "Staff", *, at: datetime) -> list[FaultNotice]:
    """
    Return what every channel says now of serious faults, for whoever takes requests.

    Of faults within the actor's city and of those above all cities: callers are answered with
    these words wherever the fault is worked on.
    """
    said = FaultNotice.objects.filter(
        published_at__isnull=False, ended_at__isnull=True, case__closed_at__isnull=True
    )
    found = said.select_related("case__unit").order_by("-published_at")
    path = actor.unit.path or ""
    return [
        notice
        for notice in found
        if path.startswith(city_path(notice.case.unit.path or ""))
        or (notice.case.unit.path or "").startswith(path)
    ]


def city_path(path: str) -> str:
    """Return the path of the city a unit belongs to: its first three levels."""
    return "".join(f"{part}/" for part in path.strip("/").split("/")[:3])


def customers_asked_after_closing(*, since: datetime, until: datetime) -> QuerySet[Any]:
    """Return the numbers of customers reached at a return visit, for use in a condition (O10)."""
    found = ReturnVisit.objects.filter(reached=True, at__gte=since, at__lt=until)
    return found.filter(case__customer__isnull=False).values("case__customer")
