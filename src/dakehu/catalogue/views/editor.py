"""Drafting, proposing, publishing and withdrawing a version of a service."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dakehu.catalogue import operations
from dakehu.catalogue.errors import UnableToChangeStandard
from dakehu.catalogue.forms import FrameForm, ProposeForm, ServiceForm, TermsForm
from dakehu.catalogue.pages.services import names_in
from dakehu.catalogue.policies import RULES
from dakehu.catalogue.queries.services import get_service, get_version
from dakehu.catalogue.queries.wording import service_name
from dakehu.catalogue.rules.bodies import body_from_data
from dakehu.catalogue.values import Terms
from dakehu.people.policies import require
from dakehu.tiering.choices import RuleState
from dakehu.tiering.queries.schemes import get_scheme
from dakehu.tiering.queries.wording import name_of
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number

UNPROCESSABLE = 422


def tried(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do what a form that holds asks for; a refusal is said on the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except UnableToChangeStandard as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def get_draft(code: str, number: int) -> Any:
    """
    Return a draft of a service.

    :raises Http404: if there is no such version, or it is no draft.
    """
    found = get_version(get_service(code), number)
    if found.state != RuleState.DRAFT:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def terms_edit(
    request: HttpRequest, code: str, number: int, scheme: str, rank: int
) -> HttpResponse:
    """Change what some levels are promised, beginning with one of them."""
    require(request.user, RULES)
    draft, tiers = get_draft(code, number), get_scheme(scheme)
    names = names_in(scheme)
    if rank not in names:
        raise Http404
    levels = body_from_data(draft.body).standards.get(scheme, {})
    terms = levels.get(rank, Terms())
    alike = [each for each in names if levels.get(each, Terms()) == terms]
    form = TermsForm(
        sent(request),
        levels=names,
        terms=terms,
        initial={"version": draft.version, "levels": list(map(str, alike))},
    )

    def save() -> None:
        operations.save_terms(
            draft=draft,
            places=[(scheme, each) for each in form.ranks],
            terms=form.terms,
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )

    if form.is_bound and tried(form, save):
        messages.success(request, _("Saved in the draft."))
        return redirect("catalogue:version", code, number)
    context = {
        "form": form,
        "draft": draft,
        "name": service_name(draft.service),
        "scheme_name": name_of(tiers),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "catalogue/terms_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def frame_edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Change what a service is: description, units, channels."""
    require(request.user, RULES)
    draft = get_draft(code, number)
    body = body_from_data(draft.body)
    form = FrameForm(sent(request), body=body, initial={"version": draft.version})

    def save() -> None:
        version, now = form.cleaned_data["version"], timezone.now()
        operations.save_frame(
            draft=draft, body=form.frame, version=version, by=request.user, at=now
        )

    if form.is_bound and tried(form, save):
        messages.success(request, _("Saved in the draft."))
        return redirect("catalogue:version", code, number)
    context = {"form": form, "draft": draft, "name": service_name(draft.service)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "catalogue/frame_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def service_add(request: HttpRequest) -> HttpResponse:
    """Add a service of the operator's own; its first version is a draft."""
    require(request.user, RULES)
    form = ServiceForm(sent(request))

    def add() -> None:
        operations.add_service(
            service=form.service, body=form.frame, by=request.user, at=timezone.now()
        )

    if form.is_bound and tried(form, add):
        words = _("Drafted. Say what each level is promised, then propose the draft.")
        messages.success(request, words)
        return redirect("catalogue:version", form.cleaned_data["code"], 1)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "catalogue/service_add.html", {"form": form}, status=status)


def answered(
    request: HttpRequest, act: Callable[[], Any], words: str, code: str, number: int
) -> HttpResponse:
    """Do something to a version; say what was done, or why not."""
    try:
        act()
    except UnableToChangeStandard as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("catalogue:version", code, number)


@require_POST
def version_draft(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Begin a draft from a version."""
    require(request.user, RULES)
    base = get_version(get_service(code), number)
    try:
        draft = operations.draft_version(based_on=base, by=request.user, at=timezone.now())
    except UnableToChangeStandard as refusal:
        messages.error(request, str(refusal))
        return redirect("catalogue:version", code, number)
    messages.success(request, _("Drafted. Change the standards, then propose the draft."))
    return redirect("catalogue:version", code, draft.number)


@require_POST
def version_propose(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask a second person to publish a draft."""
    require(request.user, RULES)
    draft, form = get_version(get_service(code), number), ProposeForm(sent(request))
    if not form.is_valid():
        messages.error(request, _("Name the day from which it holds, and the reason."))
        return redirect("catalogue:version", code, number)

    def propose() -> None:
        operations.propose_version(
            draft=draft,
            active_from=form.cleaned_data["active_from"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    words = _("Proposed. It holds once somebody else publishes it.")
    return answered(request, propose, words, code, number)


@require_POST
def version_publish(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Publish what somebody else proposed."""
    require(request.user, RULES)
    proposed = get_version(get_service(code), number)
    version = whole_number(request.POST.get("version", "")) or 0

    def publish() -> None:
        operations.publish_version(
            proposed=proposed, version=version, by=request.user, at=timezone.now()
        )

    words = _("Published. Clocks that run keep what was promised when they began.")
    return answered(request, publish, words, code, number)


@require_POST
def version_withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Withdraw a draft, a proposal, or what does not hold yet."""
    require(request.user, RULES)
    held = get_version(get_service(code), number)

    def withdraw() -> None:
        operations.withdraw_version(held=held, by=request.user, at=timezone.now())

    return answered(request, withdraw, _("Withdrawn."), code, number)
