"""To-dos and the work log as the badge, the workbench and the customer's page show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from dakehu.ui.todos import source_of
from dakehu.worklist import queries

PANEL_SHOWN = 10


@dataclass(frozen=True)
class TodoLine:
    """One to-do as a line: what, where it is worked on, for whom, how soon."""

    words: str
    url: str
    icon: str
    customer: str
    urgency: int
    urgency_words: str
    due_date: date | None
    is_overdue: bool
    owner: str


def line_of(todo: Any, *, on: date) -> TodoLine:
    """Return a to-do as a line."""
    source = source_of(todo.source)
    return TodoLine(
        words=source.words(todo.facts),
        url=source.url(todo.source_id),
        icon=source.icon,
        customer=str(todo.customer or ""),
        urgency=todo.urgency,
        urgency_words=todo.get_urgency_display(),
        due_date=todo.due_date,
        is_overdue=bool(todo.due_date and todo.due_date < on),
        owner=str(todo.owner or ""),
    )


def lines_of(todos: Iterable[Any], *, on: date) -> list[TodoLine]:
    """Return to-dos as lines."""
    return [line_of(todo, on=on) for todo in todos]


def customer_todos(actor: Any, customer_id: int, *, on: date) -> list[TodoLine]:
    """Return a customer's open to-dos that the actor may see, the most urgent first."""
    found = queries.todos_of_customer(actor, customer_id)
    return lines_of(found[:PANEL_SHOWN], on=on)


@dataclass(frozen=True)
class Tally:
    """A class or a person with how often and how long, and the list that this counts (P10)."""

    title: str
    count: int
    minutes: int
    url: str


@dataclass(frozen=True)
class WorkTallies:
    """What the work log on screen adds up to: by class, and by person where there are several."""

    classes: list[Tally]
    people: list[Tally]


def work_tallies(entries: Any, address: Any) -> WorkTallies:
    """Count the entries of a list whose address is given; each count leads to what it counts."""
    language = get_language() or ""
    people = queries.work_by_staff(entries)
    return WorkTallies(
        classes=[
            Tally(
                queries.category_label(each.named, language),
                each.count,
                each.minutes,
                address.moved(category=each.named.pk),
            )
            for each in queries.work_by_category(entries)
        ],
        people=[
            Tally(str(each.named), each.count, each.minutes, address.moved(staff=each.named.pk))
            for each in people[:PANEL_SHOWN]
            if len(people) > 1
        ],
    )


@dataclass(frozen=True)
class WorkLine:
    """One entry of the work log as a line of a customer's page."""

    entry: Any
    title: str
    is_own: bool


@dataclass(frozen=True)
class WorkPanel:
    """What was done for a customer, and whether the actor may write more down."""

    customer: Any
    lines: list[WorkLine]
    may_add: bool


def work_panel(actor: Any, customer: Any) -> WorkPanel:
    """Gather the newest work done for a customer whom the actor may see."""
    language = get_language() or ""
    found = queries.work_of_customer(customer)[:PANEL_SHOWN]
    lines = [
        WorkLine(each, queries.category_label(each.category, language), each.staff_id == actor.pk)
        for each in found
    ]
    return WorkPanel(customer, lines, actor.may("worklist.act"))


@dataclass(frozen=True)
class WorkPage:
    """One entry of the work log, and what may be done with it."""

    entry: Any
    category: str
    customer_url: str
    is_own: bool


def work_page(actor: Any, entry: Any) -> WorkPage:
    """Gather one entry that the actor may see."""
    category = queries.category_label(entry.category, get_language() or "")
    is_own = entry.staff_id == actor.pk and actor.may("worklist.act")
    pk = entry.customer_id
    # A higher floor serves the customer's page.
    url = reverse("desk:customer", args=[pk]) if pk else ""
    return WorkPage(entry, category, url, is_own)


@dataclass(frozen=True)
class Sheet:
    """A form of the work log: its title, what it is about, its button, the way back."""

    title: str
    form: Any
    back: str
    about: str = ""
    # The class of work that the form edits: it can be offered no more, or again.
    category: Any = None
