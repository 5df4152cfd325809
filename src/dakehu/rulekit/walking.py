"""
Walk through an expression: the parts it is made of, the names and the steps in it.
"""

from collections.abc import Iterable, Iterator

from dakehu.rulekit import expressions as ex

Expression = ex.Number | ex.Predicate


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """What an expression is made of, from left to right; nothing for a leaf."""
    match expression:
        case ex.Arithmetic(_, left, right) | ex.Comparison(_, left, right):
            return (left, right)
        case ex.Least(left, right) | ex.Greatest(left, right) | ex.HasBits(left, right):
            return (left, right)
        case ex.Total(numbers) | ex.FirstKnown(numbers):
            return numbers
        case ex.AllOf(parts) | ex.AnyOf(parts):
            return parts
        case ex.Not(part):
            return (part,)
        case ex.Known(number) | ex.Member(number, _) | ex.Step(_, number):
            return (number,)
        case ex.Choose(cases, otherwise):
            return (*(side for pair in cases for side in pair), otherwise)
    return ()


def named_in(expression: Expression) -> Iterator[ex.Named]:
    """All inputs and parameters of an expression, those inside its steps too."""
    if isinstance(expression, ex.Input | ex.Parameter):
        yield expression
    for part in parts_of(expression):
        yield from named_in(part)


def steps_in(expressions: Iterable[Expression]) -> tuple[tuple[ex.Step, ...], ...]:
    """
    The steps of some expressions in layers: a step uses only steps of earlier layers.

    :raises ValueError: if two different steps have the same name.
    """
    depths: dict[ex.Step, int] = {}
    for expression in expressions:
        _measure(expression, depths)
    if len({step.name for step in depths}) < len(depths):
        raise ValueError("two steps of the same name mean different things")
    layers = range(1, max(depths.values(), default=0) + 1)
    return tuple(tuple(step for step, deep in depths.items() if deep == n) for n in layers)


def _measure(expression: Expression, depths: dict[ex.Step, int]) -> int:
    if isinstance(expression, ex.Step) and expression in depths:
        return depths[expression]
    deepest = max((_measure(part, depths) for part in parts_of(expression)), default=0)
    if isinstance(expression, ex.Step):
        depths[expression] = deepest + 1
        return deepest + 1
    return deepest
