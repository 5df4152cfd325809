"""What one list page shows, gathered as frozen values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django_filters import FilterSet

from dakehu.ui import queries
from dakehu.ui.actors import actor_of
from dakehu.ui.imports import Entry, entries_for
from dakehu.ui.lists.addresses import END, PAGE_SIZES, Address, whole_number
from dakehu.ui.lists.chips import Chip, chips_of
from dakehu.ui.lists.exports import CHUNK
from dakehu.ui.lists.paging import (
    Order,
    Part,
    Slice,
    Total,
    every_row,
    page_of,
    parts_for,
    total_of,
)
from dakehu.ui.lists.screens import Action, BulkAction, ListScreen


@dataclass(frozen=True)
class ColumnChoice:
    """A column that a person may show or hide."""

    name: str
    title: str
    is_shown: bool


@dataclass(frozen=True)
class Heading:
    """The head of one column: its words, and how a click sorts by it."""

    name: str
    title: str
    css: str
    url: str = ""
    aria_sort: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell: its content, and the title of its column for the phone."""

    title: str
    content: Any
    css: str
    takes_link: bool


@dataclass(frozen=True)
class Line:
    """One row as it is shown."""

    pk: Any
    url: str
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """Return what a listener hears for the row: its first cell."""
        return strip_tags(str(self.cells[0].content)) if self.cells else str(self.pk)


@dataclass(frozen=True)
class Step:
    """A way of moving through the pages; without an address it leads nowhere."""

    name: str
    label: str
    icon: str
    url: str

    @property
    def rel(self) -> str:
        """Return how the other page relates to this one, as HTML says it."""
        return {"previous": "prev", "next": "next"}.get(self.name, "")


@dataclass(frozen=True)
class SortOption:
    """An order that a phone offers, where there are no column heads to tap."""

    value: str
    label: str
    is_chosen: bool


