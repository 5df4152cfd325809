"""Waiving, providing, trials and launches: forms in the drawer, or as pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.customers.queries import get_customer
from dakehu.obligations import operations
from dakehu.obligations.choices import JOINT, SPARED
from dakehu.obligations.errors import ObligationRefusal
from dakehu.obligations.forms import (
    JointEndForm,
    LaunchForm,
    MarkForm,
    MoveForm,
    OutcomeForm,
    ProvideForm,
    TrialForm,
    WaiveForm,
)
from dakehu.obligations.pages.details import (
    new_provision,
    obligation_facts,
    provision_facts,
    trial_facts,
)
from dakehu.obligations.policies import APPROVE, EDIT, VIEW
from dakehu.obligations.queries import boards
from dakehu.obligations.queries.wording import service_names
from dakehu.people.choices import ServiceCode
from dakehu.people.policies import may, require
from dakehu.ui.forms import sent
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422
PROVIDED = (
    ServiceCode.REPRESENTATIVE,
    ServiceCode.ON_SITE,
    ServiceCode.PERSONALISED,
    SPARED,
    JOINT,
)


@dataclass(frozen=True)
class Entry:
    """A form, where it is sent, and what its button says."""

    form: Any
    address: str
    button: str
    heading: str = ""


def tried(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do what a form that holds asks for; a refusal is said on the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except ObligationRefusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def show(
    request: HttpRequest, title: str, form: Any, *, entries: Sequence[Entry] = (), **more: Any
) -> HttpResponse:
    """Show facts and forms, in the drawer or as a page; one form is sent where it came from."""
    if form is not None:
        entries = [Entry(form, more.pop("address", request.path), more.pop("button", _("Save")))]
    context = {
        "address": request.path,
        "may_visit": may(request.user, "care.write"),
        **more,
        "title": title,
        "entries": entries,
    }
    status = UNPROCESSABLE if any(each.form.is_bound for each in entries) else 200
    return render_page(
        request, "obligations/form.html", "obligations/_form.html", context, status=status
    )


@require_GET
def obligation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed, with the days planned and the acts that count."""
    require(request.user, VIEW)
    obligation = boards.get_obligation(request.user, pk)
    facts = obligation_facts(obligation)
    entries = opened(request.user, facts, obligation)
    return show(request, facts.title, None, facts=facts, entries=entries)


def opened(
    actor: Any, facts: Any, obligation: Any, *, move: Any = None, waive: Any = None
) -> list[Entry]:
    """Return the forms below what is still owed that the actor may use, and any that was sent."""
    entries = []
    if move is not None or (facts.is_open and facts.planned and may(actor, EDIT)):
        form = move or MoveForm(planned=facts.planned)
        address = reverse("obligations:move", args=[obligation.pk])
        entries.append(Entry(form, address, _("Plan for this day"), _("Another day")))
    if waive is not None or (facts.is_open and may(actor, APPROVE)):
        address = reverse("obligations:waive", args=[obligation.pk])
        entries.append(Entry(waive or WaiveForm(), address, _("Waive"), _("Not owed after all")))
    return entries


@require_POST
def obligation_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that something is not owed after all."""
    require(request.user, APPROVE)
    obligation = boards.get_obligation(request.user, pk)
    form = WaiveForm(sent(request))

    def waive() -> None:
        operations.waive(
            obligation=obligation,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    if tried(form, waive):
        messages.success(request, _("Waived."))
        return back(request, "obligations:list")
    facts = obligation_facts(obligation)
    entries = opened(request.user, facts, obligation, waive=form)
    return show(request, facts.title, None, facts=facts, entries=entries)


@require_http_methods(["GET", "POST"])
def provide(request: HttpRequest, customer_id: int, code: str) -> HttpResponse:
    """Provide a customer with a representative, a station, or another service that lasts."""
    require(request.user, allowed_for(code))
    customer = get_customer(request.user, customer_id)
    if code not in PROVIDED:
        raise Http404
    form = ProvideForm(
        sent(request),
        actor=request.user,
        service=code,
        initial={"starts_on": timezone.localdate()},
    )

    def save() -> None:
        operations.provide(
            provision=new_provision(customer, code, form.cleaned_data),
            by=request.user,
            at=timezone.now(),
        )

    if form.is_bound and tried(form, save):
        messages.success(request, _("Provided."))
        return back(request, "desk:customer", customer.pk)
    title = f"{service_names().get(code, code)} · {customer.name}"
    return show(request, title, form, button=_("Provide"))


def allowed_for(code: str) -> str:
    """Return what it takes to begin and to end a service (C24 takes approval)."""
    return APPROVE if code == SPARED else EDIT


@require_GET
def provision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a customer is provided with."""
    require(request.user, VIEW)
    provision = boards.found_in(boards.provisions_for(request.user), pk)
    facts = provision_facts(provision)
    ends = facts.is_open and may(request.user, allowed_for(provision.service))
    address = reverse("obligations:provision_end", args=[pk])
    if ends and provision.service == JOINT:
        form = JointEndForm()
        return show(
            request, facts.title, form, facts=facts, address=address, button=_("End today")
        )
    return show(request, facts.title, None, facts=facts, ends=ends, address=address)


