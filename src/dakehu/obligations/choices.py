"""Fixed sets of obligations: where one stands, and what a provision is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DUE = "obligation"
"""To-dos: something recurring is owed to a customer soon."""
TRIAL_ENDS = "trial"
"""To-dos: a trial has come to its end."""
JOINT_DUE = "joint-business"
"""To-dos: something done jointly with a customer is due."""
REWARD = "reward"
"""To-dos: a reward waits to be approved, or to be handed over."""

SPARED = "C24"
"""The service that spares a customer the suspension for arrears."""
JOINT = "C27"
"""The service that is done jointly with a customer."""
REWARDING = "C28"
"""The service that a reward handed over is an act of."""


class State(models.TextChoices):
    """Where an obligation stands (spec of recurring obligations)."""

    ON_TRACK = "ON_TRACK", _("On track")
    DUE_SOON = "DUE_SOON", _("Due soon")
    OVERDUE = "OVERDUE", _("Behind plan")
    MET = "MET", pgettext_lazy("an obligation", "Met")
    WAIVED = "WAIVED", pgettext_lazy("an obligation", "Waived")
    MISSED = "MISSED", pgettext_lazy("an obligation", "Missed")


STATE_TONES = {
    State.ON_TRACK: "info",
    State.DUE_SOON: "warning",
    State.OVERDUE: "danger",
    State.MET: "success",
    State.WAIVED: "neutral",
    State.MISSED: "danger",
}
RUNNING = (State.ON_TRACK, State.DUE_SOON, State.OVERDUE)
"""States of what is still owed."""
ASKED_FOR = (State.DUE_SOON, State.OVERDUE)
"""States in which a manager is asked to do it."""

BY_VISIT = frozenset({"C2", "C7", "C12", "O5"})
"""Services that a visit can be an act of by its purpose."""
EVIDENCED = BY_VISIT | {"C8", "C10", "O6"}
"""Services whose evidence is known; a visit counts for any other if whoever made it says so."""
LASTING = frozenset({"C4", "C5", SPARED, JOINT})
"""Services that a customer has only as long as they are provided."""


class StationMode(models.TextChoices):
    """How a service on site is given (C5)."""

    FIXED = "FIXED", _("Fixed station")
    PERIODIC = "PERIODIC", _("Comes at fixed times")


class JointMode(models.TextChoices):
    """What is done jointly with a customer (C27)."""

    TARGET = "TARGET", _("Joint sales target")
    CAMPAIGN = "CAMPAIGN", _("Joint marketing")
    TEAM = "TEAM", _("Team of its own")


PROVISION_MODES = [*StationMode.choices, *JointMode.choices]


class Occasion(models.TextChoices):
    """What a customer is rewarded for (C28)."""

    LOYALTY = "LOYALTY", _("Loyalty over the years")
    ACTIVITY = "ACTIVITY", _("Took part in an activity")
    REFERRAL = "REFERRAL", _("Brought a new customer")
    COOPERATION = "COOPERATION", _("Helped to improve the service")


class RewardState(models.TextChoices):
    """Where a reward stands."""

    PROPOSED = "PROPOSED", pgettext_lazy("a reward", "To be approved")
    APPROVED = "APPROVED", pgettext_lazy("a reward", "To be handed over")
    REFUSED = "REFUSED", pgettext_lazy("a reward", "Not approved")
    HANDED = "HANDED", pgettext_lazy("a reward", "Handed over")


REWARD_TONES = {
    RewardState.PROPOSED: "warning",
    RewardState.APPROVED: "info",
    RewardState.REFUSED: "neutral",
    RewardState.HANDED: "success",
}


class Held(models.TextChoices):
    """Whether a provision holds."""

    NOW = "now", _("Holds now")
    ENDED = "ended", pgettext_lazy("a provision", "Ended")
