"""Seeing a masked value of a colleague in plain needs a purpose and leaves a trace (promise 3)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dakehu.audit.choices import AccessVerb
from dakehu.audit.operations import record_access
from dakehu.common.masking import Masked
from dakehu.people.choices import LookPurpose, StaffValue
from dakehu.people.errors import UnableToReveal
from dakehu.people.models import Staff
from dakehu.people.policies import may_reveal


@transaction.atomic
def reveal(
    staff: Staff, *, value: StaffValue, purpose: LookPurpose, by: Staff, at: datetime
) -> str:
    """
    Return a masked value of a person in plain, and record who asked for it and why.

    :raises PermissionDenied: if the role may not reveal, and it is not one's own file.
    :raises UnableToReveal: if the file has no such value.
    """
    if not may_reveal(by, staff):
        raise PermissionDenied("people.reveal")
    found = getattr(staff, value)
    if not isinstance(found, Masked) or not found:
        raise UnableToReveal
    record_access(
        verb=AccessVerb.REVEALED, by=by, at=at, subject=staff, detail=value, purpose=purpose
    )
    return found.plain