@require_POST
def provision_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End what a customer is provided with; of joint business with what came of it."""
    require(request.user, EDIT)
    provision = boards.found_in(boards.provisions_for(request.user), pk)
    require(request.user, allowed_for(provision.service))
    form = JointEndForm(sent(request)) if provision.service == JOINT else forms.Form({})

    def save() -> None:
        operations.end_provision(
            provision=provision, **form.cleaned_data, by=request.user, at=timezone.now()
        )

    if tried(form, save):
        messages.success(request, _("Ended."))
        return back(request, "obligations:provisions")
    if provision.service == JOINT:
        facts = provision_facts(provision)
        return show(request, facts.title, form, facts=facts, button=_("End today"))
    messages.error(request, " ".join(form.non_field_errors()))
    return back(request, "obligations:provisions")


@require_http_methods(["GET", "POST"])
def trial_start(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Enter a trial at a customer."""
    require(request.user, EDIT)
    customer = get_customer(request.user, customer_id)
    form = TrialForm(sent(request), initial={"starts_on": timezone.localdate()})

    def save() -> None:
        operations.start_trial(
            customer=customer, **form.cleaned_data, by=request.user, at=timezone.now()
        )

    if form.is_bound and tried(form, save):
        messages.success(request, _("Entered. At its end you are asked what came of it."))
        return back(request, "desk:customer", customer.pk)
    return show(request, _("Trial at %(name)s") % {"name": customer.name}, form)


@require_GET
def trial_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A trial, and what came of it."""
    require(request.user, VIEW)
    facts = trial_facts(boards.found_in(boards.trials_for(request.user), pk))
    form = OutcomeForm() if facts.is_open and may(request.user, EDIT) else None
    address = reverse("obligations:trial_close", args=[pk])
    return show(request, facts.title, form, facts=facts, address=address)


@require_POST
def trial_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what came of a trial."""
    require(request.user, EDIT)
    trial = boards.found_in(boards.trials_for(request.user), pk)
    form = OutcomeForm(sent(request))

    def save() -> None:
        outcome = form.cleaned_data["outcome"]
        operations.close_trial(trial=trial, outcome=outcome, by=request.user, at=timezone.now())

    if tried(form, save):
        messages.success(request, _("Recorded."))
        return back(request, "obligations:trials")
    facts = trial_facts(trial)
    return show(request, facts.title, form, facts=facts)


@require_http_methods(["GET", "POST"])
def launch_enter(request: HttpRequest) -> HttpResponse:
    """Enter a launch."""
    require(request.user, EDIT)
    form = LaunchForm(sent(request))

    def save() -> None:
        operations.enter_launch(**form.cleaned_data, by=request.user, at=timezone.now())

    if form.is_bound and tried(form, save):
        messages.success(request, _("Entered."))
        return back(request, "obligations:launches")
    return show(request, _("New launch"), form)


@require_POST
def launch_mark(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Record on which day channels were told, or trained."""
    require(request.user, EDIT)
    launch = boards.found_in(boards.launches_for(request.user), pk)
    form = MarkForm(sent(request))
    if not form.is_valid():
        messages.error(request, _("Name the day."))
        return back(request, "obligations:launches")
    try:
        operations.mark_launch(
            launch=launch,
            step=f"{step}_on",
            on=form.cleaned_data["on"],
            by=request.user,
            at=timezone.now(),
        )
    except ObligationRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Recorded."))
    return back(request, "obligations:launches")
