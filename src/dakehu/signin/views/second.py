"""The second step of log-in, and log-in by passkey alone."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dakehu.signin import operations, queries
from dakehu.signin.choices import Method
from dakehu.signin.errors import UnableToProve
from dakehu.signin.forms import CodeForm, CredentialForm
from dakehu.signin.views.ceremonies import owner_of, passkey_that_answered, question_for
from dakehu.signin.views.entrances import (
    MODEL_BACKEND,
    entrance_of,
    keep_waiting,
    let_in,
    lock_of,
    method_of,
    note_failure,
    waiting_in,
)
from dakehu.ui.responses import safe_next


def ask_for_second_factor(request: HttpRequest, person: Any, url: str) -> HttpResponse | None:
    """Send whoever has a second factor to its page; the password alone lets them in no more."""
    if not queries.has_second_factor(person):
        return None
    keep_waiting(request, person, url)
    return HttpResponseRedirect(reverse("signin:second"))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a passkey after the right password."""
    waiting = waiting_in(request)
    person = queries.person_waiting(waiting["person"]) if waiting else None
    if waiting is None or person is None:
        return redirect("ui:login")
    if locked := lock_of(request, person):
        return locked
    if request.method == "GET":
        return show_second(request, person)
    try:
        prove_again(request, person)
    except UnableToProve as refusal:
        note_failure(request, person)
        return show_second(request, person, error=str(refusal))
    backend = waiting["backend"]
    entrance = entrance_of(request, method=method_of(backend), is_proved_twice=True)
    return let_in(request, person, entrance=entrance, backend=backend, url=waiting["url"])


def prove_again(request: HttpRequest, person: Any) -> None:
    """Pass in silence if the code or the passkey is right.

    :raises UnableToProve: otherwise.
    """
    at = timezone.now()
    if "credential" in request.POST:
        form = CredentialForm(request.POST)
        if not form.is_valid():
            raise UnableToProve
        passkey = passkey_that_answered(person, form.cleaned_data["credential"])
        operations.note_passkey(passkey=passkey, at=at)
        return
    code = CodeForm(request.POST)
    if not code.is_valid():
        raise UnableToProve
    operations.prove_by_code(staff=person, code=code.cleaned_data["code"], at=at)


def show_second(request: HttpRequest, person: Any, *, error: str = "") -> HttpResponse:
    """Show the second step; every showing asks passkeys anew."""
    factors = queries.factors_of(person)
    context = {
        "form": CodeForm(),
        "error": error,
        "factors": factors,
        "question": question_for(person) if factors.passkeys else None,
    }
    return render(request, "signin/second.html", context, status=422 if error else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """Log in with a passkey alone: it is had, and it asks for a finger, a face or a PIN."""
    url = safe_next(request) or "/"
    if request.user.is_authenticated:
        return HttpResponseRedirect(url)
    if request.method == "GET":
        return show_passkey(request, url)
    form = CredentialForm(request.POST)
    try:
        if not form.is_valid():
            raise UnableToProve
        person = owner_of(form.cleaned_data["credential"])
        used = passkey_that_answered(person, form.cleaned_data["credential"])
    except UnableToProve as refusal:
        return show_passkey(request, url, error=str(refusal))
    operations.note_passkey(passkey=used, at=timezone.now())
    entrance = entrance_of(request, method=Method.PASSKEY, is_proved_twice=True)
    return let_in(request, person, entrance=entrance, backend=MODEL_BACKEND, url=url)


def show_passkey(request: HttpRequest, url: str, *, error: str = "") -> HttpResponse:
    """Show the log-in by passkey; every showing asks anew."""
    context = {"question": question_for(None), "next": url, "error": error}
    return render(request, "signin/passkey.html", context, status=422 if error else 200)
