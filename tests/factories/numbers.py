"""Versions of the numbers of the warnings, without waiting for people."""

from datetime import UTC, date, datetime
from typing import Any

from dakehu.alerts.models import NumberSet
from dakehu.alerts.queries.versions import plain_overrides, plain_province
from dakehu.alerts.values import NumberBook

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def draft(book: NumberBook, people: Any, **values: Any) -> NumberSet:
    """Return a draft with these numbers."""
    number = 2 + NumberSet.objects.count()
    return NumberSet.objects.create(
        number=number,
        province=plain_province(book),
        overrides=plain_overrides(book),
        reason="试",
        drafted_by=people.operations_center,
        drafted_at=AT,
        **values,
    )


def propose(book: NumberBook, people: Any, *, active_from: date) -> NumberSet:
    """Return numbers that the operations center has proposed."""
    return draft(
        book,
        people,
        active_from=active_from,
        proposed_by=people.operations_center,
        proposed_at=AT,
    )


def publish(book: NumberBook, people: Any, *, active_from: date) -> NumberSet:
    """Return numbers that the administrator has published."""
    kept = propose(book, people, active_from=active_from)
    kept.published_by, kept.published_at = people.administrator, AT
    kept.save()
    return kept
