"""What others announce and the audit keeps: exports, searches, opened records, sign-ins."""

from typing import Any

from django.utils import timezone

from dakehu.audit.choices import AccessVerb
from dakehu.audit.operations import record_access
from dakehu.common.masking import PersonalKind, mask
from dakehu.ui.events import RecordOpened, RecordsSearched, RowsExported

SHORTEST_PERSONAL = 7


def keep_export(event: RowsExported) -> None:
    """Record that rows were taken away, and by which filter; what was typed is not kept."""
    filters = ",".join(sorted(event.filters))
    record_access(
        verb=AccessVerb.EXPORTED,
        by=event.actor,
        at=event.at,
        detail=f"{event.screen} {event.count} [{filters}]",
    )


def keep_search(event: RecordsSearched) -> None:
    """Record what was searched for and how much was found; long numbers are kept masked."""
    words = (
        mask(PersonalKind.PHONE, word) if is_long(word) else word for word in event.typed.split()
    )
    detail = f"{' '.join(words)} [{event.count}]"
    record_access(verb=AccessVerb.SEARCHED, by=event.actor, at=event.at, detail=detail)


def is_long(word: str) -> bool:
    """Tell whether a word could be a whole telephone or identity number."""
    return word.isdigit() and len(word) >= SHORTEST_PERSONAL


def keep_opening(event: RecordOpened) -> None:
    """Record that a person opened the page of a record with personal data."""
    record_access(verb=AccessVerb.VIEWED, by=event.actor, at=event.at, subject=event.subject)


def keep_sign_in(sender: Any, user: Any, **signal: Any) -> None:
    """Record that a person signed in."""
    # Django's signal does not say when; it is sent from the log-in screen itself.
    record_access(verb=AccessVerb.SIGNED_IN, by=user, at=timezone.now())  # noqa: TID251
