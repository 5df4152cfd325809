"""Units and staff (M1, M2, M5)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from dakehu.audit.fields import PersonalField
from dakehu.people.choices import ROLES, UnitKind
from dakehu.people.querysets import StaffQuerySet, UnitQuerySet


class Unit(models.Model):
    """A business unit in the tree headquarters, province, city, district, team (M2)."""

    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    # Cities carry the two-digit code of the daily exchange; districts "<city>/<name>".
    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # Numbers of all ancestors and of the unit itself, each followed by "/": "1/4/17/".
    # A subtree is then one prefix comparison.
    path = models.CharField(max_length=200, unique=True, null=True)

    objects: ClassVar[UnitQuerySet] = UnitQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    """Makes staff and finds them by user name, as Django's log-in asks."""


class Staff(AbstractBaseUser):
    """A person who works with Dakehu: log-in, role and unit (M1, M5).

    Managers whom only the city files know have no log-in until an administrator gives them one.
    """

    username = models.CharField(max_length=60, unique=True)
    # The manager number of the city files; unknown for people whom no file names.
    staff_no = models.CharField(max_length=40, unique=True, null=True)
    name = models.CharField(max_length=80)
    role = models.CharField(
        max_length=24, choices=[(role.code, role.name) for role in settings.ROLES]
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff")
    phone = PersonalField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)

    objects = StaffManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    def may(self, permission: str) -> bool:
        """Tell whether this person's role carries ``permission``; what `ui` asks of an actor."""
        return self.is_active and permission in ROLES[self.role].permissions
