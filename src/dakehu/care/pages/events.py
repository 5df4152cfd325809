"""What the pages of events show: one event, a month of them, a customer's (C8, C10, C12, G7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format

from dakehu.care.choices import (
    EVENT_SERVICES,
    EVENT_TONES,
    INVITATION_TONES,
    EventState,
    InvitationState,
)
from dakehu.care.policies import WRITE
from dakehu.care.queries import events as queries
from dakehu.ui.panels import Panel, panels_for
from dakehu.ui.words import yuan

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PANEL_SHOWN = 5
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Part:
    """How many of one's own guests stand at one state, and their list."""

    words: str
    tone: str
    count: int
    url: str


@dataclass(frozen=True)
class EventPage:
    """One event: its plan, how full it is, how one's own guests stand, what may be done."""

    event: Any
    tone: str
    service: str
    free: int
    share: int
    parts: tuple[Part, ...]
    cost_planned: str
    cost_spent: str
    guests_url: str
    has_begun: bool
    may_keep: bool
    may_invite: bool
    panels: tuple[Panel, ...]


def event_page(actor: "Staff", event: Any, *, on: date) -> EventPage:
    """Gather one event that the actor may see."""
    guests_url = f"{reverse('care:invitation_list')}?event={event.pk}"
    rows = queries.invitations_visible_to(actor).filter(event=event.pk).order_by()
    counts = dict(rows.values_list("state").annotate(count=Count("pk")))
    is_planned = event.state == EventState.PLANNED
    return EventPage(
        event=event,
        tone=EVENT_TONES[event.state],
        service=EVENT_SERVICES.get(event.kind, ""),
        free=max(event.capacity - event.seated, 0),
        share=min(round(100 * event.seated / event.capacity), 100),
        parts=parts_of(counts, guests_url),
        cost_planned=yuan(event.cost_planned_fen),
        cost_spent=yuan(event.cost_spent_fen),
        guests_url=guests_url,
        has_begun=event.day <= on,
        may_keep=is_planned
        and actor.may(WRITE)
        and queries.events_kept_by(actor).filter(pk=event.pk).exists(),
        may_invite=is_planned and actor.may(WRITE),
        panels=panels_for("event", actor),
    )


def parts_of(counts: Mapping[str, int], url: str) -> tuple[Part, ...]:
    """Return how many guests stand where, each with its list."""
    return tuple(
        Part(
            str(state.label), INVITATION_TONES[state], counts[state], f"{url}&state={state.value}"
        )
        for state in InvitationState
        if counts.get(state)
    )


@dataclass(frozen=True)
class CalendarDay:
    """One day of the month with its events."""

    day: date
    is_inside: bool
    is_today: bool
    events: tuple[tuple[Any, str], ...]


@dataclass(frozen=True)
class CalendarPage:
    """A month of events, and the ways to others."""

    title: str
    weeks: tuple[tuple[CalendarDay, ...], ...]
    before: str
    after: str
    may_plan: bool
    count: int


def calendar_page(actor: "Staff", month: date, *, on: date) -> CalendarPage:
    """Gather the events of a month as the actor sees them."""
    last = following(month) - timedelta(days=1)
    first_shown = month - timedelta(days=month.weekday())
    last_shown = last + timedelta(days=DAYS_OF_WEEK - 1 - last.weekday())
    by_day: dict[date, list[tuple[Any, str]]] = {}
    for event in queries.events_between(actor, first_shown, last_shown):
        by_day.setdefault(event.day, []).append((event, EVENT_TONES[event.state]))
    shown = [first_shown + timedelta(days=n) for n in range((last_shown - first_shown).days + 1)]
    days = [
        CalendarDay(day, day.month == month.month, day == on, tuple(by_day.get(day, ())))
        for day in shown
    ]
    url = reverse("care:event_calendar")
    return CalendarPage(
        title=date_format(month, "YEAR_MONTH_FORMAT"),
        weeks=tuple(tuple(days[start : start + DAYS_OF_WEEK]) for start in range(0, len(days), 7)),
        before=f"{url}?month={month - timedelta(days=1):%Y-%m}",
        after=f"{url}?month={following(month):%Y-%m}",
        may_plan=actor.may(WRITE),
        count=sum(len(each.events) for each in days if each.is_inside),
    )


def following(month: date) -> date:
    """Return the first day of the month after one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


@dataclass(frozen=True)
class InvitationPage:
    """One invitation, and what may be done with it."""

    invitation: Any
    tone: str
    event_url: str
    customer_url: str
    may_answer: bool
    may_mark: bool
    may_follow: bool


def invitation_page(actor: "Staff", invitation: Any, *, on: date) -> InvitationPage:
    """Gather one invitation that the actor may see."""
    event, may = invitation.event, actor.may(WRITE)
    return InvitationPage(
        invitation=invitation,
        tone=INVITATION_TONES[invitation.state],
        event_url=reverse("care:event", args=[event.pk]),
        customer_url=reverse("desk:customer", args=[invitation.customer_id]),
        may_answer=may and event.state == EventState.PLANNED,
        may_mark=may and event.state != EventState.CANCELLED and event.day <= on,
        may_follow=may and event.state != EventState.CANCELLED,
    )


@dataclass(frozen=True)
class EventPanel:
    """The events to which a customer is or was invited."""

    lines: tuple[tuple[Any, str], ...]
    url: str
    came: int


def event_panel(actor: "Staff", customer: Any) -> EventPanel:
    """Gather the invitations of a customer whom the actor may see."""
    found = queries.invitations_of(actor, customer.pk)
    lines = tuple((each, INVITATION_TONES[each.state]) for each in found[:PANEL_SHOWN])
    return EventPanel(
        lines=lines,
        url=f"{reverse('care:invitation_list')}?customer={customer.pk}",
        came=found.filter(state=InvitationState.ATTENDED).count(),
    )
