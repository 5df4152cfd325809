"""Removing what is left of uploads whose process was killed."""

from datetime import datetime, timedelta

from dakehu.files.operations import keeping
from dakehu.files.operations.attachments import KIND
from dakehu.files.queries.attachments import attachment_paths

STRAY_AFTER = timedelta(hours=6)
"""A file that no row names for so long never will be named by one."""


def tidy_attachments(at: datetime) -> None:
    """Remove files that no attachment names; those of removed ones stay, to be brought back."""
    keeping.tidy(KIND, named=attachment_paths(), before=at - STRAY_AFTER)
