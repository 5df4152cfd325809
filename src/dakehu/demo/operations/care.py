"""Let the managers of the demonstration visit their customers (G6)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.care.operations import visits
from dakehu.care.queries.visits import visits_visible_to
from dakehu.care.values import VisitReport
from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules.care import DAYS, TIMES, VISITS
from dakehu.demo.values import DemoBook
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

VISITORS = ("ACCOUNT_MANAGER", "CHIEF_REPRESENTATIVE")
CUSTOMERS = 14


def furnish_care(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let managers plan visits and record those of the last weeks; twice changes nothing."""
    if visits_visible_to(administrator).exists():
        return
    for place, staff in enumerate(staff_who_may("care.write")):
        if staff.role in VISITORS:
            visit_customers(staff, place, at=at)


def visit_customers(staff: "Staff", place: int, *, at: datetime) -> None:
    """Let one person make some visits, and plan those of today and the coming days."""
    own = customers_visible_to(staff).filter(manager=staff)
    groups = own.filter(kind=CustomerKind.GROUP).order_by("pk")
    customers = [*groups[:CUSTOMERS], *own.exclude(kind=CustomerKind.GROUP).order_by("pk")[:4]]
    for step, customer in enumerate(customers[: len(DAYS)]):
        plan(staff, customer, DAYS[step], place + step, at=at)


def plan(staff: "Staff", customer: Any, days: int, step: int, *, at: datetime) -> None:
    """Plan one visit, and record it if its day has passed."""
    purpose, about, words, opinion = VISITS[step % len(VISITS)]
    day = localdate(at) + timedelta(days=days)
    planned_at = min(at, at + timedelta(days=days - 3))
    visit = visits.unsaved_visit(
        customer=customer,
        day=day,
        time=TIMES[step % len(TIMES)],
        minutes=(45, 60, 90)[step % 3],
        purpose=purpose,
        about=about,
        meeting_place=("会议室", "信息中心", "")[step % 3],
    )
    visits.plan_visit(visit=visit, by=staff, at=planned_at)
    if days < 0 and step % 9:
        then = at.replace(hour=2, minute=30, second=0, microsecond=0) + timedelta(days=days)
        follow = day + timedelta(days=10)
        report = VisitReport(
            happened_at=then,
            minutes=visit.minutes,
            place=f"{customer}办公楼",
            result=("REACHED", "REACHED", "PARTLY", "NOBODY_MET")[step % 4],
            text=words.format(name=customer),
            opinion=opinion if staff.may("customers.edit") else "",
            satisfaction=(5, 4, 3)[step % 3] if opinion else None,
            follow_up="提交方案与报价" if step % 3 == 0 else "",
            follow_up_day=follow if step % 3 == 0 else None,
        )
        visits.record_visit(visit=visit, report=report, by=staff, at=then + timedelta(hours=2))
