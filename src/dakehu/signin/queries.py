"""Sessions, second factors and accounts, for those whom they concern (F12)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Now
from django.http import Http404
from django.utils.crypto import constant_time_compare

from dakehu.people.policies import may
from dakehu.people.queries import staff_visible_to, units_within
from dakehu.signin.choices import PROVIDER, ClientState
from dakehu.signin.errors import UnableToSignInSingle
from dakehu.signin.models import ApiClient, SignIn
from dakehu.signin.rules import key_hash, key_parts
from dakehu.signin.values import Claims, Factors, Passkey

if TYPE_CHECKING:
    from dakehu.people.models import Staff

ENDED_SHOWN = 10
FAILURES_SHOWN = 10


def account_for(actor: "Staff", pk: int) -> "Staff":
    """
    Return a person of the actor's reach.

    :raises Http404: if there is none.
    """
    person: Staff | None = staff_visible_to(actor).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def person_waiting(pk: int) -> "Staff | None":
    """Return the person whose password was right a moment ago, if they may still come in."""
    found: Staff | None = get_user_model().objects.active().filter(pk=pk).first()
    return found


def person_called(username: str) -> "Staff | None":
    """Return the person who logs in with a name, for whoever keeps the machine."""
    found: Staff | None = get_user_model().objects.filter(username=username).first()
    return found


def factors_of(person: "Staff") -> Factors:
    """Return the second factors of a person."""
    kept = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    app = next((factor for factor in kept if factor.type == Authenticator.Type.TOTP), None)
    codes = next(
        (factor for factor in kept if factor.type == Authenticator.Type.RECOVERY_CODES), None
    )
    return Factors(
        app_since=app.created_at if app else None,
        app_used_at=app.last_used_at if app else None,
        passkeys=tuple(
            Passkey(factor.pk, factor.wrap().name, factor.created_at, factor.last_used_at)
            for factor in kept
            if factor.type == Authenticator.Type.WEBAUTHN
        ),
        codes_left=codes_left(codes) if codes else 0,
    )


def codes_left(codes: Authenticator) -> int:
    """Return how many recovery codes still count; none under another key of the installation."""
    try:
        return len(RecoveryCodes(codes).get_unused_codes())
    except InvalidToken:
        return 0


def unseen_codes(person: "Staff") -> list[str]:
    """Return the recovery codes that their owner has not put away yet; nothing afterwards."""
    codes = Authenticator.objects.filter(
        user=person, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    if codes is None or RecoveryCodes(codes).did_view:
        return []
    return list(RecoveryCodes(codes).get_unused_codes())


def has_second_factor(person: "Staff") -> bool:
    """Tell whether a person has set up a second factor; recovery codes alone are none."""
    kept = Authenticator.objects.filter(user=person)
    found: bool = kept.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    return found


def live_sessions(person: "Staff", *, at: datetime) -> list[SignIn]:
    """Return the sessions of a person that still let somebody in, the newest first."""
    live = Session.objects.filter(expire_date__gt=at).values("session_key")
    found = SignIn.objects.filter(staff=person, ended_at=None, session_key__in=live)
    return list(found.order_by("-last_seen_at", "-pk"))


def ended_sessions(person: "Staff") -> list[SignIn]:
    """Return the last sessions of a person that ended, and why."""
    ended = SignIn.objects.filter(staff=person).exclude(ended_at=None)
    return list(ended.order_by("-ended_at", "-pk")[:ENDED_SHOWN])


def own_session(actor: "Staff", pk: int) -> SignIn:
    """
    Return one of the actor's own sessions.

    :raises Http404: if it is somebody else's, or gone.
    """
    found = SignIn.objects.filter(staff=actor, pk=pk).select_related("staff").first()
    if found is None:
        raise Http404
    return found


def failures_of(person: "Staff") -> QuerySet[AccessAttempt]:
    """Return the failed log-ins with a person's name that still count, the newest first."""
    failed: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(username=person.username)
    return failed.order_by("-attempt_time")[:FAILURES_SHOWN]


def identity_of(person: "Staff") -> str:
    """Return the number that the single sign-on knows a person by; nothing if it is not tied."""
    tied = SocialAccount.objects.filter(user=person, provider=PROVIDER)
    return str(tied.values_list("uid", flat=True).first() or "")


def person_vouched_for(claims: Claims) -> tuple["Staff", bool]:
    """
    Return whom the single sign-on vouches for, and whether the account is already tied to them.

    The lasting number counts; before the account is tied, the claim that the installation names.

    :raises UnableToSignInSingle: if nobody goes by it, or the account is closed or another's.
    """
    tied = SocialAccount.objects.filter(provider=PROVIDER, uid=claims.subject)
    account = tied.select_related("user").first()
    person: Staff | None = account.user if account else person_named(claims)
    if person is None:
        raise UnableToSignInSingle.unknown()
    if not person.is_active:
        raise UnableToSignInSingle.closed()
    if account is None and identity_of(person):
        raise UnableToSignInSingle.taken()
    return person, account is not None


def person_named(claims: Claims) -> "Staff | None":
    """Return the person whose user name or staff number is the claim; never one by chance."""
    name = claims.told.get(settings.OIDC_CLAIM)
    if not isinstance(name, str) or not name:
        return None
    found: Staff | None = get_user_model().objects.filter(**{settings.OIDC_MATCH: name}).first()
    return found


def clients_visible_to(actor: "Staff") -> QuerySet[ApiClient]:
    """Return the other systems tied to units within the actor's reach, revoked ones too."""
    found: QuerySet[ApiClient] = ApiClient.objects.select_related("unit", "use")
    if not may(actor, "api.manage"):
        return found.none()
    state = Case(
        When(removed_at__isnull=False, then=Value(ClientState.REVOKED.value)),
        When(expires_at__lte=Now(), then=Value(ClientState.OVER.value)),
        default=Value(ClientState.OPEN.value),
    )
    return found.annotate(state=state).filter(unit__in=units_within(actor).order_by().values("pk"))


def get_client(actor: "Staff", pk: int) -> ApiClient:
    """
    Return one other system.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = clients_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def client_with_key(key: str, *, at: datetime) -> ApiClient | None:
    """Return the other system whose key was sent, unless it is revoked or its time is over."""
    parts = key_parts(key)
    if parts is None:
        return None
    code, secret = parts
    found = ApiClient.objects.filter(code=code, removed_at=None).select_related("unit").first()
    if found is None or not constant_time_compare(found.key_hash, key_hash(secret)):
        return None
    return None if found.expires_at and found.expires_at <= at else found


def attentive_sessions(keys: Collection[str], *, at: datetime) -> set[str]:
    """
    Return which of some sessions still let somebody in who was at the screen lately.

    What ends a session is asked as for a request: its end, its person, and the idle minutes.
    """
    since = at - timedelta(minutes=settings.IDLE_MINUTES)
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=at)
    found = SignIn.objects.filter(
        session_key__in=live.values("session_key"),
        ended_at=None,
        last_seen_at__gt=since,
        staff__is_active=True,
    )
    return set(found.values_list("session_key", flat=True))
