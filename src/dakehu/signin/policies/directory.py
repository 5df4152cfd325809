"""The company directory (LDAP) proves passwords; accounts are made here, and only here."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dakehu.common.directory import DirectorySilent, escaped, opened
from dakehu.ui.entry import note_trouble

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 5


class DirectoryBackend(BaseBackend):
    """
    Lets in who has an active account here and whose password the directory takes.

    Asked after the passwords kept here, so that an account with one of its own needs no
    directory. What the directory knows of a person changes nothing.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_others: Any,
    ) -> Any:
        """
        Return the account of a person whose password the directory takes; None if it does not.

        Where the directory is silent the log-in page says so. The failure counts all the same:
        otherwise a silent directory would be an invitation to guess the passwords kept here.
        """
        # A directory takes an empty password for a guest's: it would prove nothing.
        if not username or not password:
            return None
        try:
            return proved_account(username, password)
        except DirectorySilent as silence:
            logger.warning("The directory %s does not answer: %s", settings.LDAP_URL, silence)
            words = _(
                "The company directory does not answer, so this password cannot be checked now. "
                "Accounts with a password of their own can still log in."
            )
            if request is not None:
                note_trouble(request, words)
            return None

    def get_user(self, user_id: int) -> Any:
        """Return the active account of a session; None if it is gone or closed."""
        return get_user_model().objects.active().filter(pk=user_id).first()


def proved_account(username: str, password: str) -> Any:
    """
    Return the active account of that name if the directory takes the password for it.

    The directory is called first: whether it answers does not tell who has an account.

    :raises DirectorySilent: if it says neither yes nor no.
    """
    with opened(
        settings.LDAP_URL, certificates=settings.LDAP_CA, patience=PATIENCE_SECONDS
    ) as line:
        account = get_user_model().objects.active().filter(username=username).first()
        if account is None or not line.takes(directory_name(username), password):
            return None
    return account


def directory_name(username: str) -> str:
    """Return by which name a person is known to the directory."""
    pattern = settings.LDAP_NAME
    # A name in a path must not bring steps of its own; an address is taken as it is.
    name = escaped(username) if "=" in pattern else username
    return str(pattern.format(name=name, base=settings.LDAP_BASE))
