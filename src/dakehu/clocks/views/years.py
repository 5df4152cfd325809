"""The public days of a year as announced: entered by one person, published by another."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dakehu.clocks import operations, queries
from dakehu.clocks.errors import UnableToSetCalendar
from dakehu.clocks.forms import YearForm
from dakehu.clocks.queries.calendars import YEARS_AHEAD
from dakehu.people.policies import require
from dakehu.people.queries import get_unit, top_unit
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422
RULES = "clocks.rules"


@require_http_methods(["GET", "POST"])
def year_propose(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the public days of a year; the form begins with what is known of it."""
    require(request.user, RULES)
    today, unit = timezone.localdate(), whole_of(request)
    if not today.year <= year <= today.year + YEARS_AHEAD:
        raise Http404
    form = YearForm(sent(request), year=year, public=queries.public_days(year))
    if form.is_bound and form.is_valid():
        try:
            operations.propose_year(
                announced=form.announced,
                source=form.cleaned_data["source"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSetCalendar as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Entered. The days are official once somebody else publishes them.")
            messages.success(request, words)
            return back(request, "clocks:calendar", unit.pk)
    context = {
        "form": form,
        "unit": unit,
        "title": _("Holidays of %(year)s as announced") % {"year": year},
        "address": reverse("clocks:year_propose", args=[year]),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render_page(request, "clocks/form.html", "clocks/_form.html", context, status=status)


@require_POST
def year_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make announced days official."""
    require(request.user, RULES)
    whole_of(request)
    row, version = queries.get_announced(pk), whole_number(request.POST.get("version", "")) or 0

    def publish() -> None:
        operations.publish_year(proposed=row, version=version, by=request.user, at=timezone.now())

    return answered(request, publish, _("Published. Open clocks are reckoned anew."))


@require_POST
def year_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw announced days that do not hold yet."""
    require(request.user, RULES)
    whole_of(request)
    row = queries.get_announced(pk)

    def withdraw() -> None:
        operations.withdraw_year(kept=row, by=request.user, at=timezone.now())

    return answered(request, withdraw, _("Withdrawn."))


def whole_of(request: HttpRequest) -> Any:
    """
    Return the topmost unit, whose days all units have.

    :raises Http404: if it lies beyond the reach of whoever asks.
    """
    top = top_unit()
    return get_unit(request.user, top.pk if top else 0)


def answered(request: HttpRequest, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do something, say what was done or why not, and go back to the calendar."""
    try:
        act()
    except UnableToSetCalendar as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return back(request, "clocks:calendar", whole_of(request).pk)
