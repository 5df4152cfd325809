"""Seeing a masked value in plain needs a purpose and leaves a trace (promise 3)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from dakehu.audit.choices import AccessVerb
from dakehu.audit.operations import record_access
from dakehu.common.masking import Masked
from dakehu.customers.choices import PersonalValue, Purpose
from dakehu.customers.errors import UnableToReveal
from dakehu.customers.models import Customer
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def reveal(
    *, customer: Customer, value: PersonalValue, purpose: Purpose, by: "Staff", at: datetime
) -> str:
    """
    Return a masked value of a customer in plain, and record who asked for it and why.

    :raises PermissionDenied: if the role may not reveal.
    :raises UnableToReveal: if the customer has no such value, or the purpose is none of those.
    """
    require(by, "customers.reveal")
    masked = masked_value(customer, value)
    if not masked or purpose not in Purpose.values:
        raise UnableToReveal(value)
    record_access(
        verb=AccessVerb.REVEALED,
        by=by,
        at=at,
        subject=customer,
        detail=value,
        purpose=purpose,
    )
    return masked.plain


def masked_value(customer: Customer, value: PersonalValue) -> Masked | None:
    """Return a personal value of a customer as it is kept; nothing if there is none."""
    holder = customer if value == PersonalValue.PHONE else getattr(customer, "profile", None)
    found = getattr(holder, value, None)
    return found if isinstance(found, Masked) and found else None
