"""The numbers that Dakehu gives out itself."""

from django.db import transaction
from django.db.models import F

from dakehu.customers.models import Sequence


@transaction.atomic
def next_numbers(name: str, count: int) -> range:
    """
    Return the next numbers of a sequence, the first of all being 1.

    The row stays locked until the transaction ends, so nobody else gets the same numbers, and
    those that were rolled back are given out again.
    """
    if not Sequence.objects.filter(name=name).update(last=F("last") + count):
        Sequence.objects.get_or_create(name=name)
        Sequence.objects.filter(name=name).update(last=F("last") + count)
    last = Sequence.objects.get(name=name).last
    return range(last - count + 1, last + 1)
