"""Wiring of the audit app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from dakehu.common.events import listen


class AuditConfig(AppConfig):
    name = "dakehu.audit"
    label = "audit"

    def ready(self) -> None:
        """Listen to what gives access to personal data."""
        from dakehu.audit.receivers import (
            keep_export,
            keep_opening,
            keep_search,
            keep_sign_in,
        )
        from dakehu.ui.events import RecordOpened, RecordsSearched, RowsExported

        listen(RowsExported, keep_export)
        listen(RecordsSearched, keep_search)
        listen(RecordOpened, keep_opening)
        user_logged_in.connect(keep_sign_in, dispatch_uid="audit.keep_sign_in")
