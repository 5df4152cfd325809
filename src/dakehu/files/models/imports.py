"""Imports of spreadsheets: staged, checked, applied, and undone if need be (promise 5)."""

from django.conf import settings
from django.db import models

from dakehu.files.choices import ImportMode, ImportState, RowVerdict


class ImportRun(models.Model):
    """One spreadsheet on its way in. Rows = created + updated + unchanged + rejected."""

    # Name of the registered import.
    name = models.CharField(max_length=80)
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    # The beginning of the file: {"line": of the headings, "headings": […] from column A,
    # "samples": [[…], …] of the rows below; the samples go when the columns are assigned.
    head = models.JSONField(default=dict)
    # In which what is wrong with a row is said.
    language = models.CharField(max_length=10, default="")
    # Sheet of a workbook, encoding of a text file.
    sheet = models.CharField(max_length=60, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    # Heading of the file -> field of the import.
    mapping = models.JSONField(default=dict)
    mode = models.CharField(max_length=8, choices=ImportMode.choices, default=ImportMode.BOTH)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READ)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # When background work last got on with it.
    beat_at = models.DateTimeField(null=True)
    # Why it failed, in words.
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_by__isnull=True, undone_at__isnull=True)
                | models.Q(undone_by__isnull=False, undone_at__isnull=False),
                name="files_import_undone",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "-at"], name="files_import_newest"),
            # "My imports", newest first, and how I assigned the columns last time.
            models.Index(fields=["staff", "-at"], name="files_import_mine"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of an import: what was read, what it does, what was there before."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="staged_rows", db_index=False)
    # Line of the file, as a spreadsheet counts.
    line = models.PositiveIntegerField()
    # By field: the text as read.
    cells = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10, choices=RowVerdict.choices, blank=True)
    # [[field, what is wrong and how to cure it], …]
    errors = models.JSONField(default=list)
    subject_id = models.BigIntegerField(null=True)
    # By field: the value before, for the undoing, and the value that was written.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # The version of a record that the row created.
    version = models.PositiveIntegerField(null=True)
    is_applied = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="files_importrow_line"),
        ]
        indexes = [
            # The rows of one verdict, in the order of the file.
            models.Index(fields=["run", "verdict", "line"], name="files_importrow_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line}"
