"""Noting who wants no messages, and who wants them again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, restore_record, save_record
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.models import Refusal
from dakehu.outbox.policies import EDIT, RESTORE
from dakehu.outbox.rules import mail_in, phone_in
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def note_refusal(
    *, to: str, purpose: str, source: str, note: str, by: "Staff", at: datetime
) -> Refusal:
    """
    Note that somebody wants no messages at a number or address; noting it twice renews it.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSend: if it is neither a number nor an address.
    """
    require(by, EDIT)
    phone, email = phone_in(to), mail_in(to)
    if not (phone or email):
        raise UnableToSend(_("This is neither a telephone number nor an e-mail address."), "to")
    key = {"phone": phone, "email": "" if phone else email, "purpose": purpose}
    known = Refusal.objects.select_for_update().filter(**key).first()
    kept = known or Refusal(**key)
    if known is not None and known.removed_at:
        restore_record(known, by=by, at=at)
    kept.source, kept.note = source, note
    kept.noted_at, kept.noted_by = at, by
    if known is None:
        return create_record(kept, by=by, at=at)
    save_record(kept, by=by, at=at)
    return kept


@transaction.atomic
def lift_refusal(*, refusal: Refusal, by: "Staff", at: datetime) -> None:
    """
    Take somebody off the list who wants messages again.

    :raises PermissionDenied: if ``by`` may not.
    """
    require(by, RESTORE)
    remove_record(refusal, by=by, at=at)
