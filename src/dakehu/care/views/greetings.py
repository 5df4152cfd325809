"""Screens of greetings: the list with its decisions, one greeting and what came of it (C9)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.care import jobs
from dakehu.care.errors import UnableToGreet
from dakehu.care.filters import GreetingFilter
from dakehu.care.forms.greetings import GreetedForm, GreetingForm
from dakehu.care.operations import greetings as operations
from dakehu.care.operations.greeting_messages import send_greeting
from dakehu.care.pages import greetings as pages
from dakehu.care.pages.visits import Sheet
from dakehu.care.policies import APPROVE, EXPORT, VIEW, WRITE
from dakehu.care.queries import greetings as queries
from dakehu.care.tables import GreetingTable
from dakehu.care.views.visits import refuse, show
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent
from dakehu.ui.responses import back

GREETINGS = lists.ListScreen(
    name="care:greeting_list",
    title=gettext_lazy("Greetings"),
    permission=VIEW,
    rows=queries.greetings_visible_to,
    table=GreetingTable,
    filterset=GreetingFilter,
    sorts={"day": ("day",)},
    default_sort="day",
    icon="gift",
    help_text=gettext_lazy(
        "Festivals and days to remember of groups and key persons, in the forms of their level."
    ),
    empty_title=gettext_lazy("No greetings"),
    empty_text=gettext_lazy("They are proposed some days ahead, every morning by themselves."),
    row_url=lambda row: reverse("care:greeting", args=[row.pk]),
    actions=(
        lists.Action(gettext_lazy("Festivals"), "confetti", "care:festival_list", "care.rules"),
        lists.Action(gettext_lazy("Wordings"), "quote", "care:wording_list", "care.rules"),
    ),
    bulk=(
        lists.BulkAction(
            gettext_lazy("Approve"),
            "care:greeting_approve",
            APPROVE,
            confirm=gettext_lazy("Approve the chosen greetings? Their managers are then asked."),
            icon="check",
        ),
        lists.BulkAction(
            gettext_lazy("Do not approve"),
            "care:greeting_refuse",
            APPROVE,
            confirm=gettext_lazy("Leave the chosen greetings out? They are not proposed again."),
            icon="x",
        ),
    ),
    export_permission=EXPORT,
)


@require_GET
def greeting_list(request: HttpRequest) -> HttpResponseBase:
    """The greetings within reach, and the way to have them proposed now."""
    may = request.user.may(APPROVE)
    return lists.show(request, GREETINGS, template="care/greeting_list.html", may_propose=may)


@require_POST
def greeting_propose(request: HttpRequest) -> HttpResponse:
    """Let the greetings of the coming days be proposed now."""
    require(request.user, APPROVE)
    jobs.propose_now.enqueue()
    messages.success(request, _("The proposals are being made; they stand here in a moment."))
    return back(request, GREETINGS.name)


@require_POST
def greeting_approve(request: HttpRequest) -> HttpResponse:
    """Approve the chosen greetings."""
    return decide(request, approve=True)


@require_POST
def greeting_refuse(request: HttpRequest) -> HttpResponse:
    """Leave the chosen greetings out."""
    return decide(request, approve=False)


def decide(request: HttpRequest, *, approve: bool) -> HttpResponse:
    """Decide on the chosen greetings, and tell how many were to be decided."""
    require(request.user, APPROVE)
    chosen = lists.chosen(request, GREETINGS)
    asked = chosen.count()
    count = operations.decide_greetings(
        greetings=chosen, approve=approve, by=request.user, at=timezone.now()
    )
    words = ngettext("%(count)s greeting was decided.", "%(count)s greetings were decided.", count)
    messages.success(request, words % {"count": count})
    if count < asked:
        messages.info(
            request, _("Others were decided already, or are your own: a second person decides.")
        )
    return back(request, GREETINGS.name)


@require_GET
def greeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One greeting."""
    require(request.user, VIEW)
    greeting = queries.get_greeting(request.user, pk)
    page = pages.greeting_page(request.user, greeting, on=timezone.localdate())
    return render(request, "care/greeting.html", {"page": page})


@require_http_methods(["GET", "POST"])
def greeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Word a proposed greeting, or choose another form."""
    require(request.user, WRITE)
    greeting = queries.get_greeting(request.user, pk)
    form = GreetingForm(sent(request), instance=greeting)
    url = reverse("care:greeting", args=[pk])
    sheet = Sheet(_("Word the greeting"), form, url, f"{greeting.customer} · {greeting.title}")
    if form.is_bound and form.is_valid():
        try:
            operations.word_greeting(
                greeting=form.instance,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToGreet as refusal:
            refuse(form, refusal)
        else:
            return kept(request, pk)
    return show(request, sheet)


@require_http_methods(["GET", "POST"])
def greeting_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what came of a greeting."""
    require(request.user, WRITE)
    greeting: Any = queries.get_greeting(request.user, pk)
    form = GreetedForm(sent(request), auto_id="greeted_%s")
    url = reverse("care:greeting", args=[pk])
    about = f"{greeting.customer} · {greeting.title}"
    sheet = Sheet(_("Record the greeting"), form, url, about, _("Record"))
    if form.is_bound and form.is_valid():
        try:
            operations.record_greeting(
                greeting=greeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except UnableToGreet as refusal:
            refuse(form, refusal)
        else:
            return kept(request, pk)
    return show(request, sheet)


@require_POST
def greeting_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a greeting now, by SMS or e-mail."""
    require(request.user, WRITE)
    greeting = queries.get_greeting(request.user, pk)
    try:
        send_greeting(greeting=greeting, by=request.user, at=timezone.now())
    except UnableToGreet as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The message leaves in a moment."))
    return redirect("care:greeting", pk)


@require_POST
def greeting_want(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the customer of a greeting wants none, or wants them again."""
    require(request.user, WRITE)
    greeting = queries.get_greeting(request.user, pk)
    act = {"customer": greeting.customer, "by": request.user, "at": timezone.now()}
    if queries.unwanted_by([greeting.customer_id]):
        operations.want_greetings_again(**act)
        messages.success(request, _("This customer is greeted again."))
    else:
        operations.want_no_greetings(note="", **act)
        messages.success(request, _("This customer is greeted no more."))
    return redirect("care:greeting", pk)


def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Report what was kept, on the page of the greeting."""
    messages.success(request, _("Saved."))
    return redirect("care:greeting", pk)
