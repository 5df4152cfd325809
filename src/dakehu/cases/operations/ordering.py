"""Work orders at the desk: planned, changed, assigned, taken back, withdrawn (R5 to R7)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.cases.choices import (
    ORDER,
    ActKind,
    Move,
    OrderMove,
    OrderPurpose,
    OrderState,
    Priority,
)
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, OrderStep, WorkOrder
from dakehu.cases.operations.asking import ask_engineer
from dakehu.cases.operations.keeping import held, write_act
from dakehu.cases.operations.opening import city_of
from dakehu.cases.policies import DISPATCH, HANDLE, may_plan
from dakehu.cases.queries.engineers import engineers_for, is_away, other_order_of
from dakehu.cases.queries.levels import level_of
from dakehu.cases.rules.orders import order_after
from dakehu.cases.rules.priorities import priority_for
from dakehu.cases.values import Done, Plan
from dakehu.common.records import is_beforehand
from dakehu.people.policies import require
from dakehu.worklist.operations import drop_todo

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

NOTE_LENGTH = 400
AT_HAND = ("unit", "engineer", "customer", "case__unit", "case__owner", "entered_by")


@transaction.atomic
def plan_order(
    *,
    plan: Plan,
    case: Case | None = None,
    customer: "Customer | None" = None,
    purpose: str = OrderPurpose.CASE,
    by: "Staff",
    at: datetime,
) -> WorkOrder:
    """
    Plan that somebody goes to a customer: for an open case, or for a visit or a talk (R7).

    What has begun already is refused unless the plan says why it is entered afterwards; it is
    then marked for good.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is closed, or the plan does not hold.
    """
    require(by, HANDLE)
    refuse_plan(plan, at)
    if case is not None:
        case, _state = held(case, Move.TALK)
        customer, purpose = case.customer, OrderPurpose.CASE
    elif customer is None or purpose == OrderPurpose.CASE:
        raise UnableToKeepCase(_("Say for which request, or for which customer."), "customer")
    order = WorkOrder(
        purpose=purpose,
        case=case,
        customer=customer,
        unit=customer.unit if customer else (case.unit if case else by.unit),
        city_code=customer.city_code if customer else city_of(by.unit),
        priority=case.priority if case else priority_of(customer, at),
        entered_at=at,
        entered_by=by,
    )
    put_plan(order, plan)
    create_record(order, by=by, at=at, reason=plan.afterwards)
    stepped(order, OrderMove.PLAN, by=by, at=at, text=plan.afterwards)
    return order


def priority_of(customer: "Customer | None", at: datetime) -> Priority:
    """Return how urgent going to a customer is that nobody asked for: by the level alone."""
    return priority_for("SOLUTION", level_of(customer, at=at)[1])


def refuse_plan(plan: Plan, at: datetime) -> None:
    """Pass in silence if a plan holds.

    :raises UnableToKeepCase: otherwise, naming the field.
    """
    if plan.ends_at <= plan.starts_at:
        raise UnableToKeepCase(_("The appointment ends before it begins."), "ends_at")
    if localtime(plan.starts_at).date() != localtime(plan.ends_at).date():
        raise UnableToKeepCase(
            _("One order is for one day. Plan another for the next."), "ends_at"
        )
    if not is_beforehand(at, plan.starts_at) and not plan.afterwards.strip():
        words = _(
            "This has begun already. Enter it beforehand, or say why it is entered afterwards: "
            "it is then marked."
        )
        raise UnableToKeepCase(words, "afterwards")


def put_plan(order: WorkOrder, plan: Plan) -> None:
    """Let an order say what a plan says."""
    order.subject, order.place = plan.subject, plan.place
    order.contact, order.contact_phone = plan.contact, plan.phone
    order.starts_at, order.ends_at = plan.starts_at, plan.ends_at
    order.skills = sorted(plan.skills)
    order.afterwards = plan.afterwards.strip()


@transaction.atomic
def change_order(
    *, order: WorkOrder, version: int | None, plan: Plan, by: "Staff", at: datetime
) -> WorkOrder:
    """
    Change the plan of an order that nobody has set out for.

    :raises PermissionDenied: if ``by`` neither entered it nor hands out orders.
    :raises UnableToKeepCase: if its engineer has something else to do then, or it is too late.
    """
    stored, _state = held_order(order, OrderMove.CHANGE, version=version)
    require_plan(by, stored)
    moved = (plan.starts_at, plan.ends_at) != (stored.starts_at, stored.ends_at)
    if moved:
        refuse_plan(plan, at)
    put_plan(stored, plan)
    if stored.engineer and moved:
        refuse_clash(stored, stored.engineer)
    save_record(stored, by=by, at=at)
    stepped(stored, OrderMove.CHANGE, by=by, at=at, text=appointment_of(stored))
    if stored.engineer:
        ask_engineer(stored, at=at)
    return stored


@transaction.atomic
def assign_order(
    *, order: WorkOrder, version: int | None, engineer: "Staff", by: "Staff", at: datetime
) -> WorkOrder:
    """
    Give an order to an engineer; of two who do so at once exactly one succeeds.

    The order is locked first, then the engineer: whoever comes second sees what the first did.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if somebody was quicker, or the engineer has no time then.
    """
    require(by, DISPATCH)
    stored, state = held_order(order, OrderMove.ASSIGN, version=version)
    if not engineers_for(by, stored).filter(pk=engineer.pk).exists():
        raise UnableToKeepCase(_("You cannot send this person."), "engineer")
    return given(stored, state, engineer, by=by, at=at)


@transaction.atomic
def hand_order_over(
    order: WorkOrder, engineer: "Staff", *, by: "Staff", at: datetime
) -> WorkOrder:
    """
    Give an order to the engineer to whom its to-do was passed on.

    :raises UnableToKeepCase: if somebody has set out for it, or the engineer has no time then.
    """
    stored, state = held_order(order, OrderMove.ASSIGN)
    return given(stored, state, engineer, by=by, at=at)


def given(
    stored: WorkOrder, state: str, engineer: "Staff", *, by: "Staff", at: datetime
) -> WorkOrder:
    """Give an order that is under lock to an engineer who has time for it."""
    refuse_clash(stored, engineer)
    keep_order(stored, state, by=by, at=at, engineer=engineer)
    stepped(stored, OrderMove.ASSIGN, by=by, at=at, text=str(engineer))
    ask_engineer(stored, at=at)
    return stored


def refuse_clash(order: WorkOrder, engineer: "Staff") -> None:
    """
    Pass in silence if an engineer has time for an order; the engineer stays locked.

    :raises UnableToKeepCase: otherwise, naming what is in the way.
    """
    type(engineer).objects.select_for_update().get(pk=engineer.pk)
    if other := other_order_of(engineer, order):
        words = _("%(engineer)s has %(number)s at that time, %(when)s. Choose somebody else.")
        facts = {"engineer": engineer, "number": other.number, "when": appointment_of(other)}
        raise UnableToKeepCase(words % facts, "engineer")
    if is_away(engineer, order):
        words = _("%(engineer)s is on leave then. Choose somebody else.")
        raise UnableToKeepCase(words % {"engineer": engineer}, "engineer")


def appointment_of(order: WorkOrder) -> str:
    """Return when an order is, in words."""
    start, end = localtime(order.starts_at), localtime(order.ends_at)
    return f"{start:%m-%d %H:%M}–{end:%H:%M}"


@transaction.atomic
def take_order_back(
    *, order: WorkOrder, version: int | None, reason: str, by: "Staff", at: datetime
) -> WorkOrder:
    """
    Take an order from its engineer, so that it waits again.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: without a reason, or if the engineer is on the way.
    """
    require(by, DISPATCH)
    stored, state = held_order(order, OrderMove.TAKE_BACK, version=version)
    require_reason(reason)
    keep_order(stored, state, by=by, at=at, reason=reason, engineer=None)
    stepped(stored, OrderMove.TAKE_BACK, by=by, at=at, text=reason)
    drop_todo(source=ORDER, source_id=stored.pk, by=by, at=at)
    return stored


@transaction.atomic
def withdraw_order(
    *, order: WorkOrder, version: int | None, reason: str, by: "Staff", at: datetime
) -> WorkOrder:
    """
    Withdraw an order that is not needed any more.

    :raises PermissionDenied: if ``by`` neither entered it nor hands out orders.
    :raises UnableToKeepCase: without a reason, or if the work is done.
    """
    stored, state = held_order(order, OrderMove.WITHDRAW, version=version)
    require_plan(by, stored)
    require_reason(reason)
    keep_order(stored, state, by=by, at=at, reason=reason)
    stepped(stored, OrderMove.WITHDRAW, by=by, at=at, text=reason)
    drop_todo(source=ORDER, source_id=stored.pk, by=by, at=at)
    return stored


def require_plan(by: "Staff", order: WorkOrder) -> None:
    """Pass in silence if somebody may change or withdraw an order.

    :raises PermissionDenied: otherwise.
    """
    if not may_plan(by, order):
        raise PermissionDenied(DISPATCH)


def require_reason(reason: str) -> None:
    """Pass in silence if there is a reason.

    :raises UnableToKeepCase: otherwise.
    """
    if not reason.strip():
        raise UnableToKeepCase(_("Say why."), "reason")


def held_order(
    order: WorkOrder, move: OrderMove, *, version: int | None = None
) -> tuple[WorkOrder, OrderState]:
    """
    Return an order under lock, and the state in which a move leaves it.

    :raises UnableToKeepCase: if the move cannot be done in its state, or somebody changed the
        order since ``version`` was on the screen.
    """
    # Locked alone, then read: rows joined to one that was waited for are those of before.
    WorkOrder.objects.select_for_update().get(pk=order.pk)
    stored: WorkOrder = WorkOrder.objects.select_related(*AT_HAND).get(pk=order.pk)
    if version not in {None, stored.version}:
        raise UnableToKeepCase(meanwhile_words(stored))
    state = order_after(stored.state, move)
    if state is None:
        words = _("“%(move)s” cannot be done while the order stands at “%(state)s”.")
        facts = {"move": move.label, "state": stored.get_state_display()}
        raise UnableToKeepCase(words % facts)
    return stored, state


def meanwhile_words(order: WorkOrder) -> str:
    """Say that an order is not what was on the screen any more, and who has it now."""
    facts = {"number": order.number, "engineer": order.engineer}
    if order.engineer:
        words = _("Somebody was quicker: %(number)s is with %(engineer)s now. Look again.")
        return words % facts
    return _("Somebody changed %(number)s meanwhile. Look again.") % facts


def keep_order(
    order: WorkOrder, state: str, *, by: "Staff", at: datetime, reason: str = "", **values: Any
) -> None:
    """Store the new state of an order and what else changed."""
    order.state = OrderState(state)
    for name, value in values.items():
        setattr(order, name, value)
    save_record(order, by=by, at=at, reason=reason)


def stepped(
    order: WorkOrder, move: OrderMove, *, by: "Staff", at: datetime, text: str = "",
    is_internal: bool = True,
) -> None:  # fmt: skip
    """Keep a move of an order, and tell of it among the acts of its case."""
    OrderStep.objects.create(
        order=order, move=move, state=order.state, at=at, by=by, text=text[:NOTE_LENGTH]
    )
    if order.case is not None and move != OrderMove.CHANGE:
        facts = {"number": order.number, "move": move.value, "order": order.pk}
        done = Done(ActKind.ORDER, text, is_internal=is_internal, facts=facts)
        write_act(order.case, done, by=by, at=at)
