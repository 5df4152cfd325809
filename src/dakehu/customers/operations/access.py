"""Seeing a masked value in plain needs a purpose and leaves a trace (promise 3)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

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

FIELDS = {
    PersonalValue.PHONE: "phone",
    PersonalValue.ADDRESS: "address",
    PersonalValue.IDENTITY: "identity_no",
    PersonalValue.BIRTHDAY: "birth_date",
    PersonalValue.MAIL: "email",
}


@transaction.atomic
def reveal(
    *,
    customer: Customer,
    value: PersonalValue,
    purpose: Purpose,
    by: "Staff",
    at: datetime,
    holder: Any = None,
) -> str:
    """
    Return a masked value of a customer in plain, and record who asked for it and why.

    ``holder`` is the detail of the customer's file that has the value; without one it is the
    customer's own. The look is recorded as one at the customer.

    :raises PermissionDenied: if the role may not reveal.
    :raises UnableToReveal: if there is no such value, or the purpose is none of those.
    """
    require(by, "customers.reveal")
    masked = masked_value(customer, value) if holder is None else value_in(holder, value)
    if not masked or purpose not in Purpose.values:
        raise UnableToReveal(value)
    record_access(
        verb=AccessVerb.REVEALED,
        by=by,
        at=at,
        subject=customer,
        detail=value if holder is None else f"{value} {holder._meta.model_name} {holder.pk}",
        purpose=purpose,
    )
    return masked.plain


def masked_value(customer: Customer, value: PersonalValue) -> Masked | None:
    """Return a personal value of a customer itself as it is kept; nothing if there is none."""
    is_profile = value == PersonalValue.ADDRESS
    return value_in(getattr(customer, "profile", None) if is_profile else customer, value)


def value_in(holder: Any, value: PersonalValue) -> Masked | None:
    """Return a personal value that a record holds; nothing if it holds none."""
    found = getattr(holder, FIELDS[value], None)
    return found if isinstance(found, Masked) and found else None
