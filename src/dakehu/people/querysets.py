"""Reusable filters over units and staff."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from dakehu.people.models import Unit


class UnitQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over the tree."""

    def below(self, unit: "Unit") -> Self:
        """Keep ``unit`` and every unit under it."""
        return self.filter(path__startswith=unit.path)


class StaffQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over staff."""

    def active(self) -> Self:
        """Keep people who may log in."""
        return self.filter(is_active=True)
