"""Screens of snapshot cohorts: the list, freezing, one cohort, its members (T17, S4)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.common.events import announce
from dakehu.people.policies import require
from dakehu.tiering.errors import UnableToFollow
from dakehu.tiering.filters.cohorts import CohortFilter, MemberFilter
from dakehu.tiering.forms.cohorts import FreezeForm
from dakehu.tiering.jobs import cohorts as jobs
from dakehu.tiering.operations import cohorts as operations
from dakehu.tiering.pages.cohort_books import cohort_book, compared_cohorts
from dakehu.tiering.pages.cohorts import cohort_page
from dakehu.tiering.policies import FREEZE, VIEW
from dakehu.tiering.queries import cohorts as queries
from dakehu.tiering.queries.bars import default_cohort
from dakehu.tiering.queries.sources import newest_day
from dakehu.tiering.tables.cohorts import CohortTable, MemberTable
from dakehu.ui import lists, panels
from dakehu.ui.events import RowsExported
from dakehu.ui.lists import exports
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import render_page

COHORTS = lists.ListScreen(
    name="tiering:cohort_list",
    title=gettext_lazy("Snapshot cohorts"),
    permission=VIEW,
    rows=queries.cohorts_known,
    table=CohortTable,
    filterset=CohortFilter,
    sorts={"day": ("day",), "made": ("created_at",)},
    default_sort="-day",
    icon="camera",
    help_text=gettext_lazy(
        "Who was there on a day, frozen, and how many of them were retained since. Leavers stay "
        "in the denominator."
    ),
    empty_title=gettext_lazy("No cohort yet"),
    empty_text=gettext_lazy("Freeze one as of a day; every night tells what became of it."),
    row_url=lambda row: reverse("tiering:cohort", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Freeze a cohort"), "camera", "tiering:cohort_new", FREEZE, primary=True
        ),
    ),
)
MEMBERS = lists.ListScreen(
    name="tiering:member_list",
    title=gettext_lazy("Members of a cohort"),
    permission=VIEW,
    rows=queries.stays_visible_to,
    table=MemberTable,
    filterset=MemberFilter,
    sorts={"number": ("customer__number",), "since": ("active_from",)},
    default_sort="number",
    icon="users",
    help_text=gettext_lazy("As far as these customers are within your reach."),
    empty_title=gettext_lazy("No such members"),
    empty_text=gettext_lazy("Open the list from a cohort, or ask for less."),
    row_url=lambda row: reverse("desk:customer", args=[row.customer_id]),
    export_permission="customers.export",
    personal=True,
)


@require_GET
def cohort_list(request: HttpRequest) -> HttpResponseBase:
    """All cohorts."""
    return lists.show(request, COHORTS)


@require_GET
def member_list(request: HttpRequest) -> HttpResponseBase:
    """The members of a cohort on a day."""
    return lists.show(request, MEMBERS)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_new(request: HttpRequest) -> HttpResponse:
    """Freeze a cohort; the form begins with the shipped bar."""
    require(request.user, FREEZE)
    newest = newest_day()
    if request.method == "POST":
        form = FreezeForm(request.POST, newest=newest)
        if form.is_valid() and (cohort := frozen(request, form)):
            return redirect("tiering:cohort", cohort.pk)
    else:
        form = FreezeForm(newest=newest, initial=shipped_bar())
    status = 422 if form.errors else 200
    return render(request, "tiering/cohort_new.html", {"form": form}, status=status)


def shipped_bar() -> dict[str, Any]:
    """Return the shipped cohort as the form shows it: amounts in yuan."""
    shipped = default_cohort()
    bar = shipped["bar"]
    return {
        "measure": bar["measure"],
        "sign": bar["is"],
        "value": bar["value"] // 100,
        "at_bar": shipped["at_bar"],
    }


def frozen(request: HttpRequest, form: FreezeForm) -> Any:
    """Freeze what the form says; a refusal is said on the form."""
    chosen = form.cleaned_data
    try:
        return jobs.freeze(
            name=chosen["name"],
            day=chosen["day"],
            bar=chosen["node"],
            at_bar=chosen["at_bar"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToFollow as refusal:
        form.add_error("day", str(refusal))
        return None


@require_GET
def cohort_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One cohort on a day, beside others."""
    require(request.user, VIEW)
    cohort = queries.get_cohort(request.user, pk)
    others = [whole_number(each) or 0 for each in request.GET.getlist("with")]
    page = cohort_page(request.user, cohort, day=day_in(request), others=others)
    held = panels.panels_for("cohort", request.user) if page.day else ()
    context = {"page": page, "panels": held}
    return render_page(request, "tiering/cohort.html", "tiering/_cohort_body.html", context)


def day_in(request: HttpRequest) -> date | None:
    """Return the day that the address names; a faulty one is none."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


@require_GET
def cohort_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A cohort and those beside it, day by day, as a workbook."""
    require(request.user, VIEW)
    cohort, now = queries.get_cohort(request.user, pk), timezone.now()
    others = [whole_number(each) or 0 for each in request.GET.getlist("with")]
    compared = compared_cohorts(request.user, cohort, others)
    columns, lines = cohort_book(request.user, compared)
    head = exports.Head(
        title=_("Snapshot cohorts"),
        viewer=f"{request.user.name} ({request.user.unit})",
        at=now,
        filters=" · ".join(each.name for each in compared),
    )
    workbook, count = exports.workbook_of(head, columns, lines)
    chosen = {"cohorts": ",".join(str(each.pk) for each in compared)}
    announce(RowsExported(request.user, "tiering:cohort_file", count, chosen, now))
    name = f"{head.title}-{timezone.localtime(now):%Y%m%d-%H%M}.xlsx"
    return FileResponse(workbook, as_attachment=True, filename=name)


@require_POST
def cohort_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the night follow a cohort, or no longer."""
    require(request.user, FREEZE)
    cohort = queries.get_cohort(request.user, pk)
    wanted = not cohort.is_followed
    operations.keep_following(cohort, wanted=wanted, by=request.user, at=timezone.now())
    words = _("Every night tells what became of it.") if wanted else _("It rests as it is.")
    messages.success(request, words)
    return redirect("tiering:cohort", pk)


@require_POST
def cohort_catch_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with freezing, or with the days that were not looked at."""
    require(request.user, FREEZE)
    cohort = queries.get_cohort(request.user, pk)
    jobs.ask_to_catch_up(cohort)
    messages.success(request, _("This takes a moment; the page shows how far it is."))
    return redirect("tiering:cohort", pk)


@require_POST
def cohort_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a cohort."""
    require(request.user, FREEZE)
    cohort = queries.get_cohort(request.user, pk)
    operations.remove_cohort(cohort, by=request.user, at=timezone.now())
    messages.success(request, _("The cohort was removed."))
    return redirect("tiering:cohort_list")
