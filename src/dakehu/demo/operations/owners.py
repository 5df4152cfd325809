"""Ownership in the demonstration: past changes, a planned one, a pool, a cover, numbers (M3)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.values import DemoBook
from dakehu.ownership import operations
from dakehu.ownership.queries import (
    moves_visible_to,
    numbers_in_force,
    owners_within,
    pool_visible_to,
    receipts_of,
    rules_known,
)
from dakehu.ownership.values import Terms
from dakehu.people.queries import staff_visible_to

if TYPE_CHECKING:
    from dakehu.customers.querysets import CustomerQuerySet
    from dakehu.ownership.models import Move
    from dakehu.people.models import Staff

FEW, MANY = 6, 12
CAST = ("one", "other", "third")
NEXT_WEEK = timedelta(days=7)


def furnish_ownership(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let the head of the first city move customers as a head does; once."""
    if not rules_known().exists():
        set_numbers(administrator, at)
    head = staff_visible_to(administrator).filter(username="supervisor").first()
    if head is None or moves_visible_to(head).exists():
        return
    owners = owners_within(head).with_absence().order_by("is_away", "pk")
    managers = [person for person in owners if person.role == "ACCOUNT_MANAGER"]
    callers = [person for person in owners if person.role == "TELEPHONE_MANAGER"]
    if len(managers) < len(CAST) or not callers or managers[1].is_away or callers[0].is_away:
        return
    # Whoever is away comes last, and is the one for whom somebody stands in.
    cast = [managers[0], managers[1], managers[-1]]
    change_the_past(head, cast, at)
    fill_the_pool(head, callers[0], at)
    prepare_what_comes(head, cast, callers[0], at)


def change_the_past(head: "Staff", managers: list["Staff"], at: datetime) -> None:
    """Assign customers two weeks ago and have that confirmed; assign wrongly, and undo it."""
    one, other, third = managers
    before = at - timedelta(days=14)
    terms = Terms(localdate(before), "城区片区重新划分")
    moved = assigned(head, one, other, count=MANY, terms=terms, at=before)
    receipt = receipts_of(other).filter(move=moved).first()
    if receipt is not None:
        at_noon = before + timedelta(hours=3)
        operations.confirm_receipt(receipt=receipt, remark="已逐户电话告知", by=other, at=at_noon)
    lately = at - timedelta(days=5)
    terms = Terms(localdate(lately), "集团成员随集团调整")
    wrong = assigned(head, third, one, count=FEW, terms=terms, at=lately)
    operations.undo_move(
        move=wrong, by=head, at=at - timedelta(days=4), reason="所选客户不属于该集团"
    )


def fill_the_pool(head: "Staff", caller: "Staff", at: datetime) -> None:
    """Recall customers of the telephone manager; two of the pool are claimed."""
    when = at - timedelta(days=3)
    customers = some_of(head, caller, MANY)
    draft = operations.draft_recall(
        customers=customers,
        terms=Terms(localdate(when), "电话经理负荷过高，转公共池认领"),
        by=head,
        at=when,
    )
    operations.decide_move(move=draft, by=head, at=when)
    claimers = owners_within(head).with_absence().filter(role="ACCOUNT_MANAGER", is_away=False)
    for claimer in claimers:
        free = list(pool_visible_to(claimer).order_by("pk").values_list("pk", flat=True)[:2])
        if free:
            operations.claim_customers(numbers=free, by=claimer, at=at - timedelta(days=2))


def prepare_what_comes(
    head: "Staff", managers: list["Staff"], caller: "Staff", at: datetime
) -> None:
    """Plan a change for next week, and let a deputy stand in from today on."""
    one, other, third = managers
    day = localdate(at) + NEXT_WEEK
    assigned(head, other, one, count=FEW, terms=Terms(day, "下周起试行片区包干"), at=at)
    draft = operations.draft_cover(
        customers=customers_visible_to(head).filter(manager=third),
        absent=third,
        deputy=caller,
        terms=Terms(localdate(at), "年休假", ends_on=day + timedelta(days=1)),
        by=head,
        at=at,
    )
    operations.decide_move(move=draft, by=head, at=at)


def some_of(head: "Staff", manager: "Staff", count: int) -> "CustomerQuerySet":
    """Return the first individuals of a manager, as the list hands them over."""
    individuals = customers_visible_to(head).filter(kind=CustomerKind.INDIVIDUAL)
    mine = individuals.filter(manager=manager).order_by("pk")
    first = list(mine.values_list("pk", flat=True)[:count])
    return customers_visible_to(head).filter(pk__in=first)


def assigned(
    head: "Staff",
    giver: "Staff",
    taker: "Staff",
    *,
    count: int,
    terms: Terms,
    at: datetime,
) -> "Move":
    """Draft and decide an assignment of some customers of one manager to another."""
    draft = operations.draft_assignment(
        customers=some_of(head, giver, count),
        to=taker,
        terms=terms,
        by=head,
        at=at,
    )
    return operations.decide_move(move=draft, by=head, at=at)


def set_numbers(administrator: "Staff", at: datetime) -> None:
    """Propose numbers as another leader of the province, and approve them; propose the next."""
    proposer = staff_visible_to(administrator).filter(role="OPERATIONS_CENTER").first()
    if proposer is None:
        return
    before = at - timedelta(days=20)
    numbers = numbers_in_force(on=localdate(before))
    rule = operations.propose_numbers(
        numbers=numbers,
        active_from=localdate(before),
        reason="首版归属参数",
        by=proposer,
        at=before,
    )
    operations.approve_numbers(rule=rule, version=rule.version, by=administrator, at=before)
    operations.propose_numbers(
        numbers=replace(numbers, area_unit=numbers.area_unit // 2, load=2 * numbers.load),
        active_from=localdate(at) + NEXT_WEEK,
        reason="更看重负荷均衡",
        by=proposer,
        at=at,
    )
