"""Second factors of one's own: authenticator app, passkeys, recovery codes."""

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dakehu.signin import operations, queries
from dakehu.signin.errors import UnableToAddPasskey, UnableToProve, UnableToRemoveFactor
from dakehu.signin.forms import CodeForm, NewPasskeyForm
from dakehu.signin.policies import needs_second_factor
from dakehu.signin.values import APP_SECRET, IS_PROVED_TWICE
from dakehu.signin.views.ceremonies import accept_new, offer_for
from dakehu.signin.views.own import freshly_proved


@freshly_proved
@require_http_methods(["GET", "POST"])
def app_add(request: HttpRequest) -> HttpResponse:
    """Show a secret to an authenticator app, and take its first code as proof."""
    secret = request.session.setdefault(APP_SECRET, generate_totp_secret())
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code, at = form.cleaned_data["code"], timezone.now()
        try:
            operations.add_app(staff=request.user, secret=secret, code=code, at=at)
        except UnableToProve as refusal:
            form.add_error("code", str(refusal))
        else:
            del request.session[APP_SECRET]
            return to_codes(request, _("The authenticator app is set up."))
    return show_app(request, form, secret)


def show_app(request: HttpRequest, form: CodeForm, secret: str) -> HttpResponse:
    """Show the secret as a picture for the app's camera, and as letters to type."""
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    context = {
        "form": form,
        "picture": base64.b64encode(picture.encode()).decode(),
        "secret": [secret[start : start + 4] for start in range(0, len(secret), 4)],
        "is_due": is_due(request),
    }
    return render(request, "signin/app_add.html", context, status=422 if form.errors else 200)


@freshly_proved
@require_http_methods(["GET", "POST"])
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Make a passkey in this browser, on a telephone or on a security key."""
    form = NewPasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        credential, at = form.cleaned_data["credential"], timezone.now()
        name = form.cleaned_data["name"]
        try:
            accept_new(credential)
        except UnableToAddPasskey as refusal:
            form.add_error(None, str(refusal))
        else:
            operations.add_passkey(staff=request.user, name=name, credential=credential, at=at)
            return to_codes(request, _("The passkey is set up."))
    context = {"form": form, "offer": offer_for(request.user), "is_due": is_due(request)}
    return render(request, "signin/passkey_add.html", context, status=422 if form.errors else 200)


def is_due(request: HttpRequest) -> bool:
    """Tell whether the person cannot go on without a second factor."""
    return needs_second_factor(request.user) and not request.session.get(IS_PROVED_TWICE)


def to_codes(request: HttpRequest, words: str) -> HttpResponse:
    """Go on to the recovery codes after a second factor was added; it counts for this session."""
    request.session[IS_PROVED_TWICE] = True
    messages.success(request, words)
    is_first = bool(queries.unseen_codes(request.user))
    return redirect("signin:codes" if is_first else "signin:own")


@freshly_proved
@require_POST
def app_remove(request: HttpRequest) -> HttpResponse:
    """Remove the authenticator app."""
    try:
        operations.remove_app(staff=request.user, at=timezone.now())
    except UnableToRemoveFactor as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The authenticator app has been removed."))
    return redirect("signin:own")


@freshly_proved
@require_POST
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey."""
    try:
        operations.remove_passkey(staff=request.user, number=pk, at=timezone.now())
    except UnableToRemoveFactor as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The passkey has been removed."))
    return redirect("signin:own")


@freshly_proved
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes until their owner says that they are kept."""
    if request.method == "POST":
        operations.put_codes_away(staff=request.user)
        return redirect("signin:own")
    shown = queries.unseen_codes(request.user)
    return (
        render(request, "signin/codes.html", {"codes": shown}) if shown else redirect("signin:own")
    )


@freshly_proved
@require_POST
def codes_renew(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes in place of the old ones."""
    if queries.has_second_factor(request.user):
        operations.renew_codes(staff=request.user, at=timezone.now())
    return redirect("signin:codes")
