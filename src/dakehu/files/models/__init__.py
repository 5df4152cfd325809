"""Files in and out: imports with their rows, released exports, attachments."""

from dakehu.files.models.attachments import Attachment
from dakehu.files.models.exports import ExportRequest
from dakehu.files.models.imports import ImportRow, ImportRun

__all__ = ["Attachment", "ExportRequest", "ImportRow", "ImportRun"]
