"""Drafting, changing, proposing, publishing and withdrawing a version of the matrix."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dakehu.channels import operations
from dakehu.channels.errors import UnableToChangeMatrix
from dakehu.channels.forms import ProductForm, ProposeForm, StagesForm
from dakehu.channels.policies import RULES
from dakehu.channels.queries import get_version
from dakehu.channels.queries.wording import product_name
from dakehu.channels.rules.bodies import body_from_data
from dakehu.people.policies import require
from dakehu.tiering.choices import RuleState
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number

UNPROCESSABLE = 422


def get_draft(number: int) -> Any:
    """
    Return a draft.

    :raises Http404: if there is no such version, or it is no draft.
    """
    found = get_version(number)
    if found.state != RuleState.DRAFT:
        raise Http404
    return found


def edited(
    request: HttpRequest, number: int, form: forms.Form, title: str, save: Callable[[], Any]
) -> HttpResponse:
    """Show a form of a draft; keep what was typed, or say on the form why not."""
    if form.is_bound and form.is_valid():
        try:
            save()
        except UnableToChangeMatrix as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect("channels:version", number)
    context = {"form": form, "number": number, "title": title}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "channels/draft_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def product(request: HttpRequest, number: int, code: str = "") -> HttpResponse:
    """Change a product of a draft with what every channel does with it, or add one."""
    require(request.user, RULES)
    draft = get_draft(number)
    body = body_from_data(draft.body)
    known = body.products.get(code)
    if code and known is None:
        raise Http404
    form = ProductForm(sent(request), body=body, product=known, initial={"version": draft.version})

    def save() -> None:
        operations.save_product(
            draft=draft,
            product=form.changed,
            cells=form.capabilities,
            version=form.cleaned_data["version"],
            is_new=known is None,
            by=request.user,
            at=timezone.now(),
        )

    title = product_name(known) if known else _("Add a product")
    return edited(request, number, form, title, save)


@require_http_methods(["GET", "POST"])
def stages(request: HttpRequest, number: int) -> HttpResponse:
    """Change which part every channel takes in every stage."""
    require(request.user, RULES)
    draft = get_draft(number)
    body = body_from_data(draft.body)
    form = StagesForm(sent(request), body=body, initial={"version": draft.version})

    def save() -> None:
        operations.save_stages(
            draft=draft,
            stages=form.parts,
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )

    return edited(request, number, form, _("Parts of the channels"), save)


def answered(
    request: HttpRequest, act: Callable[[], Any], words: str, number: int
) -> HttpResponse:
    """Do something to a version; say what was done, or why not."""
    try:
        act()
    except UnableToChangeMatrix as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("channels:version", number)


@require_POST
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a draft from a version."""
    require(request.user, RULES)
    base = get_version(number)
    try:
        begun = operations.draft_matrix(based_on=base, by=request.user, at=timezone.now())
    except UnableToChangeMatrix as refusal:
        messages.error(request, str(refusal))
        return redirect("channels:version", number)
    messages.success(request, _("Drafted. Change products and parts, then propose the draft."))
    return redirect("channels:version", begun.number)


@require_POST
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a second person to publish a draft."""
    require(request.user, RULES)
    found, form = get_version(number), ProposeForm(sent(request))
    if not form.is_valid():
        messages.error(request, _("Name the day from which it holds, and the reason."))
        return redirect("channels:version", number)

    def act() -> None:
        operations.propose_matrix(
            draft=found,
            active_from=form.cleaned_data["active_from"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )

    return answered(request, act, _("Proposed. It holds once somebody else publishes it."), number)


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Publish what somebody else proposed."""
    require(request.user, RULES)
    proposed = get_version(number)
    version = whole_number(request.POST.get("version", "")) or 0

    def act() -> None:
        operations.publish_matrix(
            proposed=proposed, version=version, by=request.user, at=timezone.now()
        )

    return answered(request, act, _("Published. It holds from its day on."), number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a draft, a proposal, or what does not hold yet."""
    require(request.user, RULES)
    held = get_version(number)

    def act() -> None:
        operations.withdraw_matrix(held=held, by=request.user, at=timezone.now())

    return answered(request, act, _("Withdrawn."), number)
