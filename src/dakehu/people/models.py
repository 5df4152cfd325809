"""Units and staff: the tree, manager files, roles, shares and leave (M1, M2, M4, M5)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from dakehu.audit.fields import BirthdayField, PersonalField, Record
from dakehu.common.masking import PersonalKind
from dakehu.people.choices import (
    ROLES,
    BusinessAction,
    DutyPart,
    Gender,
    Proficiency,
    Scope,
    ServiceCode,
    ShareSubject,
    SkillKind,
    UnitFunction,
    UnitKind,
)
from dakehu.people.querysets import (
    LeaveQuerySet,
    ShareQuerySet,
    StaffQuerySet,
    UnitQuerySet,
)
from dakehu.people.values import Role


class Unit(Record):
    """A business unit in the tree headquarters, province, city, district, team (M2)."""

    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    function = models.CharField(
        max_length=20, choices=UnitFunction.choices, default=UnitFunction.COMPANY
    )
    # Cities carry the two-digit code of the daily exchange; districts "<city>/<name>".
    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # Numbers of all ancestors and of the unit itself, each followed by "/": "1/4/17/".
    # A subtree is then one prefix comparison.
    path = models.CharField(max_length=200, unique=True, null=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")

    objects: ClassVar[UnitQuerySet] = UnitQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    """Makes staff and finds them by user name, as Django's log-in asks."""


class Staff(Record, AbstractBaseUser):
    """A person who works with Dakehu: log-in, role and unit (M1, M5).

    Managers whom only the city files know have no log-in until an administrator gives them one.
    """

    username = models.CharField(max_length=60, unique=True)
    # The manager number of the city files; unknown for people whom no file names.
    staff_no = models.CharField(max_length=40, unique=True, null=True)
    name = models.CharField(max_length=80)
    # The code of a role of config/roles.py or of a StoredRole.
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff")
    phone = PersonalField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True)

    email = PersonalField(max_length=120, blank=True, kind=PersonalKind.MAIL, default="")
    gender = models.CharField(max_length=8, choices=Gender.choices, blank=True, default="")
    birth_date = BirthdayField(null=True, blank=True)
    identity_no = PersonalField(max_length=32, blank=True, kind=PersonalKind.IDENTITY, default="")
    education = models.CharField(max_length=40, blank=True, default="")
    position = models.CharField(max_length=60, blank=True, default="")
    joined_on = models.DateField(null=True, blank=True)
    # How many customers a manager can look after, weighed by level; unknown takes the default.
    capacity = models.PositiveIntegerField(null=True, blank=True)
    # Partners (agents): their company, and whether they are a core partner (OP9).
    company = models.CharField(max_length=120, blank=True, default="")
    is_core_partner = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")

    objects = StaffManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    def may(self, permission: str) -> bool:
        """Tell whether this person's role carries ``permission``; what `ui` asks of an actor."""
        return self.is_active and permission in self.held_role.permissions

    @property
    def pick_key(self) -> str:
        """What tells this person from others of the same name where one is picked."""
        return self.username

    @cached_property
    def held_role(self) -> Role:
        """The role that this person holds: one of the file's, else one the operator made."""
        if self.role in ROLES:
            return ROLES[self.role]
        return StoredRole.objects.get(code=self.role).as_role()

    def get_role_display(self) -> str:
        """Return the role in the language of the page."""
        return str(self.held_role.name)


class StoredRole(Record):
    """A role that the operator made on screen, beside those of ``config/roles.py`` (M5)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=300, blank=True)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    # Sorted list of "context.verb".
    permissions = models.JSONField(default=list)
    # The code of the file's role on which this one is modelled.
    like = models.CharField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        return self.name

    def as_role(self) -> Role:
        """Return the role in the form in which the file's roles are."""
        return Role(
            code=self.code,
            name=self.name,
            description=self.description,
            scope=self.scope,
            permissions=frozenset(self.permissions),
            like=self.like,
        )


class Share(Record):
    """Something shown to a person beyond their scope until it expires (promise 3).

    ``subject_id`` is the number of the customer, the manager or the unit, by ``subject``; a
    number, because customers stand above people. ``removed_at`` set means withdrawn.
    """

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shares")
    subject = models.CharField(max_length=8, choices=ShareSubject.choices)
    subject_id = models.BigIntegerField()
    # The name at the time, for lists; the customer itself is asked for by number.
    subject_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    # Exclusive.
    expires_at = models.DateTimeField()

    objects: ClassVar[ShareQuerySet] = ShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("starts_at")),
                name="people_share_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"


class Leave(Record):
    """A time in which somebody is away and a deputy stands in for them (M1, M7)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaves")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputy_for",
    )
    starts_at = models.DateTimeField()
    # Exclusive.
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LeaveQuerySet] = LeaveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="people_leave_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.starts_at:%Y-%m-%d}"


class UnitPlace(models.Model):
    """Where a unit stood in the tree over a period; ``active_to`` is exclusive (M2)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="places")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    active_from = models.DateField()
    active_to = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(active_to__isnull=True),
                name="people_unitplace_one_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.active_from}"


class UnitDuty(Record):
    """Which part a unit takes in a service: it leads or it supports (M10, C22)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="duties")
    # The service's code in the catalogue, C1 to C20.
    service = models.CharField(max_length=8, choices=ServiceCode.choices)
    part = models.CharField(max_length=8, choices=DutyPart.choices)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "service"],
                condition=models.Q(removed_at__isnull=True),
                name="people_unitduty_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.service}"


class Skill(Record):
    """A skill or a language of a person (M1)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skills")
    kind = models.CharField(max_length=8, choices=SkillKind.choices)
    name = models.CharField(max_length=60)
    proficiency = models.CharField(max_length=8, choices=Proficiency.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "kind", "name"],
                condition=models.Q(removed_at__isnull=True),
                name="people_skill_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Training(Record):
    """One training of a person's training record (M1, M9)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="trainings")
    title = models.CharField(max_length=120)
    provider = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    hours = models.PositiveIntegerField(null=True, blank=True)
    result = models.CharField(max_length=60, blank=True)
    certificate = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.title


class Post(Record):
    """One post of a person's work history, here or elsewhere; ``ends_on`` is exclusive (M1)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="posts")
    employer = models.CharField(max_length=120)
    position = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.employer} {self.position}"


class BusinessAuthority(Record):
    """A kind of business, by product, that a person may use (M4); ``ends_on`` is exclusive."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authorities")
    product_code = models.CharField(max_length=40)
    # What the person may do with it.
    action = models.CharField(max_length=12, choices=BusinessAction.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "product_code", "action"],
                condition=models.Q(removed_at__isnull=True),
                name="people_authority_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_code} {self.action}"


class PartnerArea(Record):
    """An area that a partner serves (OP9)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="areas")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "unit"],
                condition=models.Q(removed_at__isnull=True),
                name="people_area_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.unit_id}"
