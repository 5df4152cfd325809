"""Fixed sets of obligations: where one stands, and what a provision is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DUE = "obligation"
"""To-dos: something recurring is owed to a customer soon."""
TRIAL_ENDS = "trial"
"""To-dos: a trial has come to its end."""


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
"""Services that a visit can be an act of."""


class StationMode(models.TextChoices):
    """How a service on site is given (C5)."""

    FIXED = "FIXED", _("Fixed station")
    PERIODIC = "PERIODIC", _("Comes at fixed times")


class Held(models.TextChoices):
    """Whether a provision holds."""

    NOW = "now", _("Holds now")
    ENDED = "ended", pgettext_lazy("a provision", "Ended")
