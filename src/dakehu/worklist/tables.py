"""Columns of the to-do list and of the work log."""

from typing import Any, ClassVar

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dakehu.ui import tables
from dakehu.ui.todos import source_of
from dakehu.worklist.choices import TodoState
from dakehu.worklist.queries import category_label

URGENCY_TONES = {1: "danger", 2: "warning", 3: "info", 4: "neutral"}
STATE_TONES = {"OPEN": "accent", "HELD": "info", "DONE": "success", "CANCELLED": "neutral"}


def todo_words(todo: Any) -> str:
    """Return what is to be done, as the app behind the to-do words it."""
    return source_of(todo.source).words(todo.facts)


def todo_url(todo: Any) -> str:
    """Return where the to-do is worked on."""
    return source_of(todo.source).url(todo.source_id)


class TodoColumn(tables.TextColumn):
    """What is to be done, in words."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-words"}}

    def render(self, record: Any) -> str:
        return todo_words(record)

    def value(self, record: Any) -> str:
        return todo_words(record)


class DueColumn(tables.DayColumn):
    """The day until which; a day gone by stands out while the to-do is open."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="due_date", verbose_name=gettext_lazy("Due"), **options)

    def render(self, value: Any, record: Any) -> str | SafeString:
        words = super().render(value)
        if record.state != TodoState.OPEN or value >= localdate():
            return words
        return format_html(
            '<span class="text-danger">{} <span class="visually-hidden">{}</span></span>',
            words,
            _("overdue"),
        )


class TodoTable(tables.ListTable):
    """To-dos: what, for whom, how soon, until when, with whom."""

    what = TodoColumn(accessor="pk", verbose_name=gettext_lazy("To-do"))
    customer = tables.TextColumn(accessor="customer", verbose_name=gettext_lazy("Customer"))
    urgency = tables.BadgeColumn(
        accessor="urgency", tones=URGENCY_TONES, verbose_name=gettext_lazy("Urgency")
    )
    due = DueColumn()
    owner = tables.TextColumn(
        accessor="owner", verbose_name=gettext_lazy("Owner"), default=gettext_lazy("Nobody")
    )
    unit = tables.TextColumn(accessor="unit", verbose_name=gettext_lazy("Unit"))
    state = tables.BadgeColumn(
        accessor="state", tones=STATE_TONES, verbose_name=gettext_lazy("State")
    )
    created = tables.InstantColumn(accessor="created_at", verbose_name=gettext_lazy("Asked at"))
    closed = tables.InstantColumn(accessor="closed_at", verbose_name=gettext_lazy("Closed at"))

    optional_columns = ("unit", "created", "closed")


class CategoryColumn(tables.TextColumn):
    """The class of work in the language of the page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            accessor="category", verbose_name=gettext_lazy("Class of work"), **options
        )

    def render(self, value: Any) -> SafeString:
        return tables.badge(category_label(value, get_language() or ""), "info")

    def value(self, value: Any) -> str:
        return category_label(value, get_language() or "")


class WorkTable(tables.ListTable):
    """The work log: when, what, for whom, how long, by whom."""

    at = tables.InstantColumn(accessor="at", verbose_name=gettext_lazy("Done at"))
    category = CategoryColumn()
    text = tables.TextColumn(
        accessor="text",
        verbose_name=gettext_lazy("Content of the work"),
        attrs={"td": {"class": "cell-words"}},
    )
    customer = tables.TextColumn(accessor="customer", verbose_name=gettext_lazy("Customer"))
    minutes = tables.NumberColumn(accessor="minutes", verbose_name=gettext_lazy("Minutes"))
    staff = tables.TextColumn(
        accessor="staff",
        verbose_name=gettext_lazy("Who"),
        attrs={"td": {"class": "cell-nowrap"}},
    )
    unit = tables.TextColumn(accessor="unit", verbose_name=gettext_lazy("Unit"))

    optional_columns = ("unit",)


class RemovedWorkTable(WorkTable):
    """Removed entries of one's own log."""

    removed = tables.InstantColumn(accessor="removed_at", verbose_name=gettext_lazy("Removed at"))

    optional_columns = ("staff", "unit")


class CategoryTable(tables.ListTable):
    """Classes of work, and whether they are offered."""

    name = tables.TextColumn(accessor="name", verbose_name=gettext_lazy("Name"))
    name_en = tables.TextColumn(accessor="name_en", verbose_name=gettext_lazy("English name"))
    removed = tables.InstantColumn(
        accessor="removed_at", verbose_name=gettext_lazy("Not offered since")
    )
