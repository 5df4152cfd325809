"""How people come in, what proves that it is them, and how their sessions end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PROVIDER = "sso"
"""Under this name the identities of the single sign-on are kept."""


class Method(models.TextChoices):
    """What a session began with."""

    PASSWORD = "PASSWORD", _("Password")
    DIRECTORY = "DIRECTORY", _("Company directory")
    PASSKEY = "PASSKEY", _("Passkey")
    SINGLE_SIGN_ON = "SSO", _("Single sign-on")


class Ending(models.TextChoices):
    """Why a session ended."""

    LOGGED_OUT = "LOGGED_OUT", _("Logged out")
    IDLE = "IDLE", _("Nobody was at the screen")
    REVOKED = "REVOKED", _("Ended from another place")
    PASSWORD = "PASSWORD", _("Password changed")
    CLOSED = "CLOSED", _("Account closed")


class Duty(models.TextChoices):
    """What a person has to do before anything else."""

    PASSWORD = "PASSWORD", _("Choose a new password")
    SECOND_FACTOR = "SECOND_FACTOR", _("Set up a second factor")
