"""The change log and the access log for those who may read them: by whom they were filled (P8)."""

from typing import Any

from django.db.models import Count, QuerySet

from dakehu.audit.queries import accesses_by_people, changes_by, every_access, every_change
from dakehu.people.choices import Scope
from dakehu.people.models import Staff
from dakehu.people.policies import role_of
from dakehu.people.queries.units import units_within


def accesses_visible_to(actor: Staff) -> QuerySet[Any]:
    """Return who saw, searched, revealed and exported what, by the people of the actor's units."""
    found = every_access() if sees_all(actor) else accesses_by_people(watched(actor))
    return found.order_by("-pk")


def changes_visible_to(actor: Staff) -> QuerySet[Any]:
    """Return what people of the actor's units changed; the night too for who sees all."""
    found = every_change() if sees_all(actor) else changes_by(watched(actor))
    return found.order_by("-pk")


def own_changes(actor: Staff) -> QuerySet[Any]:
    """Return what the actor did, the newest first: the automatic part of a work log (P9, P10)."""
    return changes_by([actor.pk]).order_by("-at", "-pk")


def counts_by_subject(changes: QuerySet[Any]) -> dict[str, int]:
    """Count changes by the model of what was changed (P10)."""
    counted = changes.order_by().values("subject_type").annotate(count=Count("pk"))
    return dict(counted.values_list("subject_type", "count"))


def sees_all(actor: Staff) -> bool:
    """Tell whether the whole installation concerns an actor."""
    return role_of(actor).scope == Scope.ALL or (
        role_of(actor).scope == Scope.SUBTREE and actor.unit.parent_id is None
    )


def watched(actor: Staff) -> QuerySet[Any]:
    """Return the numbers of the people of the actor's units, also of those who are gone."""
    units = list(units_within(actor).values_list("pk", flat=True))
    found: QuerySet[Any] = Staff.objects.filter(unit__in=units).order_by()
    return found.values("pk")
