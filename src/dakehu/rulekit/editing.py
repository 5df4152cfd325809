"""Changing one part of a condition, named by its place, as the editor does (T20)."""

from collections.abc import Callable, Sequence
from typing import Any

Node = dict[str, Any]
Place = Sequence[int]
JOINS = ("all", "any")


def parts_of(node: Node) -> list[Node]:
    """Return the parts of a condition, in order; nothing for a comparison."""
    for name in JOINS:
        if name in node:
            return list(node[name])
    return [node["not"]] if "not" in node else []


def with_parts(node: Node, parts: list[Node]) -> Node | None:
    """Return a condition with other parts; nothing left makes nothing of it."""
    if not parts:
        return None
    for name in JOINS:
        if name in node:
            return {name: parts}
    return {"not": parts[0]}


def changed(node: Node, place: Place, change: Callable[[Node], Node | None]) -> Node | None:
    """
    Return a condition in which the part at a place was changed, or taken out where that is None.

    :raises IndexError: if there is no such place.
    """
    if not place:
        return change(node)
    parts = parts_of(node)
    if not 0 <= place[0] < len(parts):
        raise IndexError(place[0])
    new = changed(parts[place[0]], place[1:], change)
    parts[place[0] : place[0] + 1] = [new] if new is not None else []
    return with_parts(node, parts)


def part_at(node: Node, place: Place) -> Node:
    """
    Return the part of a condition at a place.

    :raises IndexError: if there is no such place.
    """
    for number in place:
        parts = parts_of(node)
        if not 0 <= number < len(parts):
            raise IndexError(number)
        node = parts[number]
    return node


def is_joined(node: Node) -> bool:
    """Tell whether a condition is all or any of its parts."""
    return any(name in node for name in JOINS)


def added(node: Node | None, place: Place, part: Node) -> Node:
    """
    Return a condition with one more part at a place.

    A group gets it as its last part; a comparison gets it beside it, in the group they then share.

    :raises IndexError: if there is no such place.
    """

    def add(found: Node) -> Node | None:
        return with_parts(found, [*parts_of(found), part])

    def add_beside(found: Node) -> Node | None:
        parts = parts_of(found)
        parts.insert(place[-1] + 1, part)
        return with_parts(found, parts)

    if node is None:
        return part
    if is_joined(part_at(node, place)):
        result = changed(node, place, add)
    elif place and is_joined(part_at(node, place[:-1])):
        result = changed(node, place[:-1], add_beside)
    else:
        result = changed(node, place, lambda found: {"all": [found, part]})
    assert result is not None
    return result


def turned(node: Node, place: Place, form: str) -> Node | None:
    """Return a condition whose part at a place is all, any or the opposite of what it was."""

    def turn(found: Node) -> Node:
        if form == "not":
            inner: Node = found.get("not", {"not": found})
            return inner
        return {form: parts_of(found) if is_joined(found) else [found]}

    return changed(node, place, turn)
