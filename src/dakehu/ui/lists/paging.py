"""Paging by key: a page begins after a row, not after a number of rows.

The address names the last (or first) row by its primary key only; its sort values are looked up
among the rows the person may see. So no personal value stands in an address, and a page deep in a
million rows costs what the first one costs. Rows whose sort value is missing come last, whatever
the direction, on both databases: they are a part of their own, so that either part is read along
an index.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable, OrderBy

from dakehu.ui.lists.addresses import Address

COUNT_CAP = 10_000


@dataclass(frozen=True)
class Key:
    """One sort field: its path, its direction, and whether its value may be missing.

    ``field`` is the model's field at the end of the path; computed values have none.
    """

    path: str
    descending: bool
    nullable: bool
    field: Any = None

    def ordering(self, forward: bool) -> OrderBy:
        """Return the order-by term; backwards is the exact mirror of forwards."""
        descending = self.descending == forward
        if not self.nullable:
            return F(self.path).desc() if descending else F(self.path).asc()
        places = {"nulls_last": True} if forward else {"nulls_first": True}
        return F(self.path).desc(**places) if descending else F(self.path).asc(**places)

    def same(self, value: Any) -> Q:
        """Return the condition that a row equals ``value`` here."""
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def filled(self) -> Q:
        """Return the condition that a row has a value here."""
        return Q(**{f"{self.path}__isnull": False})

    def from_here(self, value: Any, forward: bool) -> Q:
        """Return the condition that a row stands at ``value`` here, or beyond it."""
        comparison = "lte" if self.descending == forward else "gte"
        return Q(**{f"{self.path}__{comparison}": value})

    def beyond(self, value: Any, forward: bool) -> Q | None:
        """Return the condition that a row stands beyond ``value`` here; nothing if none can."""
        if value is None:
            return None if forward else Q(**{f"{self.path}__isnull": False})
        comparison = "lt" if self.descending == forward else "gt"
        step = Q(**{f"{self.path}__{comparison}": value})
        if forward and self.nullable:
            step |= Q(**{f"{self.path}__isnull": True})
        return step


@dataclass(frozen=True)
class Part:
    """A part of a list in which all rows meet a condition, and the order within it."""

    condition: Q
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Grades:
    """
    An order by what another record says.

    ``conditions`` answers with one condition per grade, from the lowest to the highest, and a
    last one for the rows without; rows of one grade follow each other by their numbers.
    """

    conditions: Callable[[], Sequence[Q]]


Order = tuple[str, ...] | Grades


class RowBeyond(Func):
    """Compares whole rows, ``(a, b, id) > (1, 2, 3)``.

    It is the one form for which both databases start reading an index at the very row.
    """

    output_field = BooleanField()

    def __init__(self, *parts: Any, sign: str) -> None:
        super().__init__(*parts)
        self.sign = sign

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        compiled = [compiler.compile(part) for part in self.get_source_expressions()]
        half = len(compiled) // 2
        left = ", ".join(sql for sql, _params in compiled[:half])
        right = ", ".join(sql for sql, _params in compiled[half:])
        params = [value for _sql, values in compiled for value in values]
        return f"({left}) {self.sign} ({right})", params


@dataclass(frozen=True)
class Slice:
    """The rows of one page, and whether there are more on either side."""

    rows: list[Any]
    has_previous: bool
    has_next: bool


@dataclass(frozen=True)
class Total:
    """How many rows match; counting stops at the cap unless the exact number is asked for."""

    number: int
    is_exact: bool


def parts_for(rows: QuerySet[Any], order: Order, *, reverse: bool) -> tuple[Part, ...]:
    """Return the parts in which rows follow each other in an order."""
    if isinstance(order, Grades):
        number = (key_for(rows.model, "pk", reverse=reverse),)
        *grades, missing = (Part(condition, number) for condition in order.conditions())
        return (*(reversed(grades) if reverse else grades), missing)
    keys = keys_for(rows, order, reverse=reverse)
    first = keys[0]
    if not first.nullable:
        return (Part(Q(), keys),)
    filled = Part(first.filled(), (replace(first, nullable=False), *keys[1:]))
    return filled, Part(first.same(None), keys[1:])


def keys_for(rows: QuerySet[Any], fields: tuple[str, ...], *, reverse: bool) -> tuple[Key, ...]:
    """Return the sort fields as keys, with the primary key last so that the order is total."""
    keys = [key_for(rows.model, name, reverse=reverse) for name in fields]
    number = key_for(rows.model, "pk", reverse=keys[-1].descending)
    return (*keys, number)


def key_for(model: type[Model], name: str, *, reverse: bool) -> Key:
    """Return one sort field, ``-name`` for descending, as a key."""
    path = name.removeprefix("-")
    fields = fields_along(model, path)
    nullable = not fields or any(getattr(field, "null", True) for field in fields)
    return Key(path, name.startswith("-") != reverse, nullable, fields[-1] if fields else None)


def fields_along(model: type[Model], path: str) -> list[Any]:
    """Return the fields that ``path`` passes; none if it ends at a computed value."""
    fields: list[Any] = []
    current: Any = model
    for name in path.split("__"):
        try:
            field = current._meta.pk if name == "pk" else current._meta.get_field(name)
        except FieldDoesNotExist:
            return []
        fields.append(field)
        current = field.related_model
    return fields


def ordered(rows: QuerySet[Any], keys: tuple[Key, ...], *, forward: bool = True) -> QuerySet[Any]:
    """Return ``rows`` in the order of ``keys``, or in its mirror."""
    return rows.order_by(*(key.ordering(forward) for key in keys))


def beyond(keys: tuple[Key, ...], values: tuple[Any, ...], *, forward: bool) -> Q | Combinable:
    """Return the condition that a row stands beyond the row with ``values``."""
    if len({key.descending for key in keys}) == 1 and not any(key.nullable for key in keys):
        sign = "<" if keys[0].descending == forward else ">"
        paths = [F(key.path) for key in keys]
        bounds = [Value(value, key.field) for key, value in zip(keys, values, strict=True)]
        row = RowBeyond(*paths, *bounds, sign=sign)
        # Of columns of several tables no index knows; the first one alone has its own.
        is_mixed = "__" in keys[0].path
        return keys[0].from_here(values[0], forward) & Q(row) if is_mixed else row
    reached, same = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        step = key.beyond(value, forward)
        if step is not None:
            reached |= same & step
        same &= key.same(value)
    return reached


@dataclass(frozen=True)
class Place:
    """Where in a list one stands: in which part, and at which sort values."""

    part: int
    values: tuple[Any, ...]


def page_of(
    rows: QuerySet[Any], parts: tuple[Part, ...], address: Address, *, scope: QuerySet[Any]
) -> Slice:
    """Return the page that ``address`` asks for; one that is gone becomes the nearest.

    ``scope`` are all rows the person may see: the row that a page begins after may have left the
    filter since, and still says where to go on.
    """
    if address.from_end:
        return last_page(rows, parts, address.size)
    if address.before and (place := place_of(scope, parts, address.before)):
        return page_before(rows, parts, place, address.size)
    if address.after and (place := place_of(scope, parts, address.after)):
        return page_after(rows, parts, place, address.size)
    return first_page(rows, parts, address.size)


def place_of(scope: QuerySet[Any], parts: tuple[Part, ...], pk: int) -> Place | None:
    """Return where the row with ``pk`` stands; nothing if the person may not see it."""
    for number, part in enumerate(parts):
        row = scope.filter(part.condition, pk=pk).order_by()
        if values := row.values_list(*(key.path for key in part.keys)).first():
            return Place(number, values)
    return None


def taken(
    rows: QuerySet[Any],
    parts: tuple[Part, ...],
    most: int,
    *,
    place: Place | None = None,
    forward: bool = True,
) -> list[Any]:
    """Return the first rows beyond a place, or from an end; the next part is read if need be."""
    found: list[Any] = []
    for number, part in enumerate(parts) if forward else reversed(list(enumerate(parts))):
        if place and (number < place.part if forward else number > place.part):
            continue
        some = rows.filter(part.condition)
        if place and number == place.part:
            some = some.filter(beyond(part.keys, place.values, forward=forward))
        found += ordered(some, part.keys, forward=forward)[: most - len(found)]
        if len(found) == most:
            break
    return found


def every_row(
    rows: QuerySet[Any], parts: tuple[Part, ...], *, most: int, chunk: int
) -> Iterator[Any]:
    """Yield up to ``most`` rows in their order, fetched chunk by chunk."""
    left = most
    for part in parts:
        for row in ordered(rows.filter(part.condition), part.keys)[:left].iterator(chunk):
            left -= 1
            yield row
        if not left:
            return


def first_page(rows: QuerySet[Any], parts: tuple[Part, ...], size: int) -> Slice:
    """Return the page at the beginning."""
    found = taken(rows, parts, size + 1)
    return Slice(found[:size], has_previous=False, has_next=len(found) > size)


def last_page(rows: QuerySet[Any], parts: tuple[Part, ...], size: int) -> Slice:
    """Return the page at the end."""
    found = taken(rows, parts, size + 1, forward=False)
    return Slice(found[:size][::-1], has_previous=len(found) > size, has_next=False)


def page_after(rows: QuerySet[Any], parts: tuple[Part, ...], place: Place, size: int) -> Slice:
    """Return the page that follows a place."""
    found = taken(rows, parts, size + 1, place=place)
    if not found:
        return last_page(rows, parts, size)
    return Slice(found[:size], has_previous=True, has_next=len(found) > size)


def page_before(rows: QuerySet[Any], parts: tuple[Part, ...], place: Place, size: int) -> Slice:
    """Return the page that ends before a place."""
    found = taken(rows, parts, size + 1, place=place, forward=False)
    if len(found) < size:
        return first_page(rows, parts, size)
    return Slice(found[:size][::-1], has_previous=len(found) > size, has_next=True)


def total_of(rows: QuerySet[Any], page: Slice, *, exact: bool) -> Total:
    """Return how many rows match, counting no further than needed."""
    if not page.has_previous and not page.has_next:
        return Total(len(page.rows), is_exact=True)
    keys = rows.order_by().values("pk")
    if exact:
        return Total(keys.count(), is_exact=True)
    number = keys[: COUNT_CAP + 1].count()
    return Total(min(number, COUNT_CAP), is_exact=number <= COUNT_CAP)
