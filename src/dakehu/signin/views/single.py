"""Single sign-on by OpenID Connect: off unless DAKEHU_OIDC_URL names a server."""

import json
import logging
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from dakehu.signin import operations, queries
from dakehu.signin.choices import PROVIDER, Method
from dakehu.signin.errors import UnableToSignInSingle
from dakehu.signin.values import Claims
from dakehu.signin.views.entrances import MODEL_BACKEND, entrance_of, let_in
from dakehu.ui.responses import safe_next

log = logging.getLogger(__name__)
# Signatures that need the server's private key; those with a shared or no key are refused.
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY_SECONDS = 60


class Dialogue(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The dialogue with the server; what it says counts only with its signature."""

    def get_provider(self) -> "Server":
        return server_for(self.request)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("signin:sso_callback"))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **options: Any
    ) -> Any:
        """Return the log-in; without a signed identity there is none.

        :raises OAuth2Error: if it lacks, or speaks of somebody else than the server's answer.
        """
        signed = options["response"].get("id_token")
        if not signed:
            raise OAuth2Error("The answer has no id_token.")
        identity = self._decode_id_token(app, signed)
        told = (
            self._fetch_user_info(token.token)
            if self.openid_config.get("userinfo_endpoint")
            else {}
        )
        if told and told.get("sub") != identity["sub"]:
            raise OAuth2Error("The userinfo speaks of somebody else than the id_token.")
        data = {"userinfo": {**identity, **told}, "id_token": identity}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Return what a token says, after its signature, issuer, audience and age.

        :raises OAuth2Error: if one of them is not right.
        """
        try:
            header = jwt.get_unverified_header(id_token)
            decoded: dict[str, Any] = jwt.decode(
                id_token,
                key=self.signing_key(header.get("kid")),
                algorithms=SIGNATURES,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            )
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
            raise OAuth2Error("The id_token is not right.") from error
        return decoded

    def signing_key(self, kid: str | None) -> Any:
        """Return the server's public key of that name; its only one if it names none."""
        with get_social_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_json(json.dumps(answer.json())).keys
        return next(key for key in keys if key.key_id == kid or (kid is None and len(keys) == 1))


class Server(OpenIDConnectProvider):  # type: ignore[misc]
    """The server of the single sign-on, as the settings name it."""

    oauth2_adapter_class = Dialogue

    def get_oauth2_adapter(self, request: HttpRequest) -> Dialogue:
        return Dialogue(request, PROVIDER)


class MatchingAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in whom the server vouches for, if they have an account; it never makes one."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Take nothing over: the account says who a person is."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Answer in place of allauth's own log-in.

        :raises ImmediateHttpResponse: always, with the answer.
        """
        told = sociallogin.account.extra_data.get("userinfo", {})
        claims = Claims(sociallogin.account.uid, told)
        try:
            answer = come_in(request, claims, url=sociallogin.state.get("next") or "/")
        except UnableToSignInSingle as refusal:
            answer = show_refusal(request, str(refusal))
        raise ImmediateHttpResponse(answer)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **options: Any) -> None:
        """Say in words that it did not work.

        :raises ImmediateHttpResponse: always, with the page that says it.
        """
        log.warning("Single sign-on failed: %s", options.get("exception") or options.get("error"))
        words = _("The single sign-on did not confirm who you are. Please try again.")
        raise ImmediateHttpResponse(show_refusal(request, words))


def come_in(request: HttpRequest, claims: Claims, *, url: str) -> HttpResponse:
    """Let in the person whom the claims mean, and tie the account to them the first time.

    :raises UnableToSignInSingle: if there is none, or the account is closed or another's.
    """
    person, is_tied = queries.person_vouched_for(claims)
    if not is_tied:
        operations.tie_identity(staff=person, subject=claims.subject, at=timezone.now())
    is_safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    entrance = entrance_of(request, method=Method.SINGLE_SIGN_ON, is_proved_twice=True)
    goal = url if is_safe else "/"
    return let_in(request, person, entrance=entrance, backend=MODEL_BACKEND, url=goal)


def server_for(request: HttpRequest) -> Server:
    """Return the server of this installation.

    :raises Http404: if it has none.
    """
    if not settings.OIDC_URL:
        raise Http404
    app = SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER,
        name=settings.OIDC_NAME or PROVIDER,
        client_id=settings.OIDC_CLIENT,
        secret=settings.OIDC_SECRET,
        settings={
            "server_url": settings.OIDC_URL,
            "oauth_pkce_enabled": True,
            "scope": ["openid", "profile"],
        },
    )
    return Server(request, app=app)


@login_not_required
@never_cache
@require_GET
def sso(request: HttpRequest) -> HttpResponse:
    """Go to the server, and remember where the person wanted to go."""
    server = server_for(request)
    try:
        answer: HttpResponse = server.redirect(
            request, AuthProcess.LOGIN, next_url=safe_next(request) or None
        )
    except (RequestException, ValueError, KeyError) as error:
        log.warning("The server of the single sign-on cannot be reached: %s", error)
        words = _("The single sign-on cannot be reached. Log in with your password, or try later.")
        return show_refusal(request, words, status=503)
    return answer


@login_not_required
@never_cache
@require_GET
def sso_callback(request: HttpRequest) -> HttpResponse:
    """Take the server's answer."""
    server_for(request)
    view = OAuth2CallbackView.adapter_view(Dialogue(request, PROVIDER))
    try:
        answer: HttpResponse = view(request)
    except (KeyError, ValueError, StopIteration) as error:
        log.warning("The answer of the single sign-on is not understood: %s", error)
        words = _("The single sign-on did not confirm who you are. Please try again.")
        return show_refusal(request, words)
    return answer


def show_refusal(request: HttpRequest, words: str, *, status: int = 403) -> HttpResponse:
    """Say why the single sign-on did not let somebody in, and how else to log in."""
    return render(request, "signin/refused.html", {"words": words}, status=status)
