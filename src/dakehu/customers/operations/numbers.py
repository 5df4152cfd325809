"""The numbers that Dakehu gives out itself."""

from django.db import transaction
from django.db.models import F

from dakehu.customers.models import Sequence


@transaction.atomic
def next_number(name: str) -> int:
    """
    Return the next number of a sequence, the first being 1.

    The row stays locked until the transaction ends, so nobody else gets the same number, and one
    that was rolled back is given out again.
    """
    Sequence.objects.get_or_create(name=name)
    Sequence.objects.filter(name=name).update(last=F("last") + 1)
    return Sequence.objects.get(name=name).last
