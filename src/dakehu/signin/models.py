"""Who signs in: sessions of people with their ends, used passwords, and other systems' keys."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record
from dakehu.people.choices import Scope
from dakehu.people.values import Role
from dakehu.signin.choices import Ending, Method


class SignIn(models.Model):
    """One session of one person: from where, by what, last seen when, and how it ended.

    The session itself is a row of Django's; without it the person is out, whatever stands here.
    """

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    method = models.CharField(max_length=12, choices=Method.choices)
    # Proved by a second factor as well, here or by the single sign-on.
    is_proved_twice = models.BooleanField(default=False)
    address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    signed_in_at = models.DateTimeField()
    # The last minute in which somebody was at the screen.
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)

    class Meta:
        indexes = [
            # A person's sessions, the newest first.
            models.Index(fields=["staff", "-signed_in_at"], name="signin_staff_newest"),
            # What the night may forget.
            models.Index(fields=["last_seen_at"], name="signin_last_seen"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ending="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ending=""),
                name="signin_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.signed_in_at:%Y-%m-%d %H:%M}"


class UsedPassword(models.Model):
    """A password that a person had, as a hash like the present one; never again too soon."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="used_passwords"
    )
    password = models.CharField(max_length=128)
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [
            # The newest of one person, when a new one is chosen.
            models.Index(fields=["staff", "-kept_at"], name="signin_used_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.kept_at:%Y-%m-%d}"


class ApiClient(Record):
    """Another system that may ask or report here, by a key that is shown once.

    It reaches the unit it is tied to and all below, by the same scope as people. A removed client
    is revoked: its key opens nothing any more.
    """

    # The open half of the key; the other half is kept as a hash.
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    # Sorted codes of ApiRight.
    rights = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    per_minute = models.PositiveIntegerField(default=120)
    key_hash = models.CharField(max_length=64)
    key_given_at = models.DateTimeField()
    # Exclusive; null means until it is revoked.
    expires_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def may(self, right: str) -> bool:
        """Tell whether the client was given a right."""
        return right in self.rights

    @property
    def key_start(self) -> str:
        """How the key begins, by which people tell keys apart."""
        return f"dk_{self.code}_…"

    @property
    def held_role(self) -> Role:
        """What the scope layer asks of whoever acts: its unit and all below."""
        return Role("", self.name, "", Scope.SUBTREE, frozenset(self.rights))


class ApiUse(models.Model):
    """How often a client asked in its newest minute, and when last; counts, no history."""

    client = models.OneToOneField(ApiClient, models.CASCADE, primary_key=True, related_name="use")
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.client_id} {self.minute:%H:%M}"
