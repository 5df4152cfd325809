"""What others announce and the audit keeps: exports of lists, and sign-ins."""

from typing import Any

from django.utils import timezone

from dakehu.audit.choices import AccessVerb
from dakehu.audit.operations import record_access
from dakehu.ui.events import RowsExported


def keep_export(event: RowsExported) -> None:
    """Record that rows were taken away, and by which filter; what was typed is not kept."""
    filters = ",".join(sorted(event.filters))
    record_access(
        verb=AccessVerb.EXPORTED,
        by=event.actor,
        at=event.at,
        detail=f"{event.screen} {event.count} [{filters}]",
    )


def keep_sign_in(sender: Any, user: Any, **signal: Any) -> None:
    """Record that a person signed in."""
    # Django's signal does not say when; it is sent from the log-in screen itself.
    record_access(verb=AccessVerb.SIGNED_IN, by=user, at=timezone.now())  # noqa: TID251