class ListContent:
    """The rows of a list for one request: filtered, ordered, and with their columns."""

    def __init__(self, request: HttpRequest, screen: ListScreen, address: Address) -> None:
        self.request = request
        self.screen = screen
        self.address = address
        self.actor = actor_of(request)
        self.added = screen.added_columns
        self.scope: QuerySet[Any] = screen.rows(self.actor)
        for added in self.added:
            self.scope = self.scope.select_related(*added.related)
        self.filterset: FilterSet = screen.filterset(
            address.query, queryset=self.scope, request=request
        )

    @property
    def is_valid(self) -> bool:
        """Tell whether every filter field could be understood."""
        return bool(self.filterset.is_valid())

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """Return the matching rows; none if a filter field makes no sense."""
        return self.filterset.qs if self.is_valid else self.scope.none()

    @cached_property
    def sort(self) -> str:
        """Return the column sorted by, with ``-`` for descending."""
        wanted = self.address.sort
        return wanted if wanted.removeprefix("-") in self.sorts else self.screen.default_sort

    @cached_property
    def sorts(self) -> dict[str, Order]:
        """Return by what the list can be sorted, added columns included."""
        return {**self.screen.sorts, **{each.name: each.sort for each in self.added if each.sort}}

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts in which the rows follow each other."""
        order = self.sorts[self.sort.removeprefix("-")]
        return parts_for(self.rows, order, reverse=self.sort.startswith("-"))

    def ordered_rows(self, *, most: int) -> Iterator[Any]:
        """Yield up to ``most`` matching rows in the order of the screen."""
        return every_row(self.rows, self.parts, most=most, chunk=CHUNK)

    @cached_property
    def more_columns(self) -> dict[str, tables.Column]:
        """Return the columns that are known only while the site runs."""
        more = dict(self.screen.more_columns() if self.screen.more_columns else {})
        return {**more, **{each.name: each.column() for each in self.added}}

    @cached_property
    def columns(self) -> dict[str, tables.Column]:
        """Return all columns that the list can show."""
        return {**self.screen.table.base_columns, **self.more_columns}

    @cached_property
    def choices(self) -> tuple[ColumnChoice, ...]:
        """Return the columns a person may show or hide, with what they chose."""
        shown = self.shown_columns()
        return tuple(
            ColumnChoice(name, str(column.verbose_name or name), name in shown)
            for name, column in self.columns.items()
            if not column.exclude_from_export
        )

    def shown_columns(self) -> set[str]:
        """Return the chosen columns: by the address, else by the person, else by the table."""
        known = set(self.columns)
        chosen = set(self.address.columns) or set(
            queries.chosen_columns(self.actor, self.screen.name)
        )
        optional = {*getattr(self.screen.table, "optional_columns", ()), *self.more_columns}
        optional -= {each.name for each in self.added}
        return chosen & known or known - optional

    def table_of(self, rows: Iterable[Any]) -> tables.Table:
        """Return a table of ``rows`` with the chosen columns."""
        hidden = [choice.name for choice in self.choices if not choice.is_shown]
        more = list(self.more_columns.items())
        table = self.screen.table(Rows(rows), exclude=hidden, orderable=False, extra_columns=more)
        # Handed to the constructor, the request would make the table sort by the address itself.
        table.request = self.request
        return table

    def filter_words(self) -> str:
        """Return the filter as a sentence part: "City: East; State: Open"."""
        return "; ".join(f"{chip.label}: {chip.value}" for chip in self.chips)

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        # Understanding the fields is what gives them values, also where one makes no sense.
        self.filterset.is_valid()
        return chips_of(self.filterset.form, self.address)


class Rows(tables.data.TableData):
    """Rows handed over one after the other; the engine has sorted and cut them already."""

    def __init__(self, rows: Iterable[Any]) -> None:
        super().__init__(rows)

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, key: Any) -> Any:
        return self.data[key]


@dataclass(frozen=True)
class ListPage:
    """Everything a list page shows."""

    screen: ListScreen
    address: Address
    filterset: FilterSet
    is_valid: bool
    chips: tuple[Chip, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    choices: tuple[ColumnChoice, ...]
    sort: str
    total: Total
    first_row: int
    steps: tuple[Step, ...]
    views: tuple[Any, ...]
    actions: tuple[Action, ...]
    bulk: tuple[BulkAction, ...]
    may_export: bool
    imports: tuple[Entry, ...] = ()

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.lines) - 1

    @property
    def sizes(self) -> tuple[int, ...]:
        return PAGE_SIZES

    @property
    def current_view(self) -> Any:
        """Return the saved view that the address names, or nothing."""
        return next((view for view in self.views if view.pk == self.address.view), None)

    @property
    def list_url(self) -> str:
        return reverse(self.screen.name)

    @property
    def clear_url(self) -> str:
        """Return the list without filter; ``view=0`` keeps a default view from coming back."""
        return self.list_url + "?view=0"

    @property
    def export_url(self) -> str:
        """Return where the workbook comes from; a personal list leads to the form from there."""
        return self.address.moved(export="xlsx")

    @property
    def sort_options(self) -> tuple[SortOption, ...]:
        return sort_options_of(self.headings, self.sort)

    @property
    def kept_query(self) -> str:
        """Return what a saved view keeps of the list as it stands."""
        return self.address.kept_query

    @property
    def without_columns_url(self) -> str:
        """Return this page for a person whose column choice is about to change."""
        return self.address.to(columns="", view="")

    @property
    def exact_count_url(self) -> str:
        return self.address.to(count="exact")


def list_page(request: HttpRequest, screen: ListScreen, address: Address) -> ListPage:
    """Gather one page of ``screen``."""
    content = ListContent(request, screen, address)
    found = page_of(content.rows, content.parts, address, scope=content.scope)
    total = total_of(content.rows, found, exact=address.get("count") == "exact")
    first_row = first_row_of(address, found, total)
    table = content.table_of(found.rows)
    return ListPage(
        screen=screen,
        address=address,
        filterset=content.filterset,
        is_valid=content.is_valid,
        chips=content.chips,
        headings=headings_of(table, content, address),
        lines=lines_of(table, screen),
        choices=content.choices,
        sort=content.sort,
        total=total,
        first_row=first_row,
        steps=steps_of(address, found, first_row),
        views=tuple(queries.views_of(content.actor, screen.name)),
        actions=screen.actions_for(content.actor),
        bulk=screen.bulk_for(content.actor),
        may_export=screen.may_export(content.actor),
        imports=entries_for(screen.name, content.actor),
    )


def first_row_of(address: Address, found: Slice, total: Total) -> int:
    """Return the number of the first row shown; 0 when it is not known.

    Paging by key does not count rows, so the address carries the number along.
    """
    if not found.has_previous:
        return 1
    if not found.has_next:
        return total.number - len(found.rows) + 1 if total.is_exact else 0
    return whole_number(address.get("row")) or 0


def steps_of(address: Address, found: Slice, first_row: int) -> tuple[Step, ...]:
    """Return the four ways to move: first, previous, next, last."""
    first = previous = following = last = ""
    if found.has_previous:
        first = address.moved()
        earlier = max(first_row - address.size, 1) if first_row else ""
        previous = address.to(after="", before=found.rows[0].pk, row=earlier)
    if found.has_next:
        later = first_row + len(found.rows) if first_row else ""
        following = address.to(before="", after=found.rows[-1].pk, row=later)
        last = address.to(after="", before=END, row="")
    return (
        Step("first", _("First page"), "chevrons-left", first),
        Step("previous", _("Previous page"), "chevron-left", previous),
        Step("next", _("Next page"), "chevron-right", following),
        Step("last", _("Last page"), "chevrons-right", last),
    )


def sort_options_of(headings: tuple[Heading, ...], sort: str) -> tuple[SortOption, ...]:
    """Return both directions of every column that the list can be sorted by."""
    options = []
    for heading in headings:
        if heading.aria_sort:
            for value, arrow in ((heading.name, "↑"), (f"-{heading.name}", "↓")):
                options.append(SortOption(value, f"{heading.title} {arrow}", value == sort))
    return tuple(options)


def headings_of(
    table: tables.Table, content: ListContent, address: Address
) -> tuple[Heading, ...]:
    """Return the heads of the shown columns."""
    return tuple(heading_of(bound, content, address) for bound in table.columns)


def heading_of(bound: Any, content: ListContent, address: Address) -> Heading:
    """Return the head of one column; the sorted one tells its direction."""
    css = bound.attrs["th"].get("class", "")
    if bound.name not in content.sorts:
        return Heading(bound.name, str(bound.header), css)
    is_sorted = content.sort.removeprefix("-") == bound.name
    is_descending = content.sort.startswith("-")
    other_way = f"-{bound.name}" if is_sorted and not is_descending else bound.name
    direction = ("descending" if is_descending else "ascending") if is_sorted else "none"
    return Heading(
        bound.name, str(bound.header), css, address.moved(sort=other_way, view=""), direction
    )


def lines_of(table: tables.Table, screen: ListScreen) -> tuple[Line, ...]:
    """Return the rows as they are shown; the first cell leads to the row's page."""
    lines = []
    for row in table.rows:
        url = screen.row_url(row.record) if screen.row_url else ""
        cells = tuple(
            Cell(
                title=str(bound.header),
                content=content,
                css=bound.attrs["td"].get("class", ""),
                takes_link=bool(url) and index == 0 and bound.column.link is None,
            )
            for index, (bound, content) in enumerate(row.items())
        )
        lines.append(Line(row.record.pk, url, cells))
    return tuple(lines)
