"""The hand-over of what was sold: check list, orders, answers (OP14)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dakehu.channels.choices import Activity
from dakehu.channels.queries.wording import name_of, newest_body
from dakehu.channels.values import Body
from dakehu.opportunities.choices import ORDER_TONES, ROW_TONES, RowState, State
from dakehu.opportunities.pages.papers import goes_on
from dakehu.opportunities.policies import ASSIGN, may_read_papers
from dakehu.opportunities.queries.orders import (
    answers_of,
    checked_of,
    orders_of,
    point_words,
    points_of,
)
from dakehu.opportunities.rules.orders import open_points, to_order
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class RowLine:
    """One product of an order with its answer."""

    row: Any
    words: str
    tone: str


@dataclass(frozen=True)
class OrderLine:
    """One order with its rows."""

    order: Any
    tone: str
    rows: list[RowLine]
    may_answer: bool


@dataclass(frozen=True)
class OrdersPanel:
    """Check list and orders of an opportunity."""

    opportunity: Any
    is_shown: bool
    total: int
    left: list[str]
    orders: list[OrderLine]
    may_check: bool
    may_order: bool
    is_again: bool


def orders_panel(actor: "Staff", opportunity: Any, *, on: date) -> OrdersPanel:
    """Gather the check list and the orders of an opportunity within reach."""
    is_shown = may_read_papers(actor, opportunity)
    points = points_of(opportunity, on=on) if is_shown else []
    left = open_points(points, checked_of(opportunity))
    orders = orders_of(opportunity) if is_shown else []
    works = goes_on(actor, opportunity)
    answers = answers_of(opportunity) if orders else {}
    waits = RowState.WAITING in answers.values()
    is_left = bool(to_order(opportunity.wanted, answers))
    body = newest_body()
    return OrdersPanel(
        opportunity=opportunity,
        is_shown=is_shown,
        total=len(points),
        left=[f"{name_of(body, code)}: {point_words(point)}" for code, point in left],
        orders=[line_of(actor, each, body) for each in orders],
        may_check=works and bool(points),
        may_order=works and opportunity.state == State.WON and not left and not waits and is_left,
        is_again=bool(orders),
    )


def line_of(actor: "Staff", order: Any, body: Body) -> OrderLine:
    """Return one order in words."""
    rows = sorted(order.rows.all(), key=lambda row: row.place)
    waits = any(row.state == RowState.WAITING for row in rows)
    lines = [RowLine(row, row_words(row, body), ROW_TONES[row.state]) for row in rows]
    return OrderLine(order, ORDER_TONES[order.state], lines, waits and may(actor, ASSIGN))


def row_words(row: Any, body: Body) -> str:
    """Return what a row orders."""
    return f"{name_of(body, row.product)} · {Activity(row.activity).label}"


def named_points(opportunity: Any, *, on: date) -> list[tuple[str, str, str]]:
    """Return the points of the check list, each with the name of its product."""
    body = newest_body()
    return [(code, name_of(body, code), point) for code, point in points_of(opportunity, on=on)]


def row_choices(order: Any) -> list[tuple[int, str]]:
    """Return the rows of an order that wait for an answer."""
    body = newest_body()
    rows = order.rows.filter(state=RowState.WAITING).order_by("place")
    return [(row.place, row_words(row, body)) for row in rows]
