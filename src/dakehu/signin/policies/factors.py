"""Who needs a second factor, and how the stored secrets of second factors are kept (promise 3)."""

import base64
from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def needs_second_factor(person: "Staff") -> bool:
    """Tell whether the person's role is one of those that must prove themselves twice."""
    wanted = settings.SECOND_FACTOR_ROLES
    return "ALL" in wanted or person.role in wanted


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth asks of an installation: names for the authenticator, and a key of ours.

    The secrets of authenticator apps and recovery codes are encrypted with a key that comes from
    the installation's own, so a copy of the database alone proves nobody.
    """

    def encrypt(self, text: str) -> str:
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.name, "name": user.username}

    def _get_site_name(self) -> str:
        return _("Dakehu")


def vault() -> Fernet:
    """Return what locks and unlocks secrets with the key of this installation."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"dakehu second factors")
    return Fernet(base64.urlsafe_b64encode(derivation.derive(settings.SECRET_KEY.encode())))
