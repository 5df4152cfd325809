"""Files that people attach to a record."""

from django.conf import settings
from django.db import models

from dakehu.audit.fields import Record


class Attachment(Record):
    """A file attached to a record of any app; it lies outside the web root (V2).

    The record is named by its model's label and its number, because files stand below most apps.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    # The name it came with; on disk it has a random one.
    name = models.CharField(max_length=200)
    # Nothing once the file of a removed one has had its time.
    path = models.CharField(max_length=200, unique=True, null=True)
    # Told from the content, never from the name.
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # The files of a record.
            models.Index(fields=["subject_type", "subject_id"], name="files_attachment_subject"),
        ]

    def __str__(self) -> str:
        return self.name
