"""
The individual card level: diamond, gold, silver and ordinary by what a subscriber brings (T19).

The average revenue of the whole months before gives the level; a new subscriber is capped, long
arrears cost one level, and a level just missed is kept (hysteresis), so that nobody goes up and
down from month to month.  A missing opening date neither caps nor keeps.
"""

from collections.abc import Mapping
from dataclasses import asdict

from dakehu.facts import features as ft
from dakehu.facts import measures as ms
from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.expressions import (
    AllOf,
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
from dakehu.tiering.choices import TURN_NUMBERS, Turn
from dakehu.tiering.values import CardDecision, CardNumbers

LEVELS = (4, 3, 2, 1)
"""From the highest; 0 stands below all of them."""

CARD_SHEET = "card_level"

_p = Parameter

revenue = Input("revenue")
arrears = Input("arrears")
tenure = Input("tenure")
present = Input("present_level")

average: Number = Step("average", revenue // _p("months"))
held_level: Number = FirstKnown((present, Literal(0)))
due_level: Number = Step(
    "due_level",
    Choose(
        tuple((average >= _p(f"limit_{level}"), Literal(level)) for level in LEVELS), Literal(0)
    ),
)
is_new: Predicate = tenure < _p("new_tenure_days")
capped_level: Number = Step(
    "capped_level", Choose(((is_new, Least(due_level, _p("new_level_cap"))),), due_level)
)
in_arrears: Predicate = arrears > _p("arrears_days")
lowered_level: Number = Step(
    "lowered_level",
    Choose(((in_arrears, Greatest(capped_level - 1, Literal(0))),), capped_level),
)


def _nearly(level: int) -> AllOf:
    nearly = average * 100 >= _p(f"limit_{level}") * _p("keep_percent")
    return all_of(held_level.equals(level), lowered_level.equals(level - 1), nearly)


is_kept: Predicate = all_of(
    arrears <= _p("arrears_days"),
    tenure >= _p("new_tenure_days"),
    any_of(*(_nearly(level) for level in LEVELS)),
)
decided_level: Number = Choose(((is_kept, held_level),), lowered_level)


def card_program(numbers: CardNumbers) -> ft.Program:
    """The card level of every managed subscriber, for the engine: the sheet ``card_level``."""
    return ft.Program(
        features=(
            ft.MonthFigure("revenue", "revenue_fen", ft.Gather.SUM, numbers.months),
            ft.MonthFigure("arrears", "arrears_days", ft.Gather.MAX, numbers.months),
            ft.DaysSince("tenure", "open_date"),
            ft.MasterValue("present_level", "level"),
        ),
        sheets=(
            ft.Sheet(
                CARD_SHEET,
                when=all_of(),
                columns=(
                    ("old_level", held_level),
                    ("new_level", decided_level),
                    ("avg3", average),
                    ("arr", arrears),
                ),
            ),
        ),
        parameters=asdict(numbers),
    )


def card_measures(numbers: CardNumbers) -> tuple[ms.Measure, ...]:
    """The inputs of the card level as measures, for passes beside the night's own (T20)."""
    person = ms.Subject.INDIVIDUAL
    zero = ms.Gaps.ZERO
    revenue = ms.Monthly("revenue_fen", ms.Fold.SUM, numbers.months, gaps=zero)
    arrears = ms.Monthly("arrears_days", ms.Fold.MAX, numbers.months, gaps=zero)
    return (
        ms.Measure("revenue", person, revenue),
        ms.Measure("arrears", person, arrears),
        ms.Measure("tenure", person, ms.Age("open_date")),
        ms.Measure("present_level", person, ms.Newest("level")),
    )


def card_columns() -> tuple[tuple[str, Number], ...]:
    """
    The card level as the columns of a judgement; its parameters are the numbers.

    Here a level is compared with the delivered one, as in the night's sheet.
    """
    turn = Choose(
        (
            (decided_level > held_level, turn_literal(Turn.UP)),
            (decided_level < held_level, turn_literal(Turn.DOWN)),
            (is_kept, turn_literal(Turn.KEPT)),
        ),
        turn_literal(Turn.SAME),
    )
    return (
        ("due", lowered_level),
        ("level", decided_level),
        ("streak", Literal(0)),
        ("turn", turn),
    )


def turn_literal(turn: Turn) -> Literal:
    """The number of a turn."""
    return Literal(TURN_NUMBERS.index(turn))


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

    ``revenue_fen`` is the sum and ``arrears_days`` the maximum of the whole months before.
    """
    inputs: Mapping[str, int | None] = {
        "revenue": revenue_fen,
        "arrears": arrears_days,
        "tenure": tenure_days,
        "present_level": old_level,
    }
    row = Row(inputs, asdict(numbers))
    by_revenue = row.value(due_level) or 0
    capped = row.value(capped_level) or 0
    return CardDecision(
        old_level=row.value(held_level) or 0,
        new_level=row.value(decided_level) or 0,
        avg3=row.value(average) or 0,
        arr=arrears_days,
        tenure=tenure_days,
        by_revenue=by_revenue,
        limit=row.parameters.get(f"limit_{by_revenue}", 0),
        capped=capped < by_revenue,
        lowered=(row.value(lowered_level) or 0) < capped,
        kept=row.holds(is_kept),
        version=numbers.version,
    )
