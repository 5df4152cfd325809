"""Screens of events: list, month, plan, one event, its end, a customer's (C8, C10, C12, G7)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.audit.errors import EditedMeanwhile
from dakehu.care.choices import EventState
from dakehu.care.errors import UnableToInvite
from dakehu.care.filters import EventFilter
from dakehu.care.forms.events import CloseForm, EventForm
from dakehu.care.forms.visits import CancelForm
from dakehu.care.operations import events as operations
from dakehu.care.pages import events as pages
from dakehu.care.pages.visits import Sheet
from dakehu.care.policies import EXPORT, VIEW, WRITE
from dakehu.care.queries import events as queries
from dakehu.care.tables import EventTable
from dakehu.care.views.visits import refuse, show
from dakehu.customers.queries import get_customer
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

EVENTS = lists.ListScreen(
    name="care:event_list",
    title=gettext_lazy("Events"),
    permission=VIEW,
    rows=queries.events_counted,
    table=EventTable,
    filterset=EventFilter,
    sorts={"day": ("day",)},
    default_sort="-day",
    icon="calendar-star",
    help_text=gettext_lazy(
        "Seminars, trainings, fellowships: who is invited, who comes, who was there."
    ),
    empty_title=gettext_lazy("No events"),
    empty_text=gettext_lazy("Plan one with the button above, then invite customers to it."),
    row_url=lambda row: reverse("care:event", args=[row.pk]),
    actions=(
        lists.Action(gettext_lazy("Plan an event"), "plus", "care:event_new", WRITE, primary=True),
        lists.Action(gettext_lazy("By month"), "calendar-month", "care:event_calendar", VIEW),
        lists.Action(gettext_lazy("Guests"), "users-group", "care:invitation_list", VIEW),
    ),
    export_permission=EXPORT,
)


@require_GET
def event_list(request: HttpRequest) -> HttpResponseBase:
    """The events that concern the person."""
    return lists.show(request, EVENTS)


@require_GET
def event_calendar(request: HttpRequest) -> HttpResponse:
    """A month of events."""
    require(request.user, VIEW)
    on = timezone.localdate()
    page = pages.calendar_page(request.user, month_in(request, on), on=on)
    return render(request, "care/event_calendar.html", {"page": page})


def month_in(request: HttpRequest, on: date) -> date:
    """Return the first day of the month that the address names; nonsense means this month."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return on.replace(day=1)
    return month if 2000 <= month.year < 2100 else on.replace(day=1)


@require_http_methods(["GET", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """Plan an event."""
    require(request.user, WRITE)
    event = operations.unsaved_event(day=timezone.localdate(), unit=request.user.unit)
    form = EventForm(sent(request), instance=event, actor=request.user, initial={"version": 0})
    sheet = Sheet(
        _("Plan an event"),
        form,
        reverse(EVENTS.name),
        submit=_("Plan the event"),
        icon="calendar-plus",
    )
    if form.is_bound and form.is_valid():
        try:
            planned = operations.plan_event(
                event=form.instance, by=request.user, at=timezone.now()
            )
        except UnableToInvite as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Planned. Now invite customers."))
            return redirect("care:event", planned.pk)
    return show(request, sheet)


@require_GET
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event."""
    require(request.user, VIEW)
    event = queries.get_event(request.user, pk)
    page = pages.event_page(request.user, event, on=timezone.localdate())
    return render(request, "care/event.html", {"page": page})


@require_http_methods(["GET", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a planned event."""
    require(request.user, WRITE)
    event = queries.get_kept_event(request.user, pk)
    if event.state != EventState.PLANNED:
        return over(request, pk)
    form = EventForm(sent(request), instance=event, actor=request.user)
    sheet = Sheet(_("Change the event"), form, reverse("care:event", args=[pk]), str(event))
    if form.is_bound and form.is_valid():
        try:
            operations.change_event(
                event=form.instance,
                version=form.known_version,
                reason=form.told_reason,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToInvite as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("care:event", pk)
    return show(request, sheet)


@require_http_methods(["GET", "POST"])
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a planned event with a reason."""
    return end(request, pk, CancelForm, operations.cancel_event, _("Cancel the event"), grave=True)


@require_http_methods(["GET", "POST"])
def event_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an event that was held: its cost and what came of it."""
    return end(request, pk, CloseForm, operations.close_event, _("Close the event"))


def end(
    request: HttpRequest, pk: int, form_type: Any, act: Any, title: str, *, grave: bool = False
) -> HttpResponse:
    """End an event by a form, in one of two ways."""
    require(request.user, WRITE)
    event = queries.get_kept_event(request.user, pk)
    form = form_type(sent(request))
    about = f"{event.title} · {event.day:%Y-%m-%d}"
    sheet = Sheet(
        title, form, reverse("care:event", args=[pk]), about, submit=title, is_grave=grave
    )
    if form.is_bound and form.is_valid():
        try:
            act(event=event, **form.cleaned_data, by=request.user, at=timezone.now())
        except UnableToInvite as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("care:event", pk)
    return show(request, sheet)


@require_GET
def event_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The events to which a customer is invited, for the customer's page."""
    require(request.user, VIEW)
    panel = pages.event_panel(request.user, get_customer(request.user, customer_id))
    return render(request, "care/_event_panel.html", {"panel": panel})


def over(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an event is planned no more, on its page."""
    messages.error(request, _("This event was held or cancelled already."))
    return redirect("care:event", pk)
