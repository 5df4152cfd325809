"""
The individual card level: diamond, gold, silver and ordinary by what a subscriber brings (T19).

The average revenue of the whole months before gives the level; a new subscriber is capped, long
arrears cost one level, and a level just missed is kept (hysteresis), so that nobody goes up and
down from month to month.  A missing opening date neither caps nor keeps.  A city may have numbers
of its own (T21).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dakehu.facts import features as ft
from dakehu.facts import measures as ms
from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.expressions import (
    Choose,
    FirstKnown,
    Greatest,
    Input,
    Least,
    Literal,
    Number,
    Parameter,
    Predicate,
    Step,
    all_of,
    any_of,
)
from dakehu.tiering.choices import Turn
from dakehu.tiering.rules.compiling import CITY, turn_number
from dakehu.tiering.values import CardDecision, CardNumbers

LEVELS = (4, 3, 2, 1)
"""From the highest; 0 stands below all of them."""

CARD_SHEET = "card_level"

tenure = Input("tenure")
present = Input("present_level")
held_level: Number = FirstKnown((present, Literal(0)))


def gathered_name(figure: str, months: int) -> str:
    """The name of a figure gathered over some whole months: ``revenue_3``."""
    return f"{figure}_{months}"


@dataclass(frozen=True)
class NumbersByCity:
    """Numbers as expressions: the province's, or a choice by city where some differ (T21)."""

    numbers: CardNumbers

    def number(self, name: str) -> Number:
        """The number that holds for a subscriber."""
        return self._chosen(name, name, Parameter(name), Literal)

    def gathered(self, figure: str) -> Number:
        """A figure over the months that count for a subscriber."""

        def over(months: int) -> Number:
            return Input(gathered_name(figure, months))

        return self._chosen(figure, "months", over(self.numbers.months), over)

    def months(self) -> tuple[int, ...]:
        """The lengths in months that occur, each once."""
        places = (None, *self.numbers.cities)
        return tuple(sorted({self.numbers.at_city(city).months for city in places}))

    def _chosen(
        self, step: str, name: str, elsewhere: Number, own: Callable[[int], Number]
    ) -> Number:
        cases = tuple(
            (Input(CITY).equals(place), own(numbers[name]))
            for place, city in enumerate(self.numbers.cities, start=1)
            if name in (numbers := self.numbers.own_of(city))
        )
        return Step(f"own_{step}", Choose(cases, elsewhere)) if cases else elsewhere


@dataclass(frozen=True)
class CardSteps:
    """The card level as expressions, step by step."""

    arrears: Number
    average: Number
    due_level: Number
    capped_level: Number
    lowered_level: Number
    is_kept: Predicate
    decided_level: Number


