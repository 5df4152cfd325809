"""Counts of some opportunities, for the page of figures (OP14, CH10)."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from dakehu.opportunities.choices import OWNED, Ending, Move, SalesStage, State
from dakehu.opportunities.models import Hop, Offer
from dakehu.opportunities.querysets import OpportunityQuerySet
from dakehu.opportunities.rules.figures import Step, weighted

ROUTED = Q(rule__gte=2)


def captured_since(rows: OpportunityQuerySet, since: datetime) -> OpportunityQuerySet:
    """Return what of some opportunities was taken in from a moment on."""
    return rows.filter(captured_at__gte=since).order_by()


def by_channel(rows: OpportunityQuerySet, since: datetime) -> list[dict[str, int | str]]:
    """Return how much of what each channel took in went how far."""
    counted = captured_since(rows, since).values("channel")
    found = counted.annotate(
        taken=Count("pk"),
        completed=Count("pk", filter=Q(state=State.COMPLETED)),
        routed=Count("pk", filter=ROUTED),
        claimed=Count("pk", filter=Q(claimed_at__isnull=False)),
        won=Count("pk", filter=Q(state=State.WON)),
        lost=Count("pk", filter=Q(state=State.LOST)),
        worth=Sum("won_fen"),
    )
    return list(found.order_by("channel"))


def by_hops(rows: OpportunityQuerySet, since: datetime) -> dict[int, Counter[str]]:
    """Return the states of what was offered, by how often it was."""
    offered = captured_since(rows, since).filter(offers__isnull=False)
    found: dict[int, Counter[str]] = {}
    for times, state in offered.annotate(times=Count("offers")).values_list("times", "state"):
        found.setdefault(times, Counter())[state] += 1
    return dict(sorted(found.items()))


def offer_endings(rows: OpportunityQuerySet, since: datetime) -> Counter[str]:
    """Return what became of the offers of what was taken in."""
    keys = captured_since(rows, since).values("pk")
    over = Offer.objects.filter(opportunity__in=keys).exclude(ending=Ending.OPEN).order_by()
    return Counter(dict(over.values_list("ending").annotate(n=Count("pk"))))


def losses(rows: OpportunityQuerySet, since: datetime) -> list[tuple[str, int]]:
    """Return why nothing came of what was taken in, the most frequent first."""
    lost = captured_since(rows, since).filter(state=State.LOST)
    return list(lost.values_list("loss").annotate(n=Count("pk")).order_by("-n", "loss"))


def stage_steps(rows: OpportunityQuerySet, since: datetime) -> list[Step]:
    """Return the changes of stage of what was taken in, opportunity by opportunity."""
    keys = captured_since(rows, since).filter(claimed_at__isnull=False).values("pk")
    moves = (Move.CLAIM, Move.STAGE, Move.NEGOTIATE, Move.WIN)
    hops = Hop.objects.filter(opportunity__in=keys, move__in=moves).order_by("opportunity", "pk")
    return [
        (key, at, facts.get("from", ""), facts.get("stage", SalesStage.DIGGING.value))
        for key, at, facts in hops.values_list("opportunity", "at", "facts")
    ]


def forecast(rows: OpportunityQuerySet) -> list[tuple[object, int, int, int]]:
    """Return month, number, expected and likely value of what is to be signed, by month."""
    open_ones = rows.filter(state__in=OWNED, expected_on__isnull=False)
    counted = (
        open_ones.order_by().annotate(month=TruncMonth("expected_on")).values("month", "stage")
    )
    found: dict[object, tuple[int, int, int]] = {}
    for month, stage, number, worth in counted.annotate(
        n=Count("pk"), worth=Sum("expected_fen")
    ).values_list("month", "stage", "n", "worth"):
        count, total, likely = found.get(month, (0, 0, 0))
        worth = worth or 0
        found[month] = (count + number, total + worth, likely + weighted(worth, stage))
    return [
        (month, *values) for month, values in sorted(found.items(), key=lambda pair: str(pair[0]))
    ]
