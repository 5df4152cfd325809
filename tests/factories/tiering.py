"""Standings; the card-level scheme itself comes with the migrations."""

from datetime import date

import factory
from tests.factories.customers import CustomerFactory

from dakehu.tiering.choices import CARD_LEVEL
from dakehu.tiering.models import Level, Standing


class StandingFactory(factory.django.DjangoModelFactory):
    """A card level in force; pass ``rank`` 0 to 4."""

    class Meta:
        model = Standing

    class Params:
        rank = 2

    customer = factory.SubFactory(CustomerFactory)
    level = factory.LazyAttribute(
        lambda row: Level.objects.get(scheme__code=CARD_LEVEL, rank=row.rank)
    )
    scheme = factory.LazyAttribute(lambda row: row.level.scheme)
    active_from = date(2026, 3, 1)
    evidence = factory.LazyAttribute(
        lambda row: {"old_level": 0, "avg3": 12_000, "arr": 0, "numbers_version": 1}
    )