def card_steps(numbers: CardNumbers) -> CardSteps:
    """Write the card level as expressions."""
    by_city = NumbersByCity(numbers)
    p = by_city.number
    arrears = by_city.gathered("arrears")
    average = Step("average", by_city.gathered("revenue") // p("months"))
    due_cases = tuple((average >= p(f"limit_{level}"), Literal(level)) for level in LEVELS)
    due_level = Step("due_level", Choose(due_cases, Literal(0)))
    is_new = tenure < p("new_tenure_days")
    capped = Choose(((is_new, Least(due_level, p("new_level_cap"))),), due_level)
    capped_level = Step("capped_level", capped)
    in_arrears = arrears > p("arrears_days")
    lowered = Choose(((in_arrears, Greatest(capped_level - 1, Literal(0))),), capped_level)
    lowered_level = Step("lowered_level", lowered)
    nearly = (
        all_of(
            held_level.equals(level),
            lowered_level.equals(level - 1),
            average * 100 >= p(f"limit_{level}") * p("keep_percent"),
        )
        for level in LEVELS
    )
    is_kept = all_of(arrears <= p("arrears_days"), tenure >= p("new_tenure_days"), any_of(*nearly))
    return CardSteps(
        arrears=arrears,
        average=average,
        due_level=due_level,
        capped_level=capped_level,
        lowered_level=lowered_level,
        is_kept=is_kept,
        decided_level=Choose(((is_kept, held_level),), lowered_level),
    )


def card_program(numbers: CardNumbers) -> ft.Program:
    """
    The card level of every managed subscriber, for the engine: the sheet ``card_level``.

    Where cities have numbers of their own, the column ``place`` says which of them counted, from
    1.
    """
    steps = card_steps(numbers)
    columns = [
        ("old_level", held_level),
        ("new_level", steps.decided_level),
        ("avg3", steps.average),
        ("arr", steps.arrears),
    ]
    cities: tuple[ft.Feature, ...] = ()
    if numbers.cities:
        cities = (ft.CityNumber(CITY, numbers.cities),)
        columns.append(("place", Input(CITY)))
    gathered = (
        ft.MonthFigure(gathered_name(figure, months), column, gather, months)
        for months in NumbersByCity(numbers).months()
        for figure, column, gather in (
            ("revenue", "revenue_fen", ft.Gather.SUM),
            ("arrears", "arrears_days", ft.Gather.MAX),
        )
    )
    return ft.Program(
        features=(
            *gathered,
            ft.DaysSince("tenure", "open_date"),
            ft.MasterValue("present_level", "level"),
            *cities,
        ),
        sheets=(ft.Sheet(CARD_SHEET, when=all_of(), columns=tuple(columns)),),
        parameters=numbers.parameters,
    )


def card_measures(numbers: CardNumbers) -> tuple[ms.Measure, ...]:
    """The inputs of the card level as measures, for passes beside the night's own (T20)."""
    person = ms.Subject.INDIVIDUAL
    gathered = (
        ms.Measure(
            gathered_name(figure, months),
            person,
            ms.Monthly(column, fold, months, gaps=ms.Gaps.ZERO),
        )
        for months in NumbersByCity(numbers).months()
        for figure, column, fold in (
            ("revenue", "revenue_fen", ms.Fold.SUM),
            ("arrears", "arrears_days", ms.Fold.MAX),
        )
    )
    return (
        *gathered,
        ms.Measure("tenure", person, ms.Age("open_date")),
        ms.Measure("present_level", person, ms.Newest("level")),
    )


def card_columns(numbers: CardNumbers) -> tuple[tuple[str, Number], ...]:
    """
    The card level as the columns of a judgement; its parameters are the numbers.

    Here a level is compared with the delivered one, as in the night's sheet.
    """
    steps = card_steps(numbers)
    turn = Choose(
        (
            (steps.decided_level > held_level, turn_number(Turn.UP)),
            (steps.decided_level < held_level, turn_number(Turn.DOWN)),
            (steps.is_kept, turn_number(Turn.KEPT)),
        ),
        turn_number(Turn.SAME),
    )
    return (
        ("due", steps.lowered_level),
        ("level", steps.decided_level),
        ("streak", Literal(0)),
        ("turn", turn),
    )


def card_level(
    *,
    revenue_fen: int,
    arrears_days: int,
    tenure_days: int | None,
    old_level: int | None,
    numbers: CardNumbers,
) -> CardDecision:
    """
    Decide the card level of one subscriber, with what decided it.

    ``revenue_fen`` is the sum and ``arrears_days`` the maximum of the whole months before;
    ``numbers`` are those of the subscriber's city.
    """
    numbers = numbers.at_city(None)
    steps = card_steps(numbers)
    inputs: Mapping[str, int | None] = {
        gathered_name("revenue", numbers.months): revenue_fen,
        gathered_name("arrears", numbers.months): arrears_days,
        "tenure": tenure_days,
        "present_level": old_level,
    }
    row = Row(inputs, numbers.parameters)
    by_revenue = row.value(steps.due_level) or 0
    capped = row.value(steps.capped_level) or 0
    return CardDecision(
        old_level=row.value(held_level) or 0,
        new_level=row.value(steps.decided_level) or 0,
        avg3=row.value(steps.average) or 0,
        arr=arrears_days,
        tenure=tenure_days,
        by_revenue=by_revenue,
        limit=row.parameters.get(f"limit_{by_revenue}", 0),
        capped=capped < by_revenue,
        lowered=(row.value(steps.lowered_level) or 0) < capped,
        kept=row.holds(steps.is_kept),
        version=numbers.version,
    )
