"""Let the people of the demonstration take requests, work on them and close them (CH3, K1)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dakehu.cases import operations
from dakehu.cases.choices import ActKind, CaseKind
from dakehu.cases.queries import cases_visible_to
from dakehu.cases.values import BatchLine, NewCase, Talk
from dakehu.customers.queries import groups, individuals
from dakehu.demo.rules.cases import (
    ANSWERED,
    BATCH_ROWS,
    BATCH_TEXT,
    BATCH_WISH,
    CLOSED,
    FAULT_WORDS,
    QUEUE,
    SOLVED,
    WAITING,
    WISHES,
    Wish,
)
from dakehu.demo.values import DemoBook
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

ROUNDS = 3
UNKNOWN_TEXT = "新办公楼地下车库没有信号，来电人未说明单位，回拨核实后补填客户。"
UNKNOWN_NAME = "周先生"
MOST_CUSTOMERS = 60
SETTLED = 4


def furnish_cases(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Fill the queues of the demonstration with a lively day, once."""
    if cases_visible_to(administrator).exists():
        return
    customers = [*groups(administrator).order_by("city_code", "pk")[:MOST_CUSTOMERS]]
    customers += (
        individuals(administrator).filter(manager__isnull=False).order_by("city_code", "pk")[:20]
    )
    if not customers:
        return
    takers = takers_by_city(administrator)
    made: list[Any] = []
    for place in range(ROUNDS * len(WISHES)):
        wish = WISHES[place % len(WISHES)]
        customer = customers[(place * 7) % len(customers)]
        taker = takers.get(customer.city_code, administrator)
        began = at - timedelta(hours=wish.hours_ago + place // len(WISHES) * 31, minutes=place)
        made.append(acted_out(wish, customer, taker, at=began))
    for city, taker in takers.items():
        take_unknown(city, taker, at=at)
    take_batch(customers[0], takers.get(customers[0].city_code, administrator), at=at)
    tell_of_fault(made, administrator, at=at)


def takers_by_city(administrator: "Staff") -> dict[str, "Staff"]:
    """Return who takes requests in each city: the hotline, where there is one."""
    found: dict[str, Staff] = {}
    people = staff_who_may("cases.create").exclude(pk=administrator.pk)
    for person in sorted(people, key=lambda each: each.role != "HOTLINE"):
        found.setdefault(person.unit.code.split("/")[0], person)
    return found


def acted_out(wish: Wish, customer: "Customer", taker: "Staff", *, at: datetime) -> Any:
    """Let one request come in and get as far as it got."""
    new = NewCase(
        kind=wish.kind,
        channel=wish.channel,
        text=wish.text,
        customer=customer,
        answer=wish.answer if wish.end == SOLVED else "",
        is_solved=wish.end == SOLVED,
    )
    case = operations.open_case(new=new, by=taker, at=at)
    if wish.end in {QUEUE, SOLVED}:
        return case
    owner = customer.manager if customer.manager and customer.manager.may("cases.handle") else None
    worker = owner or taker
    soon = at + timedelta(minutes=20)
    operations.take_case(case=case, version=None, by=worker, at=soon)
    if wish.end in {ANSWERED, WAITING, CLOSED}:
        talk = Talk(ActKind.CALL, wish.answer, ("INITIAL_ANSWER",))
        told_at = soon + timedelta(minutes=9)
        operations.talk_to_customer(case=case, talk=talk, by=worker, at=told_at)
    if wish.end == WAITING:
        operations.wait_for_customer(
            case=case, version=None, reason="等客户确认时间", by=worker,
            at=soon + timedelta(minutes=12),
        )  # fmt: skip
    if wish.end == CLOSED:
        settle(case, wish, worker, taker, at=soon + timedelta(hours=2))
    return case


def take_unknown(city: str, taker: "Staff", *, at: datetime) -> None:
    """Let somebody call whom nobody knows yet; the case waits to be given to its customer."""
    new = NewCase(
        kind=CaseKind.COVERAGE,
        channel="HOTLINE",
        text=UNKNOWN_TEXT,
        caller_name=UNKNOWN_NAME,
        caller_phone=f"1390000{int(city) if city.isdigit() else 0:04d}",
    )
    operations.open_case(new=new, by=taker, at=at - timedelta(hours=3))


def settle(case: Any, wish: Wish, worker: "Staff", taker: "Staff", *, at: datetime) -> None:
    """Let a case be closed, and every fourth customer be asked afterwards (R10)."""
    ending = operations.Ending("SOLVED", wish.cause, wish.answer)
    operations.close_case(case=case, version=None, ending=ending, by=worker, at=at)
    if case.pk % SETTLED == 0:
        said = operations.Said(True, 5, "处理及时")
        operations.record_visit(case=case, said=said, by=taker, at=at + timedelta(hours=1))


def take_batch(customer: "Customer", taker: "Staff", *, at: datetime) -> None:
    """Let a batch come in by the green channel, half of it done (C3)."""
    lines = tuple(BatchLine(f"1380{number:07d}", BATCH_WISH) for number in range(BATCH_ROWS))
    new = NewCase(
        kind=CaseKind.BATCH, channel="MANAGER", text=BATCH_TEXT, customer=customer,
        lines=lines, keep=True,
    )  # fmt: skip
    case = operations.open_case(new=new, by=taker, at=at - timedelta(hours=4))
    half, later = BATCH_ROWS // 2, at - timedelta(hours=3)
    operations.settle_rows(case=case, lines=range(1, half), failed=None, by=taker, at=later)
    operations.settle_rows(case=case, lines=[half], failed="号码已销户", by=taker, at=later)


def tell_of_fault(cases: list[Any], administrator: "Staff", *, at: datetime) -> None:
    """Let one fault be announced, and others report it (CH12)."""
    faults = [case for case in cases if case.kind == CaseKind.FAULT]
    main = faults[0]
    operations.announce_fault(
        case=main, wording=FAULT_WORDS, back_at=at + timedelta(hours=2), by=administrator,
        at=at - timedelta(hours=1),
    )  # fmt: skip
    for case in faults[1:]:
        if case.text == WISHES[1].text:
            operations.join_fault(case=case, parent=main, by=administrator, at=at)
