"""Seeing a masked value in plain needs a purpose and leaves a trace (promise 3)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dakehu.audit.choices import AccessVerb
from dakehu.audit.operations import record_access
from dakehu.common.masking import Masked
from dakehu.people.errors import UnableToReveal
from dakehu.people.models import Staff
from dakehu.people.values import Revealable

REVEALABLES: dict[str, Revealable] = {}
"""Whose values can be revealed, by the label of the model."""


def register_revealable(revealable: Revealable) -> None:
    """Let values of a kind of record be revealed; registering it twice changes nothing."""
    REVEALABLES.setdefault(revealable.kind, revealable)


@transaction.atomic
def reveal(holder: Any, *, value: str, purpose: str, by: Staff, at: datetime) -> str:
    """
    Return a masked value that a record holds in plain, and record who asked for it and why.

    ``value`` names the field. The look is recorded at the record whose file it is: of a contact's
    telephone number at the group.

    :raises PermissionDenied: if the actor may not see plain values of the file.
    :raises UnableToReveal: if there is no such value, or the purpose does not count.
    """
    revealable = REVEALABLES[holder._meta.label_lower]
    if not revealable.may(by, holder):
        raise PermissionDenied
    found = getattr(holder, value, None)
    if not isinstance(found, Masked) or not found or purpose not in revealable.purposes:
        raise UnableToReveal
    subject = revealable.subject(holder)
    part = "" if subject == holder else f" {holder._meta.model_name} {holder.pk}"
    record_access(
        verb=AccessVerb.REVEALED,
        by=by,
        at=at,
        subject=subject,
        detail=f"{value}{part}",
        purpose=purpose,
    )
    return found.plain
