"""Working calendars of units: a year at a glance, hours by two people, days by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.clocks import operations, queries
from dakehu.clocks.errors import UnableToSetCalendar
from dakehu.clocks.filters import CalendarFilter
from dakehu.clocks.forms import DayForm, HoursForm
from dakehu.clocks.pages import calendars as pages
from dakehu.clocks.tables import CalendarTable
from dakehu.people.policies import require
from dakehu.people.queries import get_unit
from dakehu.ui import lists
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422

CALENDARS = lists.ListScreen(
    name="clocks:calendars",
    title=gettext_lazy("Working calendars"),
    permission="clocks.view",
    rows=queries.units_with_calendars,
    table=CalendarTable,
    filterset=CalendarFilter,
    sorts={"name": ("path",)},
    default_sort="name",
    icon="calendar-week",
    help_text=gettext_lazy(
        "When which unit works. A unit without hours of its own has those of the unit above."
    ),
    empty_title=gettext_lazy("No unit"),
    row_url=lambda unit: reverse("clocks:calendar", args=[unit.pk]),
)


@require_GET
def calendar_list(request: HttpRequest) -> HttpResponseBase:
    """The units and what each set in its calendar."""
    return lists.show(request, CALENDARS)


@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A year of a unit's calendar."""
    require(request.user, "clocks.view")
    today = timezone.localdate()
    year = pages.known_year(whole_number(request.GET.get("year", "")), on=today)
    page = pages.calendar_page(request.user, get_unit(request.user, pk), year, on=today)
    context = {"page": page}
    return render_page(request, "clocks/calendar.html", "clocks/_calendar.html", context)


@require_http_methods(["GET", "POST"])
def hours_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose other hours of the week."""
    require(request.user, "clocks.rules")
    unit, today = get_unit(request.user, pk), timezone.localdate()
    present = queries.calendar_of(unit, on=today).hours_on(today)
    form = HoursForm(sent(request), hours=present, initial={"active_from": today})
    if form.is_bound and form.is_valid():
        try:
            operations.propose_hours(
                unit=unit,
                hours=form.hours,
                active_from=form.cleaned_data["active_from"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSetCalendar as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(
                request, unit, _("Proposed. The hours hold once somebody else publishes them.")
            )
    return show(request, unit, form, _("Propose hours"), "clocks:hours_propose")


@require_POST
def hours_publish(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Let proposed hours hold."""
    require(request.user, "clocks.rules")
    unit = get_unit(request.user, pk)
    version = whole_number(request.POST.get("version", "")) or 0
    try:
        operations.publish_hours(
            proposed=queries.get_hours(unit, row),
            version=version,
            by=request.user,
            at=timezone.now(),
        )
    except UnableToSetCalendar as refusal:
        messages.error(request, str(refusal))
        return back(request, "clocks:calendar", unit.pk)
    return done(request, unit, _("Published."))


@require_POST
def hours_withdraw(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Withdraw hours that do not hold yet."""
    require(request.user, "clocks.rules")
    unit = get_unit(request.user, pk)
    try:
        operations.withdraw_hours(
            kept=queries.get_hours(unit, row), by=request.user, at=timezone.now()
        )
    except UnableToSetCalendar as refusal:
        messages.error(request, str(refusal))
        return back(request, "clocks:calendar", unit.pk)
    return done(request, unit, _("Withdrawn."))


@require_http_methods(["GET", "POST"])
def day_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Set other hours of one day, or none."""
    require(request.user, "clocks.edit")
    unit = get_unit(request.user, pk)
    form = DayForm(sent(request), initial={"day": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            operations.set_day(
                unit=unit,
                day=form.cleaned_data["day"],
                intervals=form.cleaned_data["intervals"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSetCalendar as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, unit, _("Set for this unit and all below it."))
    return show(request, unit, form, _("Set a day"), "clocks:day_set")


@require_POST
def day_clear(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take back what was set for a day."""
    require(request.user, "clocks.edit")
    unit = get_unit(request.user, pk)
    operations.clear_day(kept=queries.get_day(unit, row), by=request.user, at=timezone.now())
    return done(request, unit, _("The day is again what the calendar makes of it."))


def show(
    request: HttpRequest, unit: Any, form: forms.Form, title: str, address: str
) -> HttpResponse:
    """Show a form in the drawer, or as a page."""
    context = {
        "form": form,
        "unit": unit,
        "title": title,
        "address": reverse(address, args=[unit.pk]),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render_page(request, "clocks/form.html", "clocks/_form.html", context, status=status)


def done(request: HttpRequest, unit: Any, words: str) -> HttpResponse:
    """Report what was done, and go back to the calendar."""
    messages.success(request, words)
    return back(request, "clocks:calendar", unit.pk)
