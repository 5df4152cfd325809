"""Standings; the card-level scheme itself comes with the migrations."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import factory
from tests.factories.cohorts import make_cohort
from tests.factories.customers import CustomerFactory
from tests.factories.simulations import make_simulation

from dakehu.tiering.choices import CARD_LEVEL
from dakehu.tiering.models import EvaluationRun, Level, LevelGrant, RuleSet, Standing, TierMove


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


def level_of(code: str, rank: int) -> Level:
    """Return a level by its scheme and rank."""
    return Level.objects.get(scheme__code=code, rank=rank)


def make_tiers(people: Any, customer: Any, *, at: datetime) -> Any:
    """Make a draft of the group rules, a move of a customer, and a level by hand that waits."""
    first = RuleSet.objects.get(scheme__code="group-abc", number=1)
    draft = RuleSet.objects.create(
        scheme=first.scheme,
        number=2,
        body=first.body,
        based_on=first,
        created_by=people.operations_center,
        created_on=at.date(),
    )
    low, high = level_of("credit", 1), level_of("credit", 3)
    move = TierMove.objects.create(
        scheme=low.scheme,
        customer=customer,
        from_level=low,
        to_level=high,
        turn="UP",
        day=date(2026, 3, 1),
        effective_on=date(2026, 3, 2),
    )
    grant = LevelGrant.objects.create(
        customer=customer,
        scheme=high.scheme,
        level=high,
        starts_on=date(2026, 3, 2),
        ends_on=date(2099, 3, 2),
        reason="省公司重点保障",
        proposed_by=people.manager,
        proposed_at=at,
    )
    simulation = make_simulation(people.administrator, at=at, movers=[customer])
    cohort = make_cohort(people.operations_center, [customer], at=at)
    run = EvaluationRun.objects.create(
        scheme=first.scheme, days=["2026-03-01"], state="DONE", done=2,
        asked_by=people.operations_center, asked_at=at,
    )  # fmt: skip
    return SimpleNamespace(
        draft=draft, move=move, grant=grant, simulation=simulation, cohort=cohort, run=run
    )
