"""Screens of visits: agenda, list, plan, one visit, its record, a customer's visits (G6)."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.audit.errors import EditedMeanwhile
from dakehu.care.choices import Span, VisitState
from dakehu.care.errors import UnableToVisit
from dakehu.care.filters import VisitFilter
from dakehu.care.forms.visits import CancelForm, RecordForm, VisitForm, WhomForm
from dakehu.care.operations import visits as operations
from dakehu.care.pages import visits as pages
from dakehu.care.policies import EXPORT, VIEW, WRITE
from dakehu.care.queries import visits as queries
from dakehu.care.tables import VisitTable
from dakehu.customers.queries import get_customer
from dakehu.files.errors import UnableToAttach
from dakehu.people.policies import require
from dakehu.people.queries import staff_visible_to
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

UNPROCESSABLE = 422

VISITS = lists.ListScreen(
    name="care:visit_list",
    title=gettext_lazy("Visits"),
    permission=VIEW,
    rows=queries.visits_visible_to,
    table=VisitTable,
    filterset=VisitFilter,
    sorts={"day": ("day",)},
    default_sort="-day",
    icon="map-pin",
    help_text=gettext_lazy("Planned and made, with what came of them."),
    empty_title=gettext_lazy("No visits"),
    empty_text=gettext_lazy("Plan one with the button above, or from a customer's page."),
    row_url=lambda row: reverse("care:visit", args=[row.pk]),
    actions=(
        lists.Action(gettext_lazy("Plan a visit"), "plus", "care:visit_new", WRITE, primary=True),
        lists.Action(gettext_lazy("My agenda"), "calendar-week", "care:agenda", VIEW),
    ),
    export_permission=EXPORT,
)


@require_GET
def agenda(request: HttpRequest) -> HttpResponse:
    """Somebody's day or week with the proposed route of every day."""
    require(request.user, VIEW)
    on = timezone.localdate()
    page = pages.agenda(
        request.user,
        person_in(request),
        span=Span.WEEK if request.GET.get("span") == Span.WEEK else Span.DAY,
        day=day_in(request, on),
        on=on,
    )
    return render(request, "care/agenda.html", {"page": page})


def person_in(request: HttpRequest) -> Any:
    """
    Return whose agenda the address names; one's own if it names none.

    :raises Http404: if the person is beyond reach.
    """
    typed = request.GET.get("staff", "")
    if not typed or typed == str(request.user.pk):
        return request.user
    number = int(typed) if typed.isascii() and typed.isdigit() else 0
    found = staff_visible_to(request.user).filter(pk=number).first()
    if found is None or not request.user.may("care.approve"):
        raise Http404
    return found


def day_in(request: HttpRequest, default: date) -> date:
    """Return the day that the address names; nonsense means today."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return default
    return day if 2000 <= day.year < 2100 else default


@require_GET
def visit_list(request: HttpRequest) -> HttpResponseBase:
    """The visits within reach."""
    return lists.show(request, VISITS)


@require_http_methods(["GET", "POST"])
def visit_new(request: HttpRequest) -> HttpResponse:
    """Plan a visit; without a customer in the address it is asked first at whom."""
    require(request.user, WRITE)
    typed = request.GET.get("customer", "")
    if not (typed.isascii() and typed.isdigit()):
        return ask_whom(request)
    customer = get_customer(request.user, int(typed))
    now = timezone.now()
    visit = operations.unsaved_visit(customer=customer, day=day_in(request, timezone.localdate()))
    form = VisitForm(sent(request), instance=visit, actor=request.user, initial={"version": 0})
    sheet = pages.Sheet(
        _("Plan a visit"),
        form,
        reverse(VISITS.name),
        about=str(customer),
        submit=_("Plan the visit"),
        icon="calendar-plus",
    )
    if form.is_bound and form.is_valid():
        try:
            planned = operations.plan_visit(
                visit=form.instance, party=form.party, by=request.user, at=now
            )
        except UnableToVisit as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Planned. It stands in the agenda and among the to-dos."))
            return redirect("care:visit", planned.pk)
    return show(request, sheet)


def ask_whom(request: HttpRequest) -> HttpResponse:
    """Ask at which customer the visit is to be, and go on to its plan."""
    form = WhomForm(sent(request), actor=request.user)
    if form.is_bound and form.is_valid():
        address = f"{reverse('care:visit_new')}?customer={form.cleaned_data['number'].pk}"
        if day := request.GET.get("day"):
            address += f"&day={day_in(request, timezone.localdate()).isoformat()}" if day else ""
        return HttpResponseRedirect(address)
    sheet = pages.Sheet(
        _("Plan a visit"), form, reverse(VISITS.name), submit=_("Go on"), icon="arrow-right"
    )
    return show(request, sheet)


@require_GET
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit with its evidence."""
    require(request.user, VIEW)
    page = pages.visit_page(request.user, queries.get_visit(request.user, pk))
    return render(request, "care/visit.html", {"page": page})


