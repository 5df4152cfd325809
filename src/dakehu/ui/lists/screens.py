"""What a list screen is, as frozen values; known by name, so that upper apps can add to it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.utils.functional import Promise
from django_filters import FilterSet
from django_tables2 import Column, Table

from dakehu.ui.actors import Actor
from dakehu.ui.lists.addresses import RESERVED
from dakehu.ui.lists.paging import Order

# What else it takes to have rows of a personal list released.
ASKING = ("exports.request",)


@dataclass(frozen=True)
class Action:
    """A button of the tool bar that leads to another screen.

    ``drawer`` opens it at the right of the list; ``primary`` is for the one main action.
    """

    label: str | Promise
    icon: str
    url_name: str
    permission: str
    primary: bool = False
    drawer: bool = False


@dataclass(frozen=True)
class BulkAction:
    """A button that posts the chosen rows to ``url_name``; that view asks ``lists.chosen``.

    ``confirm`` is the question asked first; ``drawer`` shows the answer at the right of the list,
    for actions that need more than a yes.
    """

    label: str | Promise
    url_name: str
    permission: str
    confirm: str | Promise = ""
    icon: str = "checks"
    drawer: bool = False


@dataclass(frozen=True)
class AddedColumn:
    """A column that an upper app adds to a list below it, and how the list is sorted by it.

    ``column`` makes it; ``related`` are the paths that are fetched with each row for it. Where
    ``is_offered`` says no (there is nothing to show), the list does not know the column.
    """

    name: str
    column: Callable[[], Column]
    sort: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    is_offered: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class ListScreen:
    """One list: its rows for an actor, and how they are shown, filtered, sorted and taken away.

    ``rows`` answers for an actor and is already scoped. ``sorts`` maps column names to order-by
    fields, or to :class:`Grades`; the engine adds the primary key, so every order is total.
    ``name`` is the list's URL name and identifies its saved views. ``more_columns`` gives columns
    that are known only while the site runs, by name; they are hidden until a person chooses them.
    """

    name: str
    title: str | Promise
    permission: str
    rows: Callable[[Any], QuerySet[Any]]
    table: type[Table]
    filterset: type[FilterSet]
    sorts: Mapping[str, Order]
    default_sort: str
    icon: str = "list"
    help_text: str | Promise = ""
    empty_title: str | Promise = ""
    empty_text: str | Promise = ""
    row_url: Callable[[Any], str] | None = None
    row_drawer: bool = False
    actions: tuple[Action, ...] = field(default=())
    bulk: tuple[BulkAction, ...] = field(default=())
    export_permission: str = ""
    # Whether rows hold personal data: they are then taken away only after a release (promise 3).
    personal: bool = False
    # Whether open pages show the list anew when something rings.
    is_live: bool = False
    more_columns: Callable[[], Mapping[str, Column]] | None = None

    def __post_init__(self) -> None:
        taken = RESERVED & set(self.filterset.base_filters)
        if taken:
            raise ImproperlyConfigured(f"{self.name}: filters may not be named {sorted(taken)}.")
        unknown = set(self.sorts) - set(self.table.base_columns)
        if unknown:
            raise ImproperlyConfigured(f"{self.name}: no such column: {sorted(unknown)}.")
        if self.default_sort.lstrip("-") not in self.sorts:
            raise ImproperlyConfigured(f"{self.name}: cannot sort by {self.default_sort!r}.")
        _screens[self.name] = self

    @property
    def added_columns(self) -> tuple[AddedColumn, ...]:
        """Return the columns of upper apps that have something to show now."""
        return tuple(added for added in _added_columns[self.name] if added.is_offered())

    def may_export(self, actor: Actor) -> bool:
        """Tell whether ``actor`` may take rows of this list away, or ask for it if personal."""
        wanted = (self.permission, self.export_permission, *(ASKING if self.personal else ()))
        return bool(self.export_permission) and all(actor.may(each) for each in wanted)

    def actions_for(self, actor: Actor) -> tuple[Action, ...]:
        """Return the tool-bar buttons that ``actor`` may use."""
        return tuple(action for action in self.actions if actor.may(action.permission))

    def bulk_for(self, actor: Actor) -> tuple[BulkAction, ...]:
        """Return the bulk actions that ``actor`` may use."""
        actions = (*self.bulk, *_added_bulk[self.name])
        return tuple(action for action in actions if actor.may(action.permission))


_screens: dict[str, ListScreen] = {}
_added_bulk: dict[str, list[BulkAction]] = defaultdict(list)
_added_columns: dict[str, list[AddedColumn]] = defaultdict(list)


def register_column(name: str, added: AddedColumn) -> None:
    """Show a column of an upper app on the list ``name``; a second one of its name replaces it.

    An app registers in its ``apps.ready()``.
    """
    others = [each for each in _added_columns[name] if each.name != added.name]
    _added_columns[name] = [*others, added]


def register_bulk(name: str, action: BulkAction) -> None:
    """Offer a bulk action of an upper app on the list ``name``; twice changes nothing.

    An app registers in its ``apps.ready()``; its view asks ``lists.chosen`` for the rows of
    ``lists.screen_named(name)``.
    """
    if action not in _added_bulk[name]:
        _added_bulk[name].append(action)


def screen_named(name: str) -> ListScreen:
    """Return the list screen ``name``; it is known once the addresses of the site are."""
    return _screens[name]
