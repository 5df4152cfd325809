"""The record of changes (P8) and of access to personal data (promise 3): only ever added to."""

from dakehu.audit.operations.journal import (
    changes_told_together,
    record_access,
    record_change,
    record_changes,
)
from dakehu.audit.operations.records import (
    change_rows,
    create_record,
    create_records,
    remove_record,
    restore_record,
    save_record,
    save_records,
)
from dakehu.audit.operations.sealing import seal_trails

__all__ = [
    "change_rows",
    "changes_told_together",
    "create_record",
    "create_records",
    "record_access",
    "record_change",
    "record_changes",
    "remove_record",
    "restore_record",
    "save_record",
    "save_records",
    "seal_trails",
]
