"""Let the managers of the demonstration visit their customers (G6)."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.care.errors import UnableToReport
from dakehu.care.operations import events, greetings, invitations, reports, visits
from dakehu.care.queries.events import invitations_visible_to
from dakehu.care.queries.greetings import greetings_visible_to
from dakehu.care.queries.visits import visits_visible_to
from dakehu.care.values import Answer, VisitReport
from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules.care import (
    DAYS,
    EVENTS,
    GREETED,
    GREETED_DAYS_AGO,
    NEXT_PLAN,
    SENT_NOTE,
    TIMES,
    VISITS,
)
from dakehu.demo.values import DemoBook
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

# How customers run and what they plan, as visits find out (R11).
RUNNING = ("两条 100M 专线，忙时占用约八成", "", "自建短信平台，月发送约十万条", "")
PLANS = ("明年新建分厂，需要互联网专线和视频会议", "", "计划把短信平台迁到云上", "")
VISITORS = ("ACCOUNT_MANAGER", "CHIEF_REPRESENTATIVE")
CUSTOMERS = 14
REPORTS = 2


def furnish_care(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let managers plan visits and record those of the last weeks; twice changes nothing."""
    if visits_visible_to(administrator).exists():
        return
    for place, staff in enumerate(staff_who_may("care.write")):
        if staff.role in VISITORS:
            visit_customers(staff, place, at=at)
    greet(administrator, at=at)
    report(administrator, at=at)
    hold_events(at=at)


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
            running_state=RUNNING[step % len(RUNNING)],
            plans=PLANS[step % len(PLANS)],
            result=("REACHED", "REACHED", "PARTLY", "NOBODY_MET")[step % 4],
            text=words.format(name=customer),
            opinion=opinion if staff.may("customers.edit") else "",
            satisfaction=(5, 4, 3)[step % 3] if opinion else None,
            follow_up="提交方案与报价" if step % 3 == 0 else "",
            follow_up_day=follow if step % 3 == 0 else None,
        )
        visits.record_visit(visit=visit, report=report, by=staff, at=then + timedelta(hours=2))


def greet(administrator: "Staff", *, at: datetime) -> None:
    """Let the greetings of the last weeks be approved and done, and those to come be proposed."""
    for days in GREETED_DAYS_AGO:
        then = at - timedelta(days=days)
        greetings.propose_greetings(on=localdate(then), at=min(then, at))
    leaders = list(staff_who_may("care.approve").filter(role="SUPERVISOR"))
    soon = localdate(at) + timedelta(days=4)
    for leader in leaders:
        found = greetings_visible_to(leader).filter(state="PROPOSED", day__lte=soon)
        greetings.decide_greetings(greetings=found, approve=True, by=leader, at=at)
    past = greetings_visible_to(administrator).filter(state="APPROVED", day__lte=localdate(at))
    for place, greeting in enumerate(past.order_by("pk")):
        if greeting.staff.may("care.write") and place % 7:
            result, note = GREETED[place % len(GREETED)]
            greetings.record_greeting(
                greeting=greeting, result=result, note=note, by=greeting.staff, at=at
            )


def hold_events(*, at: datetime) -> None:
    """Let leaders hold the events of the last weeks, and invite to those that are to come."""
    leaders = [each for each in staff_who_may("care.write") if each.role == "SUPERVISOR"]
    for place, (days, kind, title, where, capacity, cost) in enumerate(EVENTS):
        if leaders:
            hold_event(
                leaders[place % len(leaders)],
                events.unsaved_event(
                    title=title,
                    kind=kind,
                    day=localdate(at) + timedelta(days=days),
                    time=time(9 + place % 2 * 5, 30),
                    place=where,
                    capacity=capacity,
                    cost_planned_fen=cost * 100,
                    unit=leaders[place % len(leaders)].unit,
                ),
                days,
                at=at,
            )


def hold_event(host: "Staff", event: Any, days: int, *, at: datetime) -> None:
    """Plan one event, invite its guests, and close it if its day has passed."""
    then = at + timedelta(days=min(days - 14, -1))
    events.plan_event(event=event, by=host, at=then)
    groups = customers_visible_to(host).filter(kind=CustomerKind.GROUP).order_by("pk")
    numbers = list(groups.values_list("pk", flat=True)[: event.capacity + 4])
    chosen = customers_visible_to(host).filter(pk__in=numbers)
    invitations.invite(event=event, customers=chosen, guests="CUSTOMER", by=host, at=then)
    guests = list(invitations_visible_to(host).filter(event=event).order_by("pk"))
    for place, guest in enumerate(guests):
        if days > 0 and place % 4 == 3:
            continue
        state = "DECLINED" if place % 6 == 5 else "ACCEPTED"
        said = Answer(state, may_wait=True)
        invitations.answer_invitation(invitation=guest, answer=said, by=host, at=then)
    if days < 0:
        came = [
            each
            for place, each in enumerate(invitations_visible_to(host).filter(event=event))
            if each.state == "ACCEPTED" and place % 5
        ]
        invitations.mark_attendance(invitations=came, came=True, by=host, at=at)
        cost = (event.cost_planned_fen or 0) * 9 // 10
        words = "到场客户反响良好，会后逐一回访需求。"
        events.close_event(event=event, cost_spent_fen=cost, report=words, by=host, at=at)


def report(administrator: "Staff", *, at: datetime) -> None:
    """Let two managers build the report of the last quarter; one is reviewed and sent."""
    first, last = ended_quarter(localdate(at))
    groups = customers_visible_to(administrator).filter(kind=CustomerKind.GROUP)
    groups = groups.filter(manager__isnull=False).select_related("manager__unit")
    for place, group in enumerate(groups.order_by("pk")[:REPORTS]):
        if not (group.manager.may("care.write") and group.manager.may("files.attach")):
            continue
        wanted = reports.unsaved_report(
            customer=group,
            cycle="QUARTER",
            first_day=first,
            last_day=last,
            next_plan=NEXT_PLAN,
        )
        made = reports.ask_report(report=wanted, by=group.manager, at=at)
        try:
            reports.build_report(made, at=at)
        except UnableToReport as lacking:
            reports.fail_report(made, words=str(lacking))
            return
        reviewer = staff_who_may("care.approve").exclude(pk=group.manager_id).first()
        if place == 0 and reviewer is not None:
            reports.review_report(report=made, by=reviewer, at=at)
            reports.send_report(
                report=made, how="IN_PERSON", note=SENT_NOTE, by=group.manager, at=at
            )


def ended_quarter(on: date) -> tuple[date, date]:
    """Return the first and the last day of the newest quarter that has ended."""
    last = date(on.year, (on.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last
