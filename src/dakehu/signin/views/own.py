"""One's own account: password, proof that it is still oneself, sessions, presence."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.signin import operations, pages, queries
from dakehu.signin.choices import Ending
from dakehu.signin.errors import UnableToChangePassword
from dakehu.signin.forms import NewPasswordForm, PresentPasswordForm
from dakehu.signin.values import PROVED_AT
from dakehu.ui.responses import safe_next

PROOF_SECONDS = 15 * 60

View = Callable[..., HttpResponse]


def freshly_proved(view: View) -> View:
    """Ask for the password before ``view``, unless it was typed within a quarter of an hour."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        proved_at = request.session.get(PROVED_AT, 0)
        if timezone.now().timestamp() - proved_at < PROOF_SECONDS:
            return view(request, *arguments, **options)
        goal = request.get_full_path() if request.method == "GET" else reverse("signin:own")
        return redirect(f"{reverse('signin:confirm')}?{urlencode({'next': goal})}")

    return asked


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    key = request.session.session_key or ""
    page = pages.own_page(request.user, session_key=key, at=timezone.now())
    return render(request, "signin/own.html", {"page": page})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more."""
    form = PresentPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if person_with(request, form.cleaned_data["password"]):
            request.session[PROVED_AT] = int(timezone.now().timestamp())
            return HttpResponseRedirect(safe_next(request) or reverse("signin:own"))
        form.add_error("password", _("This is not your present password."))
    context = {"form": form, "next": safe_next(request)}
    return render(request, "signin/confirm.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password."""
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and take_password(request, form):
        messages.success(request, _("Your password has been changed; other sessions have ended."))
        return redirect("signin:own")
    page = pages.password_page(request.user, at=timezone.now())
    context = {"form": form, "page": page}
    return render(request, "signin/password.html", context, status=422 if form.errors else 200)


def take_password(request: HttpRequest, form: NewPasswordForm) -> bool:
    """Change the password and keep this session; what is wrong is told at its field."""
    person = person_with(request, form.cleaned_data["present"])
    if person is None:
        form.add_error("present", _("This is not your present password."))
        return False
    key, at = request.session.session_key or "", timezone.now()
    new = form.cleaned_data["new"]
    try:
        operations.choose_password(staff=person, password=new, session_key=key, at=at)
    except UnableToChangePassword as refusal:
        for reason in refusal.reasons:
            form.add_error("new", reason)
        return False
    update_session_auth_hash(request, person)
    operations.follow_session(old_key=key, new_key=request.session.session_key or "")
    request.session[PROVED_AT] = int(at.timestamp())
    return True


def person_with(request: HttpRequest, typed: str) -> Any | None:
    """Return the person if this is their password; failures count as failed log-ins."""
    username = request.user.get_username()
    found = authenticate(request, username=username, password=typed)
    return found if found is not None and found.pk == request.user.pk else None


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions elsewhere."""
    session = queries.own_session(request.user, pk)
    if operations.end_session(sign_in=session, by=request.user, at=timezone.now()):
        messages.success(request, _("The session has ended."))
    return redirect("signin:own")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    count = operations.end_other_sessions(
        staff=request.user,
        session_key=request.session.session_key or "",
        ending=Ending.REVOKED,
        by=request.user,
        at=timezone.now(),
    )
    words = ngettext(
        "%(count)s other session has ended.", "%(count)s other sessions have ended.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("signin:own")


@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """Take notice that somebody is at the screen; the middleware has kept it already."""
    return HttpResponse(status=204)
