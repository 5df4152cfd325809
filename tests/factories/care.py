"""Visits, and what came of them."""

from dataclasses import replace
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

from django.utils.timezone import localdate

from dakehu.care.models import Event, Festival, Greeting, Invitation, Report, Visit, Wording
from dakehu.care.operations import events, invitations, reports, visits
from dakehu.care.values import VisitReport


def unsaved_visit(customer: Any, *, at: datetime, **values: Any) -> Visit:
    """Return the plan of a visit for the day of an instant."""
    told = {"day": localdate(at), "purpose": "CARE", "about": "季度走访", "afterwards": "补录"}
    told |= values
    return Visit(customer=customer, **told)


def make_visit(customer: Any, by: Any, *, at: datetime, **values: Any) -> Visit:
    """Let somebody plan a visit."""
    return visits.plan_visit(visit=unsaved_visit(customer, at=at, **values), by=by, at=at)


def report_of(*, at: datetime, **values: Any) -> VisitReport:
    """Return what came of a visit."""
    told = VisitReport(at, 45, "客户三楼会议室", "REACHED", "沟通了专线扩容，月底前给方案。")
    return replace(told, **values)


def make_greeting(customer: Any, by: Any, *, day: Any, at: datetime, **values: Any) -> Greeting:
    """Make a proposed greeting."""
    told = {
        "kind": "FESTIVAL",
        "key": "festival:1",
        "title": "元旦",
        "form": "SMS",
        "text": "节日快乐",
    }
    return Greeting.objects.create(
        customer=customer, staff=by, unit=by.unit, day=day, proposed_at=at, **(told | values)
    )


def make_report(
    customer: Any, by: Any, *, at: datetime, first: str = "2026-01-01", **values: Any
) -> Report:
    """Let somebody ask for the report of a quarter."""
    day = date.fromisoformat(first)
    report = Report(
        customer=customer,
        cycle="QUARTER",
        first_day=day,
        last_day=date(day.year, day.month + 2, 28),
        **values,
    )
    return reports.ask_report(report=report, by=by, at=at)


def make_event(by: Any, *, at: datetime, **values: Any) -> Event:
    """Let somebody plan an event for the day of an instant."""
    told = {
        "title": "云专线沙龙",
        "kind": "TRAINING",
        "day": localdate(at),
        "time": time(9, 0),
        "place": "体验厅",
        "capacity": 2,
        "unit": by.unit,
        **values,
    }
    return events.plan_event(event=Event(**told), by=by, at=at)


def make_invitation(event: Event, customer: Any, by: Any, *, at: datetime) -> Invitation:
    """Let somebody invite a customer."""
    rows = type(customer)._default_manager.filter(pk=customer.pk)
    invitations.invite(event=event, customers=rows, guests="CUSTOMER", by=by, at=at)
    return Invitation.objects.get(event=event, customer=customer)


def make_care(people: Any, customers: Any, *, at: datetime) -> Any:
    """Make one thing of each kind, in the reach of the manager."""
    festival, _new = Festival.objects.get_or_create(
        name="中秋节", defaults={"calendar": "LUNAR", "month": 8, "day": 15}
    )
    event = make_event(people.manager, at=at)
    return SimpleNamespace(
        event=event,
        invitation=make_invitation(event, customers.own, people.manager, at=at),
        visit=make_visit(customers.own, people.manager, at=at),
        greeting=make_greeting(customers.own, people.manager, day=localdate(at), at=at),
        festival=festival,
        report=make_report(customers.own, people.manager, at=at),
        wording=Wording.objects.create(kind="FESTIVAL", text="{customer}节日快乐"),
    )
