"""
What belongs to a customer but lies in other tables, edited under the customer's own version.

An organisation's profile and the custom fields count no versions themselves. Their changes are
the customer's: one history, and one version against lost edits (promise 8).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.operations import record_change
from dakehu.audit.queries import changes_of
from dakehu.audit.values import FieldClash
from dakehu.customers.models import Customer

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Changed = Mapping[str, tuple[Any, Any]]
"""The old and the new value by the name of the field."""


def held(customer: Customer) -> Customer:
    """Return the stored row of a customer, held against others until the transaction ends."""
    stored: Customer = Customer.objects.select_for_update().get(pk=customer.pk)
    return stored


def clashes_beside(stored: Customer, changed: Changed, *, version: int) -> list[FieldClash]:
    """Return the changed fields, told apart by who changed them; none if nobody else did."""
    if version >= stored.version:
        return []
    before: dict[str, Any] = {}
    for change in changes_of(stored).filter(version__gt=version).order_by("pk"):
        for name, (old, _new) in change.fields.items():
            before.setdefault(name, old)
    clashes = [clash_of(name, pair, before) for name, pair in changed.items()]
    return clashes if any(clash.is_theirs for clash in clashes) else []


def refuse_clashes(stored: Customer, clashes: list[FieldClash]) -> None:
    """Pass in silence if nothing clashes.

    :raises EditedMeanwhile: otherwise.
    """
    if clashes:
        raise EditedMeanwhile(version=stored.version, fields=clashes)


def clash_of(name: str, pair: tuple[Any, Any], before: Mapping[str, Any]) -> FieldClash:
    """Return one field of a clash: before, theirs, yours."""
    theirs, yours = in_words(pair[0]), in_words(pair[1])
    was = in_words(before[name]) if name in before else theirs
    return FieldClash(name, was, theirs, yours, is_theirs=name in before, is_yours=yours != was)


def in_words(content: Any) -> str:
    """Return what is in a field as the page of a clash shows it."""
    if content is None:
        return ""
    if isinstance(content, bool):
        return _("Yes") if content else _("No")
    return str(content)


def record_beside(
    customer: Customer, changed: Changed, *, by: "Staff", at: datetime, reason: str = ""
) -> None:
    """Count the customer's version, and record what was changed beside it."""
    stored = held(customer)
    stored.version += 1
    stored.save(update_fields=["version"])
    record_change(
        verb=ChangeVerb.CHANGED, subject=stored, fields=changed, by=by, at=at, reason=reason
    )
    customer.version = stored.version
