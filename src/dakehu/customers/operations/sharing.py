"""Showing one customer to somebody beyond their reach (promise 3)."""

from datetime import datetime
from typing import TYPE_CHECKING

from dakehu.customers.models import Customer
from dakehu.people.choices import ShareSubject
from dakehu.people.errors import UnableToShare
from dakehu.people.operations import give_share
from dakehu.people.policies import within_role
from dakehu.people.values import NewShare

if TYPE_CHECKING:
    from dakehu.people.models import Share, Staff


def share_customer(customer: Customer, *, share: NewShare, by: "Staff", at: datetime) -> "Share":
    """
    Show a customer to somebody until a moment.

    :raises PermissionDenied: if the person may not share.
    :raises UnableToShare: if the person sees the customer only because it was shared with them,
        the receiver cannot use it, or the end is past or too far ahead.
    """
    own = within_role(by, unit="unit", owner="manager")
    if not Customer.objects.filter(own, pk=customer.pk).exists():
        raise UnableToShare.beyond_reach()
    subject = (ShareSubject.CUSTOMER.value, customer.pk, str(customer))
    return give_share(subject, share=share, by=by, at=at)
