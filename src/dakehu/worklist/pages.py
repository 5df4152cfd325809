"""To-dos as the badge, the workbench and the customer's page show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

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
