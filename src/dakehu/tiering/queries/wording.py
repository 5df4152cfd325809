"""Rules and what is wrong with them, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from dakehu.customers.choices import AdminLevel, OrgKind, Strategic
from dakehu.facts.measures import Fold
from dakehu.tiering.choices import MeasureUnit
from dakehu.tiering.models import Level, Measure, Scheme
from dakehu.tiering.rules.packs import Fault
from dakehu.tiering.values import (
    DECIMALS,
    Condition,
    Either,
    Every,
    IsKnown,
    Limit,
    OneOf,
    Operand,
    Opposite,
)
from dakehu.tiering.values.problems import Problem
from dakehu.ui import words

Named = Mapping[str, Measure | Operand]
"""What conditions name, by code."""
Places = Mapping[str, Any]
"""The cities that limits name, by code."""

PROBLEMS = {
    "contradiction": gettext_lazy(
        "The conditions of level %(rank)s contradict each other; nobody meets them."
    ),
    "known_is_true": gettext_lazy("Write: known: true."),
    "last_has_condition": gettext_lazy(
        "The last level takes the rest and has no condition; take it away or add a level below."
    ),
    "no_bar": gettext_lazy("A cohort needs a bar: a condition on a measure."),
    "no_condition": gettext_lazy(
        "Level %(rank)s has no condition; only the last level goes without."
    ),
    "no_levels": gettext_lazy("A scheme needs levels, from the top."),
    "no_matches": gettext_lazy("The text begins with: matches."),
    "no_measure": gettext_lazy("A comparison names a measure."),
    "no_measures": gettext_lazy("The text begins with: measures."),
    "no_parts": gettext_lazy("A group of conditions needs at least one."),
    "no_text": gettext_lazy("%(name)s needs words."),
    "no_values": gettext_lazy("A list needs at least one value."),
    "no_yaml": gettext_lazy("The text cannot be read as YAML: %(detail)s."),
    "not_a_condition": gettext_lazy(
        "A condition is expected here: a comparison, all, any or not."
    ),
    "not_a_mapping": gettext_lazy("Names with values are expected here."),
    "number_for_word": gettext_lazy("%(value)s is a number; this measure has words."),
    "one_of": gettext_lazy("Write one of: %(known)s."),
    "out_of_bounds": gettext_lazy("%(name)s is a whole number from %(least)s to %(most)s."),
    "rank": gettext_lazy("The rank of a level is a whole number from 0 to 99."),
    "rank_order": gettext_lazy("Levels go from the highest rank down; %(rank)s is out of order."),
    "source_column": gettext_lazy("No delivered column of that name fits such a source."),
    "source_fold": gettext_lazy("Days cannot be folded like that."),
    "source_form": gettext_lazy("A source names one form with its values."),
    "source_names": gettext_lazy(
        "The source lacks a value, or has one that its form does not know."
    ),
    "source_scale": gettext_lazy("The scale is a positive whole number."),
    "source_values": gettext_lazy("A value of the source is not of the right kind."),
    "source_window": gettext_lazy("The window is too short or too long."),
    "too_deep": gettext_lazy("Conditions are nested at most %(most)s deep."),
    "too_long": gettext_lazy("The text is too long for a pack."),
    "twice": gettext_lazy("%(name)s stands here twice."),
    "unknown_city": gettext_lazy("There is no city %(city)s. Known are: %(known)s."),
    "unknown_measure": gettext_lazy(
        "There is no measure %(measure)s for such customers; define it first."
    ),
    "unknown_name": gettext_lazy("%(name)s means nothing here; known are: %(known)s."),
    "unreachable": gettext_lazy(
        "Nobody can reach level %(rank)s: a higher level takes all who would."
    ),
    "whole_number": gettext_lazy("A whole number is expected for %(measure)s."),
    "word_for_number": gettext_lazy("%(value)s is a word; this measure has numbers."),
    "words_are_listed": gettext_lazy("%(measure)s holds words; compare it with a list."),
}
CARD_LABELS = {
    "limit_1": gettext_lazy("VIP from (yuan a month)"),
    "limit_2": gettext_lazy("Silver from (yuan a month)"),
    "limit_3": gettext_lazy("Gold from (yuan a month)"),
    "limit_4": gettext_lazy("Diamond from (yuan a month)"),
    "months": gettext_lazy("Months of the average"),
    "new_tenure_days": gettext_lazy("Newcomer for (days)"),
    "new_level_cap": gettext_lazy("Newcomers' highest level"),
    "arrears_days": gettext_lazy("Arrears cost a level after (days)"),
    "keep_percent": gettext_lazy("Kept from (per cent of the limit)"),
}
FOLDS = {
    Fold.SUM: gettext_lazy("Sum"),
    Fold.MEAN: gettext_lazy("Mean"),
    Fold.MAX: gettext_lazy("Highest"),
    Fold.MIN: gettext_lazy("Lowest"),
    Fold.NEWEST: gettext_lazy("Newest"),
    Fold.COUNT: gettext_lazy("Number of known"),
}
VALUES: Mapping[str, Mapping[str, Any]] = {
    "org_kind": dict(OrgKind.choices),
    "admin_level": dict(AdminLevel.choices),
    "strategic": dict(Strategic.choices),
}
SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}
OPPOSITE_SIGNS = {">=": "<", ">": "≤", "<=": ">", "<": "≥", "=": "≠", "!=": "="}


def problem_words(problem: Problem, places: Places | None = None) -> str:
    """Return one fault in a sentence; one that holds in a single city begins with it."""
    said = str(PROBLEMS[problem.code]) % dict(problem.facts)
    city = problem.facts.get("in_city")
    if city is None:
        return said
    return _("%(city)s: %(said)s") % {"city": city_words(city, places), "said": said}


def city_words(city: str, places: Places | None = None) -> str:
    """Return the name of a city; its code where its name is not known."""
    return str((places or {}).get(city, city))


def fault_words(fault: Fault) -> str:
    """Return one fault of a pack with its line."""
    told = problem_words(fault.problem)
    return _("Line %(line)s: %(words)s") % {"line": fault.line, "words": told}


def name_of(named: Any) -> str:
    """Return the name of a scheme, level or measure in the language of the moment."""
    is_chinese = (get_language() or "").startswith("zh")
    return str(named.name if is_chinese else named.name_en)


def purpose_of(told: Scheme | Level) -> str:
    """Return the purpose of a scheme or level in the language of the moment, else in Chinese."""
    is_chinese = (get_language() or "").startswith("zh")
    return told.purpose if is_chinese else told.purpose_en or told.purpose


def value_words(measure: Measure | Operand | None, value: Any) -> str:
    """Return a value of a measure with its unit."""
    if value is None:
        return _("unknown")
    if measure is None:
        return str(value)
    if isinstance(measure, Operand):
        return operand_words(measure, value)
    if isinstance(value, str):
        return str(VALUES.get(measure.code, {}).get(value, value))
    unit = MeasureUnit(measure.unit)
    if unit == MeasureUnit.FEN:
        return _("%(amount)s yuan") % {"amount": words.yuan(value)}
    if unit in {MeasureUnit.DAYS, MeasureUnit.MONTHS, MeasureUnit.SECONDS, MeasureUnit.KB}:
        return f"{words.number(value)} {unit.label}"
    return f"{value}%" if unit == MeasureUnit.PERCENT else str(words.number(value))


def operand_words(operand: Operand, value: Any) -> str:
    """Return a value of a field of the records."""
    if value in operand.labels:
        return str(operand.labels[value])
    if operand.form == "day":
        return f"{value // 10_000:04}-{value // 100 % 100:02}-{value % 100:02}"
    if operand.form == "decimal":
        return f"{value / DECIMALS:g}"
    return str(value)


def leaf_words(
    leaf: Condition, measures: Named, *, opposite: bool = False, places: Places | None = None
) -> str:
    """Return one comparison in words, its operator as it is; with the numbers of cities (T21)."""
    measure = measures.get(leaf.measure)  # type: ignore[union-attr]
    name = name_of(measure) if measure else leaf.measure  # type: ignore[union-attr]
    match leaf:
        case IsKnown():
            return (_("%(name)s unknown") if opposite else _("%(name)s known")) % {"name": name}
        case OneOf(_measure, values):
            listed = _(", ").join(value_words(measure, value) for value in values)
            said = (
                _("%(name)s is none of: %(values)s") if opposite else _("%(name)s is %(values)s")
            )
            return said % {"name": name, "values": listed}
        case Limit(_measure, operator, value):
            sign = OPPOSITE_SIGNS[operator] if opposite else SIGNS.get(operator, operator)
            return f"{name} {sign} {value_words(measure, value)}{own_words(leaf, measure, places)}"
    raise TypeError(f"not a comparison: {type(leaf).__name__}")


def own_words(limit: Limit, measure: Measure | Operand | None, places: Places | None) -> str:
    """Return which cities have other numbers than a limit says, or whose number it is."""
    if limit.of_city:
        return _(" (limit of %(city)s)") % {"city": city_words(limit.of_city, places)}
    if not limit.local:
        return ""
    told = [f"{city_words(city, places)} {value_words(measure, n)}" for city, n in limit.local]
    return _(" (%(cities)s)") % {"cities": _(", ").join(told)}


def join_words(condition: Condition, *, opposite: bool = False) -> str:
    """Return how the parts of a condition are joined, in words."""
    if isinstance(condition, Opposite):
        return _("not")
    is_all = isinstance(condition, Every) is not opposite
    return _("all of") if is_all else _("any of")


def condition_words(
    condition: Condition, measures: Named, *, opposite: bool = False, places: Places | None = None
) -> str:
    """Return a whole condition in one sentence."""
    match condition:
        case Every(parts) | Either(parts):
            is_all = isinstance(condition, Every) is not opposite
            between = _(" and ") if is_all else _(" or ")
            told = [
                condition_words(part, measures, opposite=opposite, places=places) for part in parts
            ]
            text = between.join(told)
            return f"({text})" if len(told) > 1 else text
        case Opposite(part):
            return condition_words(part, measures, opposite=not opposite, places=places)
    return leaf_words(condition, measures, opposite=opposite, places=places)


def grace_words(evaluations: int, keep_percent: int, valid_months: int) -> list[str]:
    """Return what keeps a level, in sentences."""
    told = []
    if evaluations > 1:
        told.append(
            ngettext(
                "A level falls only after %(count)s evaluation that gives a lower one.",
                "A level falls only after %(count)s evaluations in a row that give a lower one.",
                evaluations,
            )
            % {"count": evaluations}
        )
    if keep_percent < 100:
        told.append(
            _("It is kept while its limits are met to %(percent)s%%.") % {"percent": keep_percent}
        )
    if valid_months:
        told.append(_("It holds for at least %(months)s months.") % {"months": valid_months})
    return told or [_("A level falls as soon as its conditions are not met.")]
