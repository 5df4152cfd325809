"""Cohorts side by side as a table to take away: every followed day of each (S4)."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.tiering.choices import MemberState
from dakehu.tiering.pages.cohorts import MOST_COMPARED
from dakehu.tiering.queries import cohorts as queries
from dakehu.tiering.rules.cohorts import retention_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.models import Cohort


def compared_cohorts(actor: "Staff", cohort: "Cohort", others: Iterable[int]) -> "list[Cohort]":
    """Return a cohort and those beside it, as many as are compared."""
    wanted = set(others) - {cohort.pk}
    known = queries.cohorts_known(actor).filter(pk__in=wanted).order_by("-day")
    return [cohort, *known[:MOST_COMPARED]]


def cohort_book(
    actor: "Staff", cohorts: "Iterable[Cohort]"
) -> tuple[tuple[Any, ...], tuple[tuple[Any, ...], ...]]:
    """Return headings and lines: each cohort day by day, within the actor's reach."""
    headings = [
        (_("Cohort"), ""),
        (_("Frozen as of"), "yyyy-mm-dd"),
        (_("Day"), "yyyy-mm-dd"),
        (_("Days since frozen"), "#,##0"),
        (_("Members"), "#,##0"),
        *((str(state.label), "#,##0") for state in MemberState),
        (_("Retention, per cent"), "0.00"),
    ]
    lines = []
    for cohort in cohorts:
        for day, told in queries.retention_days(actor, cohort).items():
            retention = retention_of(told, at_bar=cohort.at_bar)
            states = (told.get(state, 0) for state in MemberState)
            age = (day - cohort.day).days
            head = (cohort.name, cohort.day, day, age, retention.members)
            lines.append((*head, *states, retention.percent))
    columns = tuple(
        SimpleNamespace(header=heading, column=SimpleNamespace(excel_format=form))
        for heading, form in headings
    )
    return columns, tuple(lines)
