"""What the pages of work orders show: one order, an engineer's day, the ladder of a case."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.cases import queries
from dakehu.cases.choices import (
    ORDER_TONES,
    PURPOSE_ICONS,
    RUNG_ICONS,
    Move,
    OrderMove,
    OrderState,
    Rung,
)
from dakehu.cases.policies import (
    CREATE,
    DISPATCH,
    HANDLE,
    may_plan,
    may_serve,
    may_work_on,
)
from dakehu.cases.queries import engineers as field
from dakehu.cases.queries import ladder
from dakehu.cases.queries import orders as order_queries
from dakehu.cases.rules.ladder import LADDER, needs_order, rungs_above
from dakehu.cases.rules.orders import order_moves
from dakehu.cases.rules.records import record_is_late
from dakehu.cases.rules.states import moves_from
from dakehu.files.policies import ATTACH_FILES
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.cases.models import Case, WorkOrder
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class OrderPage:
    """One work order: what it says, how far it is, what can be done with it."""

    order: Any
    icon: str
    tone: str
    steps: list[Any]
    is_late: bool
    is_due: bool
    case_is_seen: bool
    may_change: bool
    may_assign: bool
    may_take_back: bool
    may_withdraw: bool
    may_accept: bool
    may_set_out: bool
    may_arrive: bool
    may_record: bool
    may_sign: bool
    may_return: bool


def order_page(actor: "Staff", order: "WorkOrder", *, at: datetime) -> OrderPage:
    """Gather a work order that the actor may see."""
    moves = order_moves(order.state)
    plans, serves, sends = may_plan(actor, order), may_serve(actor, order), may(actor, DISPATCH)
    return OrderPage(
        order=order,
        icon=PURPOSE_ICONS[order.purpose],
        tone=ORDER_TONES[order.state],
        steps=order_queries.steps_of(order),
        is_late=is_late(order, localdate(at)),
        is_due=order.state == OrderState.ON_SITE,
        case_is_seen=order.case_id is not None
        and queries.cases_visible_to(actor).filter(pk=order.case_id).exists(),
        may_change=plans and OrderMove.CHANGE in moves,
        may_assign=sends and OrderMove.ASSIGN in moves,
        may_take_back=sends and OrderMove.TAKE_BACK in moves,
        may_withdraw=plans and OrderMove.WITHDRAW in moves,
        may_accept=serves and OrderMove.ACCEPT in moves,
        may_set_out=serves and OrderMove.SET_OUT in moves,
        may_arrive=serves and OrderMove.ARRIVE in moves,
        may_record=serves and OrderMove.RECORD in moves,
        may_sign=serves and OrderMove.SIGN in moves and may(actor, ATTACH_FILES),
        may_return=serves and OrderMove.RETURN in moves,
    )


def is_late(order: "WorkOrder", today: date) -> bool:
    """Tell whether the service record of an order is late, or will be (R8)."""
    arrived = localdate(order.arrived_at) if order.arrived_at else None
    written = localdate(order.recorded_at) if order.recorded_at else None
    return record_is_late(arrived, written, today)


@dataclass(frozen=True)
class DayLine:
    """An order of an engineer's day, with what is to be done next."""

    order: Any
    icon: str
    tone: str
    is_late: bool
    is_left: bool


@dataclass(frozen=True)
class OwnDay:
    """An engineer's day, and the days beside it."""

    day: date
    is_today: bool
    before: date
    after: date
    lines: list[DayLine]
    coming: int


def own_day(actor: "Staff", day: date, *, at: datetime) -> OwnDay:
    """Gather with what an engineer is sent on a day, and what is left of the days before."""
    today = localdate(at)
    bounds = field.bounds_of(day)
    lines = [
        DayLine(
            order=order,
            icon=PURPOSE_ICONS[order.purpose],
            tone=ORDER_TONES[order.state],
            is_late=is_late(order, today),
            is_left=order.ends_at <= bounds.start,
        )
        for order in order_queries.own_orders(actor, day)
    ]
    coming = order_queries.coming_count(actor, bounds.end)
    one = timedelta(days=1)
    return OwnDay(day, day == today, day - one, day + one, lines, coming)


@dataclass(frozen=True)
class Step:
    """One rung of the ladder as it is shown: whether it was reached, by whom, what was done."""

    label: str
    icon: str
    is_reached: bool
    is_now: bool
    unit: Any = None
    by: Any = None
    at: Any = None
    reason: str = ""
    record: str = ""


@dataclass(frozen=True)
class Ladder:
    """The ladder of a case with its work orders, and the support it asked for."""

    case: Any
    steps: list[Step]
    orders: list[tuple[Any, str]]
    support: Any
    supports: list[tuple[Any, Any]]
    needs_order: bool
    may_raise: bool
    may_order: bool
    may_ask: bool
    may_report: bool


def ladder_of(actor: "Staff", case: "Case") -> Ladder:
    """Gather the ladder of a case that the actor may see (R5, CH11)."""
    rungs = ladder.rungs_of(case)
    now = rungs[-1].rung if rungs else Rung.HOTLINE
    orders = ladder.orders_of(case)
    children = queries.children_of(actor, case)
    asked = ladder.support_of_children(actor, children)
    support = ladder.support_of(case)
    handles = may(actor, HANDLE) and case.is_open
    return Ladder(
        case=case,
        steps=steps_of(case, rungs, now),
        orders=[(order, ORDER_TONES[order.state]) for order in orders],
        support=support,
        supports=[(child, asked[child.pk]) for child in children if child.pk in asked],
        needs_order=case.is_open
        and needs_order([each.rung for each in rungs], [order.state for order in orders]),
        may_raise=case.is_open and may_work_on(actor, case) and bool(rungs_above(now)),
        may_order=handles,
        may_ask=may(actor, CREATE)
        and Move.SPLIT in moves_from(case.state)
        and case.parent_id is None,
        may_report=handles and support is not None,
    )


def steps_of(case: "Case", rungs: list[Any], now: str) -> list[Step]:
    """Return every rung of the ladder; the next one reached says what was done on one."""
    reached = {each.rung: each for each in rungs}
    done = {
        before: each.record
        for before, each in zip(
            [Rung.HOTLINE, *(each.rung for each in rungs)], rungs, strict=False
        )
    }
    steps = []
    for rung in LADDER:
        each = reached.get(rung)
        is_first = rung == Rung.HOTLINE
        steps.append(
            Step(
                label=str(rung.label),
                icon=RUNG_ICONS[rung],
                is_reached=is_first or each is not None,
                is_now=rung == now,
                unit=each.unit if each else None,
                by=each.by if each else (case.first_taker if is_first else None),
                at=each.at if each else (case.opened_at if is_first else None),
                reason=each.reason if each else "",
                record=done.get(rung, ""),
            )
        )
    return steps


def place_of(case: "Case") -> str:
    """Return where a case is likely to be worked on: the place of a coverage need."""
    stage = queries.coverage_of(case)
    return stage.place if stage else ""
