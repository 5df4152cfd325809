"""Let the engineers of the demonstration be sent, work and have their orders signed (R5 to R9)."""

from collections import defaultdict
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.timezone import localdate, make_aware

from dakehu.cases import operations
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.queries import cases_visible_to
from dakehu.cases.queries.orders import orders_visible_to
from dakehu.cases.values import Plan
from dakehu.customers.queries import groups
from dakehu.demo.rules import errands as rules
from dakehu.demo.rules.errands import Errand
from dakehu.demo.values import DemoBook
from dakehu.people.errors import UnableToPlanLeave
from dakehu.people.operations import plan_leave
from dakehu.people.queries import staff_who_may
from dakehu.people.values import Absence

if TYPE_CHECKING:
    from dakehu.people.models import Staff

ON_SITE_KINDS = ("FAULT", "INSTALLATION", "COVERAGE")
FEW = 3


@transaction.atomic
def furnish_errands(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Fill the dispatch board of every city that has engineers, once."""
    if orders_visible_to(administrator).exists():
        return
    crews: dict[str, list[Staff]] = defaultdict(list)
    people = staff_who_may("cases.serve")
    for person in sorted(people, key=lambda each: (each.username != "engineer", each.pk)):
        crews[person.unit.code.split("/")[0]].append(person)
    for city, crew in crews.items():
        if len(crew) >= FEW:
            send_crew(city, crew, administrator, at=at)


def send_crew(city: str, crew: list["Staff"], desk: "Staff", *, at: datetime) -> None:
    """Send the engineers of a city on their errands; the last of them is on leave."""
    cases = list(
        cases_visible_to(desk)
        .open()
        .filter(city_code=city, kind__in=ON_SITE_KINDS, customer__isnull=False)
        .order_by("turn", "pk")[: len(rules.ERRANDS)]
    )
    customers = list(groups(desk).filter(city_code=city).order_by("pk")[: len(rules.ERRANDS)])
    if not cases or not customers:
        return
    for case in cases[:2]:
        climb(case, desk, at=at)
    for place, errand in enumerate(rules.ERRANDS):
        known = [case for case in cases if case.opened_at < planned_at(errand, at)]
        if errand.purpose == "CASE" and known:
            about: dict[str, Any] = {"case": known[place % len(known)]}
        else:
            purpose = "VISIT" if errand.purpose == "CASE" else errand.purpose
            about = {"customer": customers[place % len(customers)], "purpose": purpose}
        run(errand, about, crew, desk, at=at)
    if len(crew) > FEW:
        morning = moment(at, 0, 8 * 60)
        absence = Absence(morning, morning + timedelta(hours=34), None, rules.LEAVE)
        with suppress(UnableToPlanLeave):
            plan_leave(crew[-1], absence=absence, by=desk, at=min(at, morning))
    order_support(cases[-1], desk, at=at)


def climb(case: Any, desk: "Staff", *, at: datetime) -> None:
    """Raise a case over the rung remote to the rung on site."""
    for rung in ("REMOTE", "ON_SITE"):
        operations.raise_case(
            case=case,
            version=None,
            rung=rung,
            record=rules.TRIED,
            reason=rules.TOO_LITTLE,
            by=desk,
            at=at,
        )


def moment(at: datetime, day: int, minute: int) -> datetime:
    """Return a minute of a day, counted from today."""
    there = localdate(at) + timedelta(days=day)
    return make_aware(datetime.combine(there, time())) + timedelta(minutes=minute)


def planned_at(errand: Errand, at: datetime) -> datetime:
    """Return when an errand was entered: the afternoon before, or now."""
    return min(moment(at, errand.day, errand.begins) - timedelta(hours=17), at)


def run(
    errand: Errand, about: dict[str, Any], crew: list["Staff"], desk: "Staff", *, at: datetime
) -> None:
    """Plan one errand the day before, and let it get as far as the time of the day allows."""
    begins = moment(at, errand.day, errand.begins)
    entered = planned_at(errand, at)
    plan = Plan(
        subject=errand.subject,
        place=errand.place,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=errand.minutes),
        skills=errand.skills,
        contact=rules.SIGNERS[errand.begins % len(rules.SIGNERS)],
    )
    order = operations.plan_order(plan=plan, **about, by=desk, at=entered)
    if errand.reached == rules.WAITS:
        return
    engineer = crew[errand.engineer if errand.engineer >= 0 else 2]
    how: dict[str, Any] = {"order": order, "version": None}
    operations.assign_order(**how, engineer=engineer, by=desk, at=entered)
    if errand.reached == rules.RETURNED:
        operations.return_order(**how, reason=rules.NO_PART, by=engineer, at=entered)
        return
    reached = errand.reached if begins <= at else min(errand.reached, rules.ACCEPTED)
    walk(order, engineer, reached, begins)


def walk(order: Any, engineer: "Staff", reached: int, begins: datetime) -> None:
    """Let an engineer go as far with an order as is said."""
    how: dict[str, Any] = {"order": order, "version": None, "by": engineer}
    if reached >= rules.ACCEPTED:
        operations.accept_order(**how, at=begins - timedelta(minutes=70))
    if reached >= rules.ON_WAY:
        operations.set_out(**how, at=begins - timedelta(minutes=30))
    if reached >= rules.THERE:
        operations.arrive(**how, at=begins)
    if reached >= rules.SIGNED:
        done_at = begins + timedelta(minutes=40)
        operations.record_service(**how, text=rules.RECORD, result="SOLVED", at=done_at)
        picture = SimpleUploadedFile("signature.png", rules.signature_picture(), "image/png")
        signed = operations.Signed(order.contact, "DRAWN", picture)
        operations.sign_order(**how, signed=signed, at=done_at + timedelta(minutes=5))


def order_support(case: Any, desk: "Staff", *, at: datetime) -> None:
    """Order support for a case until the first working day after a week, and hear of it."""
    for days in range(7, 21):
        with suppress(UnableToKeepCase):
            part = operations.order_support(
                case=case,
                need="DEVELOPMENT",
                text=rules.SUPPORT,
                wanted_on=localdate(at) + timedelta(days=days),
                by=desk,
                at=at,
            )
            operations.report_progress(case=part, text="接口已开发，待联调。", by=desk, at=at)
            return