@require_http_methods(["GET", "POST"])
def visit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a planned visit."""
    require(request.user, WRITE)
    visit = queries.get_visit(request.user, pk)
    if visit.state != VisitState.PLANNED:
        return over(request, pk)
    form = VisitForm(sent(request), instance=visit, actor=request.user)
    sheet = pages.Sheet(
        _("Change the visit"), form, reverse("care:visit", args=[pk]), about=str(visit.customer)
    )
    if form.is_bound and form.is_valid():
        try:
            operations.change_visit(
                visit=form.instance,
                version=form.known_version,
                reason=form.told_reason,
                party=form.party,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToVisit as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("care:visit", pk)
    return show(request, sheet)


@require_http_methods(["GET", "POST"])
def visit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a planned visit with a reason."""
    require(request.user, WRITE)
    visit = queries.get_visit(request.user, pk)
    form = CancelForm(sent(request))
    sheet = pages.Sheet(
        _("Cancel the visit"),
        form,
        reverse("care:visit", args=[pk]),
        about=f"{visit.customer} · {visit.day:%Y-%m-%d} · {visit.about}",
        submit=_("Cancel the visit"),
        icon="calendar-off",
        is_grave=True,
    )
    if form.is_bound and form.is_valid():
        try:
            operations.cancel_visit(
                visit=visit, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except UnableToVisit as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The visit is cancelled."))
            return redirect("care:visit", pk)
    return show(request, sheet)


@require_http_methods(["GET", "POST"])
def visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what came of a visit."""
    require(request.user, WRITE)
    visit = queries.get_visit(request.user, pk)
    if visit.state != VisitState.PLANNED:
        return over(request, pk)
    now = timezone.now()
    form = RecordForm(sent(request), request.FILES or None, visit=visit, now=moment(visit, now))
    sheet = pages.Sheet(
        _("Record the visit"),
        form,
        reverse("care:visit", args=[pk]),
        about=f"{visit.customer} · {visit.day:%Y-%m-%d} · {visit.about}",
        submit=_("Record"),
        is_multipart=True,
    )
    if form.is_bound and form.is_valid():
        try:
            operations.record_visit(
                visit=visit,
                report=form.told,
                photo=form.cleaned_data["photo"],
                by=request.user,
                at=now,
            )
        except UnableToVisit as refusal:
            refuse(form, refusal)
        except UnableToAttach as refusal:
            form.add_error("photo", str(refusal))
        else:
            messages.success(request, _("Recorded. It stands in your work log."))
            return redirect("care:visit", pk)
    return show(request, sheet)


def moment(visit: Any, now: datetime) -> datetime:
    """Return when a visit was most likely made: as agreed, but never later than now."""
    if visit.time is None:
        return operations.local_minute(now)
    agreed = timezone.make_aware(datetime.combine(visit.day, visit.time))
    return operations.local_minute(min(agreed, now))


@require_GET
def visit_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The next and the last visits at a customer, for the customer's page."""
    require(request.user, VIEW)
    customer = get_customer(request.user, customer_id)
    panel = pages.visit_panel(request.user, customer, on=timezone.localdate())
    return render(request, "care/_visit_panel.html", {"panel": panel})


def over(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a visit is planned no more, on its page."""
    messages.error(request, _("This visit was recorded or cancelled already."))
    return redirect("care:visit", pk)


def refuse(form: Any, refusal: Any) -> None:
    """Show a refusal at the input that it concerns, if the form has it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def show(request: HttpRequest, sheet: pages.Sheet) -> HttpResponse:
    """Show a form as a page; one that was refused with what is wrong."""
    status = UNPROCESSABLE if sheet.form.errors else 200
    return render(request, "care/form.html", {"sheet": sheet}, status=status)
