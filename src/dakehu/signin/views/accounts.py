"""Others' accounts, for those who keep staff (F12): every act is recorded."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dakehu.people.policies import require
from dakehu.signin import operations, pages, queries
from dakehu.signin.choices import Ending
from dakehu.signin.errors import UnableToManageAccount
from dakehu.signin.forms import ReasonForm
from dakehu.signin.policies import require_manageable

PERMISSION = "people.manage"


@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a person logs in, from where, and what can be done about it."""
    require(request.user, PERMISSION)
    return show_account(request, pk)


@require_GET
def account_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the same in brief on the page of the person."""
    require(request.user, PERMISSION)
    person = queries.account_for(request.user, pk)
    page = pages.account_page(person, actor=request.user, at=timezone.now())
    return render(request, "signin/_account_panel.html", {"page": page})


def show_account(request: HttpRequest, pk: int, *, given: str = "") -> HttpResponse:
    """Show an account; a password given a moment ago is shown this once."""
    person = queries.account_for(request.user, pk)
    page = pages.account_page(person, actor=request.user, at=timezone.now())
    context = {"page": page, "form": ReasonForm(), "given": given}
    return render(request, "signin/account.html", context)


@require_POST
def password_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a password for one log-in, and show it this once."""
    require(request.user, PERMISSION)
    person = queries.account_for(request.user, pk)
    try:
        given = operations.give_password(staff=person, by=request.user, at=timezone.now())
    except UnableToManageAccount as refusal:
        messages.error(request, str(refusal))
        return redirect("signin:account", pk)
    return show_account(request, pk, given=given)


@require_POST
def account_suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a person out from this moment on."""
    require(request.user, PERMISSION)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the account is suspended."))
        return redirect("signin:account", pk)
    reason = form.cleaned_data["reason"]
    return done(
        request,
        pk,
        lambda person: operations.suspend_account(
            staff=person, by=request.user, at=timezone.now(), reason=reason
        ),
        _("The account is suspended."),
    )


@require_POST
def account_allow(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person log in again."""
    require(request.user, PERMISSION)
    return done(
        request,
        pk,
        lambda person: operations.allow_account(staff=person, by=request.user, at=timezone.now()),
        _("The person can log in again."),
    )


@require_POST
def account_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget failed log-ins, so that the person need not wait."""
    require(request.user, PERMISSION)
    return done(
        request,
        pk,
        lambda person: operations.unlock_account(staff=person, by=request.user, at=timezone.now()),
        _("The failed log-ins are forgotten."),
    )


@require_POST
def factors_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove all second factors of somebody who lost them."""
    require(request.user, PERMISSION)
    return done(
        request,
        pk,
        lambda person: operations.remove_factors(staff=person, by=request.user, at=timezone.now()),
        _("The second factors have been removed."),
    )


@require_POST
def account_sessions_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End all sessions of a person."""
    require(request.user, PERMISSION)
    return done(request, pk, end_all(request), _("All sessions have ended."))


def end_all(request: HttpRequest) -> Callable[..., object]:
    """Return what ends all sessions of a person whom the actor may manage."""

    def act(person: object) -> int:
        require_manageable(person, by=request.user)
        return operations.end_sessions(
            staff=person, ending=Ending.REVOKED, by=request.user, at=timezone.now()
        )

    return act


@require_POST
def identity_untie(request: HttpRequest, pk: int) -> HttpResponse:
    """Untie an account from the single sign-on."""
    require(request.user, PERMISSION)
    return done(
        request,
        pk,
        lambda person: operations.untie_identity(staff=person, by=request.user, at=timezone.now()),
        _("The account is no longer tied to the single sign-on."),
    )


def done(request: HttpRequest, pk: int, act: Callable[..., object], words: str) -> HttpResponse:
    """Do something with an account of the actor's reach, say so, and show the account."""
    person = queries.account_for(request.user, pk)
    try:
        act(person)
    except UnableToManageAccount as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("signin:account", pk)
