"""Whom the company directory may let in: people with an account, as the account has them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied


def keep_to_accounts(found: dict[str, Any]) -> dict[str, Any]:
    """
    Return of what the directory tells only the name by which the account is found.

    The directory proves passwords; it makes no accounts, and changes none. Asked after the
    password was right, before the account is looked up.

    :raises PermissionDenied: if nobody active goes by the name; Django ends the log-in there.
    """
    username = found.get("username", "")
    if not get_user_model().objects.active().filter(username=username).exists():
        raise PermissionDenied(username)
    return {"username": username}
