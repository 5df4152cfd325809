"""Fixed sets of tiering."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.customers.choices import CARD_SCHEME

CARD_LEVEL = CARD_SCHEME


class Grade(models.TextChoices):
    """How high a customer stands, whatever the scheme calls the level."""

    TOP = "TOP", _("Upper levels")
    MIDDLE = "MIDDLE", _("Middle levels")
    BASE = "BASE", _("Lower levels")
    NONE = "NONE", _("No level")


class DecisionKind(models.TextChoices):
    """Kinds of decisions behind a standing."""

    AUTOMATIC = "AUTOMATIC", _("Automatic")
    MANUAL = "MANUAL", _("By hand")
    CORRECTION = "CORRECTION", _("Correction")


class SchemeKind(models.TextChoices):
    """Whose levels a scheme has (T1)."""

    GROUP = "GROUP", _("Groups")
    MEMBER = "MEMBER", _("Members of groups")
    INDIVIDUAL = "INDIVIDUAL", _("Individuals")


class MeasureUnit(models.TextChoices):
    """What the number of a measure counts."""

    COUNT = "COUNT", _("number")
    FEN = "FEN", _("yuan")
    DAYS = "DAYS", _("days")
    MONTHS = "MONTHS", _("months")
    SCORE = "SCORE", _("points")
    PERCENT = "PERCENT", _("per cent")
    RANK = "RANK", _("place")
    SECONDS = "SECONDS", _("seconds")
    KB = "KB", _("kB")
    TEXT = "TEXT", _("word")


class Period(models.TextChoices):
    """The period with whose start a lower level begins."""

    MONTH = "MONTH", _("Monthly")
    QUARTER = "QUARTER", _("Quarterly")
    HALF = "HALF", _("Half-yearly")
    YEAR = "YEAR", _("Yearly")


class RuleState(models.TextChoices):
    """Where a version of the rules stands."""

    DRAFT = "DRAFT", _("Draft")
    PROPOSED = "PROPOSED", _("Waiting for approval")
    PUBLISHED = "PUBLISHED", _("Published")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class RulePlace(models.TextChoices):
    """Where a version stands on a day."""

    DRAFT = "DRAFT", _("Draft")
    PROPOSED = "PROPOSED", _("Waiting for approval")
    COMING = "COMING", _("Coming")
    IN_FORCE = "IN_FORCE", _("In force")
    SUPERSEDED = "SUPERSEDED", _("Superseded")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


PLACE_TONES = {
    RulePlace.DRAFT: "neutral",
    RulePlace.PROPOSED: "warning",
    RulePlace.COMING: "info",
    RulePlace.IN_FORCE: "success",
    RulePlace.SUPERSEDED: "neutral",
    RulePlace.WITHDRAWN: "neutral",
}


class Turn(models.TextChoices):
    """What an evaluation did to a customer's level."""

    FIRST = "FIRST", _("First level")
    SAME = "SAME", _("Unchanged")
    UP = "UP", _("Upgrade")
    DOWN = "DOWN", _("Downgrade")
    KEPT = "KEPT", _("Kept: close to its limits")
    WAITS = "WAITS", _("Kept: not yet often enough in a row")
    VALID = "VALID", _("Kept: still within its term")


TURN_NUMBERS = tuple(Turn)
"""Turns as the engine numbers them, from 0."""


class GrantState(models.TextChoices):
    """Where a level given by hand stands."""

    PROPOSED = "PROPOSED", _("Waiting for approval")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Turned down")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    ENDED = "ENDED", _("Ended early")


TO_PUBLISH = "tier-rules"
"""To-dos: rules that wait for a second person."""
TO_MATCH = "tier-mapping"
"""To-dos: matches of levels that wait for a second person."""
TO_GRANT = "tier-grant"
"""To-dos: levels by hand that wait for a second person."""
CHANGED = "tier-moves"
"""To-dos: whose customers went up or down in an evaluation."""

GRANT_TONES = {
    GrantState.PROPOSED: "warning",
    GrantState.APPROVED: "success",
    GrantState.REFUSED: "danger",
    GrantState.WITHDRAWN: "neutral",
    GrantState.ENDED: "neutral",
}
TURN_TONES = {
    Turn.FIRST: "info",
    Turn.SAME: "neutral",
    Turn.UP: "success",
    Turn.DOWN: "danger",
    Turn.KEPT: "warning",
    Turn.WAITS: "warning",
    Turn.VALID: "warning",
}


class SimulationState(models.TextChoices):
    """How far a simulation, or an evaluation on demand, is."""

    WAITING = "WAITING", _("Waiting")
    RUNNING = "RUNNING", _("Under way")
    DONE = "DONE", pgettext_lazy("a simulation", "Done")
    FAILED = "FAILED", _("Failed")


SIMULATION_TONES = {
    SimulationState.WAITING: "neutral",
    SimulationState.RUNNING: "info",
    SimulationState.DONE: "success",
    SimulationState.FAILED: "danger",
}


BUSY = (SimulationState.WAITING, SimulationState.RUNNING)
RUN_STEPS = 2
"""Of every day of an evaluation on demand: judged and written beside the facts; followed."""


class Basis(models.TextChoices):
    """With what simulated levels are compared."""

    RULES = "rules", _("What the rules in force give")
    PRESENT = "present", _("The present levels")


class MemberState(models.TextChoices):
    """Where a member of a snapshot cohort stands on a day (T17)."""

    KEPT = "KEPT", pgettext_lazy("a member of a cohort", "Kept")
    BELOW = "BELOW", _("Below the bar")
    SUSPENDED = "SUSPENDED", pgettext_lazy("a member of a cohort", "Suspended")
    LEFT = "LEFT", pgettext_lazy("a member of a cohort", "Left")


MEMBER_TONES = {
    MemberState.KEPT: "success",
    MemberState.BELOW: "warning",
    MemberState.SUSPENDED: "accent",
    MemberState.LEFT: "danger",
}
STATE_NUMBERS = tuple(MemberState)
"""States as the engine numbers them, from 0."""
