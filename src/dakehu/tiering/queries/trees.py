"""A condition as a tree of words, as the editor and the pages show it (T20)."""

from dataclasses import dataclass

from dakehu.tiering.choices import MeasureUnit
from dakehu.tiering.models import Measure
from dakehu.tiering.queries.wording import Named, Places, join_words, leaf_words, operand_words
from dakehu.tiering.values import Condition, Either, Every, Limit, OneOf, Operand, Opposite


@dataclass(frozen=True)
class Node:
    """One part of a condition as the editor and the page of a version show it."""

    words: str
    place: str
    form: str
    depth: int
    to_confirm: bool = False
    firm: bool = False
    missing_met: bool = False
    parts: tuple["Node", ...] = ()
    # Of a comparison with a value: measure, operator, and the value as people type it.
    measure: str = ""
    sign: str = ""
    typed: str = ""


def node_of(
    condition: Condition,
    measures: Named,
    place: tuple[int, ...] = (),
    places: Places | None = None,
) -> Node:
    """Return a condition as a tree of words, each with its place."""
    parts: tuple[Condition, ...] = ()
    form = "leaf"
    match condition:
        case Every(found):
            parts, form = found, "all"
        case Either(found):
            parts, form = found, "any"
        case Opposite(part):
            parts, form = (part,), "not"
    is_leaf = form == "leaf"
    measure, sign, typed = leaf_typed(condition, measures) if is_leaf else ("", "", "")
    return Node(
        words=leaf_words(condition, measures, places=places) if is_leaf else join_words(condition),
        place=".".join(map(str, place)),
        form=form,
        depth=len(place),
        to_confirm=bool(getattr(condition, "to_confirm", False)),
        firm=bool(getattr(condition, "firm", False)),
        missing_met=bool(getattr(condition, "missing_met", False)),
        parts=tuple(node_of(each, measures, (*place, n), places) for n, each in enumerate(parts)),
        measure=measure,
        sign=sign,
        typed=typed,
    )


def leaf_typed(leaf: Condition, measures: Named) -> tuple[str, str, str]:
    """Return measure, operator and value of a comparison as people type them in the editor."""
    match leaf:
        case OneOf(measure, values):
            named = measures.get(measure)
            return measure, "in", ", ".join(typed_words(named, each) for each in values)
        case Limit(measure, operator, value):
            return measure, operator, typed_words(measures.get(measure), value)
    return "", "", ""


def typed_words(named: Measure | Operand | None, value: int | str) -> str:
    """Return a value as people type it: amounts in yuan, fields of the records in words."""
    if isinstance(named, Operand):
        return operand_words(named, value)
    if named is not None and named.unit == MeasureUnit.FEN and isinstance(value, int):
        return f"{value / 100:.2f}"
    return str(value)
