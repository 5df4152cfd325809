"""
The warnings of one data day as a program for the engine, and the explanation of one of them.

The engine evaluates the program for everybody; :func:`explain` evaluates the same expressions for
the inputs that were kept with a signal, so what a screen says is what the night decided.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from dakehu.alerts.rules.conditions import ACTIVE_TODAY
from dakehu.alerts.rules.inputs import features_for
from dakehu.alerts.rules.leaving import LEAVING_PARTS, LeavingPart, leaving_score
from dakehu.alerts.rules.warnings import WARNINGS
from dakehu.alerts.values import Explanation, NumberBook, Place, ScorePart, WarningNumbers
from dakehu.facts.features import Feature, Program, Sheet, SignalRule, Variant
from dakehu.rulekit.evaluation import Row
from dakehu.rulekit.explanation import explain as explained
from dakehu.rulekit.explanation import seen_in
from dakehu.rulekit.expressions import Parameter, all_of

LEAVING_SHEET = "leaving"
LEAVING_CODE = "W10"


def program_for(day: date, numbers: WarningNumbers | NumberBook) -> Program:
    """
    All warnings of data day ``day`` with ``numbers`` (W1 to W12).

    The sheet ``leaving`` lists everybody for whom W10 fires, with the points of each part.
    """
    book = numbers if isinstance(numbers, NumberBook) else NumberBook(numbers)
    features = features_for(day, book.province)
    return Program(
        features=features,
        signals=WARNINGS,
        sheets=(leaving_sheet(),),
        parameters=asdict(book.province),
        variants=tuple(_variant(day, book, place, features) for place in book.places()),
    )


def _variant(day: date, book: NumberBook, place: Place, features: tuple[Feature, ...]) -> Variant:
    numbers, own = book.at_place(place), asdict(book.province)
    return Variant(
        city=place.city or None,
        level=place.level,
        features=tuple(
            other
            for feature, other in zip(features, features_for(day, numbers), strict=True)
            if other != feature
        ),
        parameters={name: value for name, value in asdict(numbers).items() if value != own[name]},
    )


def leaving_sheet() -> Sheet:
    """Who is likely to leave, with the points of every part of the score."""
    likely = all_of(ACTIVE_TODAY, leaving_score >= Parameter("leaving_score"))
    columns = tuple((part.name, part.points) for part in LEAVING_PARTS)
    return Sheet(LEAVING_SHEET, likely, columns)


def warning(code: str) -> SignalRule:
    """
    The warning of a code.

    :raises KeyError: if there is none.
    """
    return {rule.code: rule for rule in WARNINGS}[code]


def explain(
    code: str, *, inputs: Mapping[str, int | None], numbers: WarningNumbers
) -> Explanation:
    """
    Say why a warning fires for these inputs or does not.

    ``inputs`` are the features by name, as the result ``evidence`` keeps them for everybody with
    a signal.

    :raises KeyError: if there is no such warning, or an input it reads is not given.
    """
    rule = warning(code)
    row = Row(inputs, asdict(numbers))
    parts = LEAVING_PARTS if code == LEAVING_CODE else ()
    return Explanation(
        code=code,
        version=numbers.version,
        fired=row.holds(rule.when),
        a=row.value(rule.a),
        b=row.value(rule.b),
        finding=explained(rule.when, row),
        parts=tuple(_part(part, row) for part in parts),
    )


def _part(part: LeavingPart, row: Row) -> ScorePart:
    return ScorePart(
        name=part.name,
        points=row.value(part.points) or 0,
        findings=tuple(explained(condition, row) for condition in part.conditions),
        seen=seen_in(part.points, row=row),
    )
