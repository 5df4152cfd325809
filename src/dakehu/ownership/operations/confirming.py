"""The successor's word that customers were handed over (M3)."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.common import events
from dakehu.ownership.errors import UnableToConfirm
from dakehu.ownership.events import ReceiptConfirmed
from dakehu.ownership.models import Receipt

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def confirm_receipt(*, receipt: Receipt, remark: str, by: "Staff", at: datetime) -> None:
    """
    Confirm that one has taken note of the customers that came or went.

    :raises UnableToConfirm: if the receipt is not one's own, or was confirmed already.
    """
    mine = Receipt.objects.filter(pk=receipt.pk, staff=by, received_at__isnull=True)
    if not mine.update(received_at=at, remark=remark[:200]):
        raise UnableToConfirm
    record_change(
        verb=ChangeVerb.CHANGED,
        subject=receipt,
        fields={"received_at": ("", at.isoformat()), "remark": ("", remark[:200])},
        by=by,
        at=at,
    )
    confirmed = ReceiptConfirmed(receipt_id=receipt.pk, by=by, at=at)
    transaction.on_commit(partial(events.announce, confirmed))
