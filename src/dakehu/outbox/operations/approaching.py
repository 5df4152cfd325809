"""Noting contacts that were no message, and how often customers may be contacted (G1, G5)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, restore_record, save_record
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.models import Approach, ContactLimit
from dakehu.outbox.policies import RULES
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def note_approach(
    *, customer: Any, purpose: str, matter: tuple[str, int], by: "Staff | None", at: datetime
) -> None:
    """Note that a customer was talked to unasked; ``matter`` is what it was about."""
    source, source_id = matter
    Approach.objects.create(
        customer=customer, purpose=purpose, source=source, source_id=source_id, by=by, at=at
    )


@transaction.atomic
def keep_limit(*, limit: ContactLimit, version: int | None, by: "Staff", at: datetime) -> None:
    """
    Store how often customers of a grade are contacted; it holds from this moment on.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSend: if all together would be fewer than marketing alone.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, RULES)
    if limit.together and limit.together < limit.marketing:
        words = _("All together cannot be fewer than marketing alone. Raise it, or write 0.")
        raise UnableToSend(words, "together")
    known = ContactLimit.objects.select_for_update().filter(grade=limit.grade).first()
    if known is None:
        create_record(limit, by=by, at=at)
        return
    limit.pk = known.pk
    if known.removed_at:
        restore_record(known, by=by, at=at)
        version = None
    limit.removed_at = None
    save_record(limit, version=version, by=by, at=at)


@transaction.atomic
def drop_limit(*, grade: str, by: "Staff", at: datetime) -> None:
    """
    Let the numbers of the installation hold for a grade again.

    :raises PermissionDenied: if ``by`` may not.
    """
    require(by, RULES)
    known = ContactLimit.objects.filter(grade=grade, removed_at__isnull=True).first()
    if known is not None:
        remove_record(known, by=by, at=at)
