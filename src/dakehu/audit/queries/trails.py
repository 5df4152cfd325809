"""What was done to a record, and who looked at it.

These take the record itself: whoever holds it was allowed to see it by the query of its own app.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from dakehu.audit.models import Access, Change
from dakehu.audit.querysets import AppendOnlyQuerySet


def changes_of(subject: models.Model) -> AppendOnlyQuerySet:
    """Return the changes of a record, the newest first (P8)."""
    return Change.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    ).order_by("-at", "-pk")


def changes_of_all(subjects: Mapping[str, Collection[int]]) -> AppendOnlyQuerySet:
    """Return the changes of several records, given by model label and numbers, newest first."""
    about = Q(pk__in=[])
    for label, numbers in subjects.items():
        if numbers:
            about |= Q(subject_type=label, subject_id__in=list(numbers))
    return Change.objects.filter(about).order_by("-at", "-pk")


def accesses_of(subject: models.Model) -> AppendOnlyQuerySet:
    """Return who viewed or revealed a record's personal data, the newest first."""
    return Access.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    ).order_by("-at", "-pk")


def changes_by(actors: Any) -> AppendOnlyQuerySet:
    """Return what people did; ``actors`` are their numbers, or a query of them."""
    return Change.objects.filter(actor_id__in=actors)


def accesses_by_people(actors: Any) -> AppendOnlyQuerySet:
    """Return what people looked at; ``actors`` are their numbers, or a query of them."""
    return Access.objects.filter(actor_id__in=actors)


def every_change() -> AppendOnlyQuerySet:
    """Return the whole change log, the nightly run's too; for whom everything concerns."""
    return Change.objects.all()


def every_access() -> AppendOnlyQuerySet:
    """Return the whole access log; for whom everything concerns."""
    return Access.objects.all()


def accesses_by(actor_id: int) -> AppendOnlyQuerySet:
    """Return what one person looked at, the newest first."""
    return Access.objects.filter(actor_id=actor_id).order_by("-at", "-pk")
