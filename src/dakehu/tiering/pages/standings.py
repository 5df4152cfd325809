"""What the panels of a customer's standing and of a unit's customers show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from dakehu.customers.choices import CardLevel, CustomerKind
from dakehu.customers.queries import get_customer
from dakehu.customers.queries.units import kinds_in_unit
from dakehu.people.queries import get_unit
from dakehu.tiering import queries
from dakehu.tiering.queries.card_words import next_level, own_numbers_words, reasons_of
from dakehu.tiering.queries.cards import card_numbers_numbered, own_since
from dakehu.tiering.rules import card_level
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.values import CardDecision, CardNumbers

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit
    from dakehu.tiering.models import Standing


@dataclass(frozen=True)
class StandingLine:
    """One standing: the level, its rank, and the days it held."""

    level: str
    rank: int
    active_from: date
    active_to: date | None
    kind: str


@dataclass(frozen=True)
class StandingPanel:
    """The standing in force with its reasons in words, and the earlier ones."""

    current: StandingLine | None
    reasons: list[str]
    earlier: list[StandingLine]
    next_words: str


@dataclass(frozen=True)
class Share:
    """One part of a unit's customers: its name, its number, and how the list is narrowed to it."""

    name: str
    count: int
    percent: int
    query: str


@dataclass(frozen=True)
class UnitPanel:
    """The customers of a unit and of those below it, each group of parts side by side."""

    unit: "Unit"
    total: int
    groups: tuple[tuple[Share, ...], ...]


def unit_panel(actor: "Staff", pk: int) -> UnitPanel:
    """Gather how many customers a unit has, by kind and by card level (M2, T18)."""
    unit = get_unit(actor, pk)
    kinds = kinds_in_unit(actor, unit)
    levels = queries.levels_in_unit(actor, unit)
    return UnitPanel(
        unit=unit,
        total=sum(kinds.values()),
        groups=(
            shares_of(kinds, CustomerKind, "kind"),
            shares_of(levels, CardLevel, "level")[::-1],
        ),
    )


def shares_of(counts: Mapping[Any, int], choices: Any, field: str) -> tuple[Share, ...]:
    """Return counted parts with their names, in the order of the choices."""
    largest = max(counts.values(), default=1)
    return tuple(
        Share(str(each.label), counts[each], counts[each] * 100 // largest, f"{field}={each}")
        for each in choices
        if counts.get(each)
    )


def standing_panel(actor: "Staff", customer_id: int) -> StandingPanel:
    """Gather where a customer stands and why (T18, T19)."""
    customer = get_customer(actor, customer_id)
    standings = queries.standings_of(customer)
    current = next((each for each in standings if each.active_to is None), None)
    earlier = [line_of(each) for each in standings if each is not current]
    if current is None:
        return StandingPanel(None, [], earlier, "")
    rules = card_numbers_numbered(current.evidence.get("numbers_version") or 1)
    city = current.evidence.get(CITY)
    numbers = rules.at_city(city)
    decision = decision_of(current, customer.open_date, numbers)
    reasons = reasons_of(decision, numbers)
    if city:
        reasons.append(own_numbers_words(rules, city, since=own_since(rules, city)))
    return StandingPanel(line_of(current), reasons, earlier, next_level(decision, numbers))


def line_of(standing: "Standing") -> StandingLine:
    """Return a standing with its level in the language of the moment."""
    level = standing.level
    return StandingLine(
        level=level.name if (get_language() or "").startswith("zh") else level.name_en,
        rank=level.rank,
        active_from=standing.active_from,
        active_to=standing.active_to,
        kind=standing.get_kind_display(),
    )


def decision_of(standing: "Standing", opened: date | None, numbers: CardNumbers) -> CardDecision:
    """Decide a standing's level once more, from what it keeps of its day."""
    evidence = standing.evidence
    run_day = standing.active_from + timedelta(days=1)
    return card_level(
        revenue_fen=(evidence.get("avg3") or 0) * numbers.months,
        arrears_days=evidence.get("arr") or 0,
        tenure_days=(run_day - opened).days if opened else None,
        old_level=evidence.get("old_level"),
        numbers=numbers,
    )
