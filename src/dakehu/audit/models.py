"""The append-only record of changes (P8) and of access to personal data.

The actor is kept by number and name, not by reference: the record outlives the person's account.
"""

from typing import Any, ClassVar, Never

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from dakehu.audit.choices import AccessVerb, ChangeVerb
from dakehu.audit.errors import UnableToRewriteHistory
from dakehu.audit.querysets import AppendOnlyQuerySet


class Entry(models.Model):
    """What every audit row says: who, when, about what; added once and never changed (P8)."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    # What it was called at that time; empty where a whole load was written down at once.
    subject_name = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects: ClassVar[AppendOnlyQuerySet] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **options: Any) -> None:
        """Store a new row.

        :raises UnableToRewriteHistory: if the row is stored already.
        """
        if not self._state.adding:
            raise UnableToRewriteHistory("save")
        super().save(*arguments, **options)

    def delete(self, *arguments: Any, **options: Any) -> Never:
        """Refuse.

        :raises UnableToRewriteHistory: always.
        """
        raise UnableToRewriteHistory("delete")


class Change(Entry):
    """One change of one record: the verb, and each changed field's old and new value (P8)."""

    verb = models.CharField(max_length=8, choices=ChangeVerb.choices)
    fields = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField(max_length=200, blank=True)
    # The record's version after the change, so that an edit that comes too late can tell what it
    # did not know (promise 8); null for records that count none and for what the files bring.
    version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            # The history shown on a record's page, newest first.
            models.Index(
                fields=["subject_type", "subject_id", "-at"], name="audit_change_subject"
            ),
            # A person's own log, newest first; what the nightly run does has no actor.
            models.Index(
                fields=["actor_id", "-at"],
                name="audit_change_actor",
                condition=models.Q(actor_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class Access(Entry):
    """One look at personal data: who saw, revealed, searched or exported what, and why."""

    verb = models.CharField(max_length=9, choices=AccessVerb.choices)
    detail = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            # "Who saw this customer", newest first.
            models.Index(
                fields=["subject_type", "subject_id", "-at"], name="audit_access_subject"
            ),
            # "What did this person look at", newest first.
            models.Index(fields=["actor_id", "-at"], name="audit_access_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class Seal(models.Model):
    """One link of the chain that makes a rewritten audit row visible (promise 3).

    A seal covers the rows of one record (``subject`` is ``change`` or ``access``) from
    ``first_id`` to ``last_id``. Its digest is keyed with the installation's key and includes the
    digest of the seal before, so a row cannot be altered, removed or slipped in unnoticed.
    """

    subject = models.CharField(max_length=8)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects: ClassVar[AppendOnlyQuerySet] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            # Two sealers at once: the second is refused and seals what is left another time.
            models.UniqueConstraint(fields=["subject", "first_id"], name="audit_seal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.first_id}-{self.last_id}"
