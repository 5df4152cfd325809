"""The retained archive: customers who have left, and the way back (V6)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import change_rows
from dakehu.customers.errors import UnableToRetire
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

REASON_LENGTH = 200


@transaction.atomic
def retire_customers(
    *, customers: CustomerQuerySet, reason: str, by: "Staff", at: datetime
) -> int:
    """
    Move customers into the retained archive; returns how many.

    Their files stay as they are. They leave the working lists at once, and the next night finds
    nothing of them any more, so that what still asks for action closes by itself.

    :raises PermissionDenied: if the role may not retire customers.
    :raises UnableToRetire: if nobody said why, or none of them is current.
    """
    require(by, "customers.retire")
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise UnableToRetire(_("Say why the customer moves to the archive."))
    values = {"retained_at": at, "retained_reason": reason}
    moved = change_rows(customers.current(), values=values, by=by, at=at, reason=reason)
    if not moved:
        raise UnableToRetire(_("The customer rests in the archive already, or is gone."))
    return moved


@transaction.atomic
def bring_back_customers(
    *, customers: CustomerQuerySet, reason: str, by: "Staff", at: datetime
) -> int:
    """
    Bring former customers back into the working lists; returns how many.

    :raises PermissionDenied: if the role may not retire customers.
    :raises UnableToRetire: if none of them rests in the archive.
    """
    require(by, "customers.retire")
    resting = customers.present().filter(retained_at__isnull=False)
    values = {"retained_at": None, "retained_reason": ""}
    moved = change_rows(resting, values=values, by=by, at=at, reason=reason.strip())
    if not moved:
        raise UnableToRetire(_("The customer does not rest in the archive."))
    return moved
