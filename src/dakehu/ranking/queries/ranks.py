"""Ranks of customers within the reach of whoever asks, and what pushed one of them (W10)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from dakehu.alerts.choices import Rule
from dakehu.alerts.queries import holding_alerts
from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.facts.engine import text_sql
from dakehu.facts.samples import row_of
from dakehu.facts.store import FactStore
from dakehu.ranking.errors import UnableToRank
from dakehu.ranking.models import CustomerRank, RankedDay, RankingModel
from dakehu.ranking.queries.known import is_ranking, newest_ranked_day
from dakehu.ranking.queries.shelf import RANKING, usable_model
from dakehu.ranking.rules import scoring
from dakehu.ranking.rules.inputs import NAMES, SHEET
from dakehu.ranking.values import Push

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Standing:
    """Where one customer stands among those ranked, and what pushed it there."""

    day: date
    model: RankingModel
    place: int
    ranked: int
    probability: float
    ups: tuple[Push, ...] = ()
    downs: tuple[Push, ...] = ()
    trouble: str = ""


def ranks_visible_to(actor: "Staff") -> QuerySet[CustomerRank]:
    """Return the ranks of customers within reach, with what a list shows of them."""
    within = customers_visible_to(actor).order_by().values("pk")
    held = holding_alerts(actor, Rule.W10).filter(customer=OuterRef("customer"))
    found = CustomerRank.objects.filter(customer__in=within)
    return found.select_related("customer__unit", "customer__manager").annotate(
        score=Subquery(held.order_by().values("a")[:1])
    )


def standing_of(customer: Any) -> Standing | None:
    """
    Return where a customer stands on the newest ranked day; nothing if it was not ranked,
    or no model ranks any more.

    Contributions come from the night where it kept them, else from the inputs of the day.
    """
    ranked = newest_ranked_day() if is_ranking() else None
    if ranked is None or customer.kind != CustomerKind.INDIVIDUAL:
        return None
    found = _look_up(_path(RANKING, ranked), customer.number)
    if found is None:
        return None
    place, probability, *pushed = found
    ups, downs, trouble = _pushes(ranked, customer.number, pushed)
    return Standing(
        day=ranked.day,
        model=ranked.model,
        place=place,
        ranked=ranked.ranked,
        probability=probability,
        ups=ups,
        downs=downs,
        trouble=trouble,
    )


def _pushes(
    ranked: RankedDay, number: str, kept: list[float | None]
) -> tuple[tuple[Push, ...], tuple[Push, ...], str]:
    inputs = _path(SHEET, ranked)
    row = row_of(inputs, number, NAMES) if inputs.exists() else None
    if row is None:
        return (), (), ""
    known = [each for each in kept if each is not None]
    if len(known) < len(NAMES):
        try:
            usable = usable_model(settings.HOME, ranked.model)
        except UnableToRank as refusal:
            return (), (), str(refusal)
        known = [float(each) for each in scoring.contributions(usable.booster, row)[0]]
    ups, downs = scoring.strongest(NAMES, [float(each) for each in row[0]], known)
    return ups, downs, ""


def _path(name: str, ranked: RankedDay) -> Path:
    folder = FactStore(settings.HOME).result_folder(name, ranked.day)
    return folder / f"{ranked.token}.parquet"


def _look_up(path: Path, number: str) -> tuple[Any, ...] | None:
    if not path.exists():
        return None
    pushes = ", ".join(f"push_{name}" for name in NAMES)
    with duckdb.connect(":memory:") as con:
        found: tuple[Any, ...] | None = con.execute(
            f"SELECT place, probability, {pushes} FROM "
            f"read_parquet({text_sql(str(path))}, hive_partitioning = false) "
            "WHERE sub_id = $number",
            {"number": number},
        ).fetchone()
    return found
