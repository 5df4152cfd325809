"""Let the people of the demonstration try rules out and freeze cohorts (T17, T20)."""

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dakehu.demo.values import DemoBook
from dakehu.people.queries import staff_who_may
from dakehu.tiering.operations import cohorts, simulating
from dakehu.tiering.queries.bars import default_cohort
from dakehu.tiering.queries.cohorts import cohorts_known
from dakehu.tiering.queries.schemes import get_scheme, rules_in_force, versions_of
from dakehu.tiering.queries.trying import Tried, version_tried

if TYPE_CHECKING:
    from dakehu.people.models import Staff

COHORTS = (
    ("拍照客户（季度收入 360 元）", 42, 36_000),
    ("高价值拍照客户（季度收入 600 元）", 28, 60_000),
)
"""Name, days before the last data day, and the bar in fen of a quarter's revenue."""

EVERY = 3


def furnish_laboratory(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Freeze two cohorts and follow them, try rules of two schemes out; twice changes nothing."""
    if cohorts_known(administrator).exists():
        return
    maker = staff_who_may("tiers.freeze").exclude(pk=administrator.pk).first() or administrator
    day = book.lived or book.until
    for name, age, fen in COHORTS:
        freeze(name, max(book.first, day - timedelta(days=age)), fen, by=maker, at=at)
    newest = versions_of(get_scheme("group-abc")).first()
    if newest is not None:
        try_out(version_tried(newest), day=day, by=maker, at=at)
    card = get_scheme("card-level")
    if rules := rules_in_force(card, on=day):
        tried = Tried(card, with_lower_gold(rules.body), label="金卡门槛 180 元.yaml")
        try_out(tried, day=day, by=maker, at=at)


def freeze(name: str, day: date, fen: int, *, by: "Staff", at: datetime) -> None:
    """Freeze a cohort by the revenue of a quarter, and follow it to the newest day."""
    bar = {**default_cohort()["bar"], "value": fen}
    frozen = cohorts.freeze_cohort(name=name, day=day, bar=bar, at_bar=True, by=by, at=at)
    cohorts.catch_up(frozen, every=EVERY, now=lambda: at)


def try_out(tried: Tried, *, day: date, by: "Staff", at: datetime) -> None:
    """Try rules out at once."""
    asked = simulating.ask_simulation(tried=tried, day=day, by=by, at=at)
    simulating.carry_out(asked, now=lambda: at)


def with_lower_gold(body: Any) -> dict[str, Any]:
    """Return the numbers of the card level with other limits of silver and of gold."""
    changed: dict[str, Any] = json.loads(json.dumps(body))
    changed["card"] |= {"limit_2": 12_000, "limit_3": 18_000}
    return changed
