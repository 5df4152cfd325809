"""Cohorts without an engine: frozen, and followed for some days."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from dakehu.tiering.models import Cohort, CohortDay, CohortStay, CohortWork

DAY = date(2026, 2, 1)
BAR = {"measure": "revenue_3m_sum", "is": ">=", "value": 36_000}


def make_cohort(
    by: Any,
    members: Sequence[Any],
    *,
    at: datetime,
    became: Mapping[int, str] | None = None,
    day: date = DAY,
) -> Any:
    """Freeze some customers; ``became`` says what became of some a week later, by place."""
    cohort = Cohort.objects.create(name="拍照客户", day=day, bar=BAR, created_by=by, created_at=at)
    CohortWork.objects.create(cohort=cohort, is_busy=False)
    later, changed = day + timedelta(days=7), became or {}
    CohortDay.objects.create(cohort=cohort, day=day, at=at)
    CohortDay.objects.create(cohort=cohort, day=later, at=at)
    for place, customer in enumerate(members):
        stay = CohortStay(cohort=cohort, customer=customer, level=place % 5, active_from=day)
        stay.state = "KEPT"
        if state := changed.get(place):
            stay.active_to = later
            CohortStay.objects.create(
                cohort=cohort,
                customer=customer,
                level=place % 5,
                state=state,
                active_from=later,
            )
        stay.save()
    return cohort
