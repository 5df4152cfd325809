"""What the pages of visits show: an agenda with its route, one visit, a customer's visits (G6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dakehu.care.choices import RESULT_TONES, VISIT_TONES, RouteReason, Span, VisitState
from dakehu.care.policies import WRITE
from dakehu.care.queries import visits as queries
from dakehu.care.rules.routes import route_of
from dakehu.people.queries import staff_visible_to
from dakehu.ui.panels import Panel, panels_for

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PANEL_SHOWN = 5
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class AgendaLine:
    """One visit of an agenda: its place in the route with the reason, whom it concerns."""

    visit: Any
    place: int
    reason: str
    clashes: bool
    tone: str
    address: str
    is_along: bool


@dataclass(frozen=True)
class AgendaDay:
    """One day of an agenda."""

    day: date
    lines: tuple[AgendaLine, ...]
    is_today: bool
    url: str
    minutes: int


@dataclass(frozen=True)
class Agenda:
    """Somebody's agenda of a day or a week, and the ways to others."""

    person: Any
    is_own: bool
    span: Span
    spans: tuple[tuple[str, str, bool], ...]
    days: tuple[AgendaDay, ...]
    title: str
    before: str
    after: str
    today: str
    people: tuple[tuple[str, str, bool], ...]
    unrecorded: tuple[Any, ...]
    may_plan: bool


def agenda(actor: "Staff", person: "Staff", *, span: Span, day: date, on: date) -> Agenda:
    """Gather the agenda of somebody whom the actor may see."""
    first = day if span is Span.DAY else day - timedelta(days=day.weekday())
    count = 1 if span is Span.DAY else DAYS_OF_WEEK
    visits = queries.agenda_of(actor, person, first=first, days=count)
    step = timedelta(days=count)

    def url(**changed: Any) -> str:
        told = {"span": span.value, "day": day.isoformat(), "staff": person.pk} | changed
        if told["staff"] == actor.pk:
            del told["staff"]
        return f"{reverse('care:agenda')}?{urlencode(told)}"

    days = tuple(
        agenda_day([each for each in visits if each.day == that], that, person, on=on, url=url)
        for that in (first + timedelta(days=n) for n in range(count))
    )
    return Agenda(
        person=person,
        is_own=person.pk == actor.pk,
        span=span,
        spans=tuple((str(each.label), url(span=each.value), each is span) for each in Span),
        days=days,
        title=title_of(first, count),
        before=url(day=(first - step).isoformat()),
        after=url(day=(first + step).isoformat()),
        today=url(day=on.isoformat()),
        people=others(actor, person, url),
        unrecorded=tuple(queries.unrecorded_of(actor, person, on=on)[:PANEL_SHOWN]),
        may_plan=actor.may(WRITE),
    )


def agenda_day(visits: Sequence[Any], day: date, person: Any, *, on: date, url: Any) -> AgendaDay:
    """Return one day in the order of its route."""
    known = {visit.pk: visit for visit in visits}
    lines = tuple(
        AgendaLine(
            visit=known[leg.stop.pk],
            place=place,
            reason=str(RouteReason(leg.reason).label),
            clashes=leg.clashes,
            tone=VISIT_TONES[known[leg.stop.pk].state],
            address=address_of(known[leg.stop.pk]),
            is_along=known[leg.stop.pk].staff_id != person.pk,
        )
        for place, leg in enumerate(route_of([queries.stop_of(v) for v in visits]), start=1)
    )
    minutes = sum(visit.minutes for visit in visits)
    address = url(span=Span.DAY.value, day=day.isoformat())
    return AgendaDay(day, lines, day == on, address, minutes)


def address_of(visit: Any) -> str:
    """Return where a customer is, as far as it is shown to everybody: the rest is masked."""
    profile = getattr(visit.customer, "profile", None)
    return str(profile.address) if profile and profile.address else ""


def title_of(first: date, count: int) -> str:
    """Return the days of an agenda in words."""
    if count == 1:
        return date_format(first, "Y-m-d l")
    last = first + timedelta(days=count - 1)
    return f"{date_format(first, 'Y-m-d')} – {date_format(last, 'm-d')}"


def others(actor: "Staff", person: "Staff", url: Any) -> tuple[tuple[str, str, bool], ...]:
    """Return whose agendas a superior may look at: of their units, whoever visits customers."""
    found = [each for each in staff_visible_to(actor).active() if each.may(WRITE)]
    if len(found) < 2 or not actor.may("care.approve"):
        return ()
    people = {each.pk: each for each in (*found, actor, person)}.values()
    return tuple(
        (f"{each.name} · {each.unit}", url(staff=each.pk), each.pk == person.pk) for each in people
    )


@dataclass(frozen=True)
class VisitPage:
    """One visit, and what may be done with it."""

    visit: Any
    people: str
    companions: str
    tone: str
    result_tone: str
    customer_url: str
    is_late: bool
    may_act: bool
    panels: tuple[Panel, ...]


def visit_page(actor: "Staff", visit: Any) -> VisitPage:
    """Gather one visit that the actor may see."""
    return VisitPage(
        visit=visit,
        people="、".join(str(each) for each in visit.people.all()),
        companions="、".join(str(each) for each in visit.companions.all()),
        tone=VISIT_TONES[visit.state],
        result_tone=RESULT_TONES.get(visit.result, "neutral"),
        customer_url=reverse("desk:customer", args=[visit.customer_id]),
        is_late=visit.was_entered_late,
        may_act=visit.state == VisitState.PLANNED and actor.may(WRITE),
        panels=panels_for("visit", actor, visit.state),
    )


@dataclass(frozen=True)
class VisitPanel:
    """The next visits at a customer and the last ones."""

    customer: Any
    coming: tuple[Any, ...]
    past: tuple[tuple[Any, str], ...]
    days_ago: int | None
    url: str
    may_plan: bool


def visit_panel(actor: "Staff", customer: Any, *, on: date) -> VisitPanel:
    """Gather the visits at a customer whom the actor may see."""
    found = queries.visits_of_customer(actor, customer.pk)
    coming = found.filter(state=VisitState.PLANNED).order_by("day", "time", "pk")
    past = list(found.filter(state=VisitState.DONE).order_by("-day", "-pk")[:PANEL_SHOWN])
    return VisitPanel(
        customer=customer,
        coming=tuple(coming[:PANEL_SHOWN]),
        past=tuple((visit, RESULT_TONES.get(visit.result, "neutral")) for visit in past),
        days_ago=(on - past[0].day).days if past else None,
        url=f"{reverse('care:visit_list')}?customer={customer.pk}",
        may_plan=actor.may(WRITE) and not customer.retained_at,
    )


@dataclass(frozen=True)
class Sheet:
    """A form of care as a page: its title, what it is about, its button, the way back."""

    title: str
    form: Any
    back: str
    about: str = ""
    submit: str = ""
    icon: str = "check"
    is_multipart: bool = False
    is_grave: bool = False
    # The festival that the form edits: it can be dropped, or kept again.
    festival: Any = None

    @property
    def button(self) -> str:
        """The words of the button."""
        return self.submit or _("Save")
