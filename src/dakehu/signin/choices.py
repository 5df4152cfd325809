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


class ApiRight(models.TextChoices):
    """What another system may be allowed to do."""

    REPORT_LEAVING = "leaving.report", _("Report that a customer wants to leave (W14)")
    OPEN_REQUESTS = "requests.open", _("Open service requests (CH3)")
    READ_REQUESTS = "requests.read", _("Read service requests (CH7)")
    TAKE_CONTACTS = "contacts.take", _("Take opportunities in (OP1)")
    READ_CONTACTS = "contacts.read", _("Read opportunities (OP7)")
    CLAIM_CONTACTS = "contacts.claim", _("Claim opportunities for people (OP4)")
    ANSWER_ORDERS = "orders.answer", _("Read orders of what was sold, and answer them (OP14)")


class ClientState(models.TextChoices):
    """Whether the key of another system opens anything."""

    OPEN = "OPEN", _("In use")
    OVER = "OVER", _("Expired")
    REVOKED = "REVOKED", _("Revoked")


CLIENT_TONES = {
    ClientState.OPEN: "success",
    ClientState.OVER: "warning",
    ClientState.REVOKED: "neutral",
}


class Duty(models.TextChoices):
    """What a person has to do before anything else."""

    PASSWORD = "PASSWORD", _("Choose a new password")
    SECOND_FACTOR = "SECOND_FACTOR", _("Set up a second factor")
