"""Exports of personal data that a second person releases (promise 3)."""

from django.conf import settings
from django.db import models

from dakehu.files.choices import ExportState


class ExportRequest(models.Model):
    """Somebody asks for a list as a file; somebody else releases it; it is built, and expires."""

    # URL name of the list, its query string and the columns as they stood when asked.
    screen = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    # Whether personal values are wanted in plain instead of masked.
    is_plain = models.BooleanField(default=False)
    purpose = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=ExportState.choices, default=ExportState.WAITING
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=200, blank=True)
    # How many rows the list had when asked, and how many the file holds.
    rows_expected = models.BigIntegerField()
    rows_done = models.BigIntegerField(default=0)
    path = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField(null=True)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)
    downloads = models.PositiveIntegerField(default=0)
    # Why it failed, in words.
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="files_export_decided",
            ),
            # Four eyes: nobody releases what they asked for.
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("requested_by")),
                name="files_export_four_eyes",
            ),
        ]
        indexes = [
            # "My exports", newest first.
            models.Index(fields=["requested_by", "-requested_at"], name="files_export_mine"),
            # What waits for release.
            models.Index(fields=["state", "requested_at"], name="files_export_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.screen} {self.requested_at:%Y-%m-%d %H:%M}"
