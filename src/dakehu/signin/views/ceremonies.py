"""Questions to passkeys and their answers (WebAuthn); the question waits in the session."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from dakehu.signin.errors import UnableToAddPasskey, UnableToProve

# What a malformed or foreign answer may raise on its way through the verification.
WRONG_ANSWER = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


def question_for(person: Any | None) -> dict[str, Any]:
    """Return what the browser asks a passkey; without a person any passkey of this site."""
    return dict(auth.begin_authentication(person))


def passkey_that_answered(person: Any, answer: dict[str, Any]) -> Authenticator:
    """
    Return the passkey of a person that answered the question of this session.

    :raises UnableToProve: if none of theirs did.
    """
    return guarded(lambda: auth.complete_authentication(person, answer), UnableToProve)


def owner_of(answer: dict[str, Any]) -> Any:
    """
    Return whom a passkey names as its owner; proved is nothing yet.

    :raises UnableToProve: if it names nobody who may come in.
    """
    person = guarded(lambda: auth.extract_user_from_response(answer), UnableToProve)
    if not person.is_active:
        raise UnableToProve
    return person


def offer_for(person: Any) -> dict[str, Any]:
    """Return what the browser needs to make a passkey that also works without a user name."""
    return dict(auth.begin_registration(person, passwordless=True))


def accept_new(answer: dict[str, Any]) -> None:
    """
    Pass in silence if a new passkey belongs to the offer of this session.

    :raises UnableToAddPasskey: otherwise.
    """
    guarded(lambda: auth.complete_registration(answer), UnableToAddPasskey)


def guarded(act: Callable[[], Any], refusal: type[Exception]) -> Any:
    """Return what ``act`` returns; whatever a wrong answer raises becomes the refusal."""
    try:
        return act()
    except WRONG_ANSWER as error:
        raise refusal from error
