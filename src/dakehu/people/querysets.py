"""Reusable filters over units and staff."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from dakehu.people.models import Unit


class UnitQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over the tree."""

    def below(self, unit: "Unit") -> Self:
        """Keep ``unit`` and every unit under it."""
        return self.filter(path__startswith=unit.path)

    def present(self) -> Self:
        """Keep units that were not removed."""
        return self.filter(removed_at__isnull=True)


class StaffQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over staff."""

    def active(self) -> Self:
        """Keep people who may log in."""
        return self.present().filter(is_active=True)

    def present(self) -> Self:
        """Keep people who were not removed."""
        return self.filter(removed_at__isnull=True)

    def with_absence(self) -> Self:
        """Tell of each whether they are away at this moment, by the database's clock."""
        leave = self.model._meta.get_field("leaves").related_model
        now = leave.objects.holding(Now()).filter(staff=models.OuterRef("pk"))
        return self.annotate(is_away=models.Exists(now))


class LeaveQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over times in which people are away."""

    def holding(self, at: Any) -> Self:
        """Keep what is going on at an instant; ends are exclusive."""
        return self.filter(removed_at__isnull=True, starts_at__lte=at, ends_at__gt=at)

    def touching(self, starts_at: Any, ends_at: Any) -> Self:
        """Keep what shares a moment with a period."""
        return self.filter(removed_at__isnull=True, starts_at__lt=ends_at, ends_at__gt=starts_at)


class ShareQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over what is shown to people beyond their scope."""

    def holding(self, at: Any) -> Self:
        """Keep what holds at an instant; ends are exclusive."""
        return self.filter(removed_at__isnull=True, starts_at__lte=at, expires_at__gt=at)
