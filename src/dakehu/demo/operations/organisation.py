"""Bring the people of the demonstration to life: their units, log-ins and what they do."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from dakehu.alerts.choices import AlertState, Outcome
from dakehu.alerts.operations import Contact, handle_alert
from dakehu.alerts.queries import alerts_visible_to
from dakehu.demo.rules import acting, casting
from dakehu.demo.values import DemoBook
from dakehu.people.operations import (
    ensure_city,
    ensure_districts,
    ensure_log_in,
    ensure_province,
    ensure_root,
    rename_unit,
)
from dakehu.people.values import NewStaff

if TYPE_CHECKING:
    from dakehu.alerts.models import Alert
    from dakehu.people.models import Staff


def found_organisation(*, book: DemoBook, password: str, at: datetime) -> "Staff":
    """
    Make the units and staff of the book; only those of the printed cast can log in.

    :return: the administrator.
    """
    ensure_root(at=at)
    province = ensure_province(at=at)
    if province.name != book.province:
        rename_unit(unit=province, name=book.province, by=None, at=at)
    for place in book.places:
        ensure_city(place.code, name=place.name, at=at)
        ensure_districts(place.code, place.districts, at=at)
    cast = {username for _role, username in casting.CAST} | {casting.ADMINISTRATOR.username}
    staff = [
        ensure_log_in(
            NewStaff(log_in.username, log_in.name, log_in.role, log_in.staff_no),
            unit_code=log_in.unit_code,
            by=None,
            at=at,
            password=password if log_in.username in cast else None,
        )
        for log_in in book.log_ins
    ]
    return next(person for person in staff if person.role == casting.ADMINISTRATOR.role)


def act_out(*, administrator: "Staff", day: date, at: datetime, seed: int) -> int:
    """
    Let the owners act on some of the alerts of data day ``day``, and on those due again.

    :return: how many acts.
    """
    found = alerts_visible_to(administrator).filter(owner__isnull=False)
    fresh = found.filter(state=AlertState.NEW, opened_day=day)
    due = found.filter(state=AlertState.FOLLOW_UP, follow_up_date__lte=localdate(at))
    acts = 0
    for alert in [*fresh.order_by("pk"), *due.order_by("pk")]:
        acts += handle_as_owner(alert, at=at, seed=seed)
    return acts


def handle_as_owner(alert: "Alert", *, at: datetime, seed: int) -> bool:
    """Let the owner of an alert do what the script of the demonstration says, if anything."""
    act = acting.act_on(alert.rule, number=alert.pk, seed=seed + alert.version)
    if act is None or alert.owner is None or not alert.owner.may("alerts.handle"):
        return False
    contact = Contact(
        outcome=Outcome(act.outcome),
        contacted=act.contacted,
        note=act.note,
        follow_up_date=acting.follow_up(act, on=localdate(at)),
    )
    handle_alert(alert=alert, contact=contact, version=alert.version, by=alert.owner, at=at)
    return True
