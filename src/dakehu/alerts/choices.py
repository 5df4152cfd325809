"""The twelve warnings by name, and how an alert is handled (W1 to W14)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The name under which alerts ask for to-dos.
SOURCE = "alert"


class Rule(models.TextChoices):
    """Codes of the warnings (W5 has two comparisons)."""

    W01 = "W01", _("Calls to the service hotline")
    W02 = "W02", _("Forwarding to another network")
    W03 = "W03", _("Payments less frequent")
    W04 = "W04", _("Daily voice falling")
    W05M = "W05M", _("Falling against last month")
    W05Y = "W05Y", _("Falling against last year")
    W06 = "W06", _("Calls to other networks rising")
    W07 = "W07", _("Birthday")
    W08 = "W08", _("Promotion or contract expiring")
    W09 = "W09", _("No call yesterday")
    W10 = "W10", _("Likely to leave")
    W11 = "W11", _("About to be suspended")
    W12 = "W12", _("Pre-cancellation, loss report or stop request")
    W14 = "W14", _("Wants to leave")


REPORTED = (Rule.W14,)
"""Warnings that others report by day; the night neither raises nor clears them."""


class LeavingKind(models.TextChoices):
    """What a customer who wants to leave asked of another system (W14)."""

    LEAVE_REQUEST = "leave_request", _("Leave request")
    PRE_DEREGISTRATION = "pre_deregistration", _("Pre-deregistration")
    LOSS_REPORT = "loss_report", _("Loss report")
    STOP_REQUEST = "stop_request", _("Stop request")
    PORT_OUT = "port_out", _("Port-out")


class Verdict(models.TextChoices):
    """What became of a report of leaving."""

    TAKEN = "TAKEN", _("Alert raised")
    UNKNOWN = "UNKNOWN", _("Unknown number")
    OUTSIDE = "OUTSIDE", _("Not within the system's reach")
    SEVERAL = "SEVERAL", _("Several customers have it")


VERDICT_TONES = {
    Verdict.TAKEN: "success",
    Verdict.UNKNOWN: "warning",
    Verdict.OUTSIDE: "danger",
    Verdict.SEVERAL: "warning",
}


class AlertState(models.TextChoices):
    """Where the handling of an alert stands."""

    NEW = "NEW", _("New")
    FOLLOW_UP = "FOLLOW_UP", _("Being followed up")
    HANDLED = "HANDLED", _("Handled")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn after late data")


class Outcome(models.TextChoices):
    """What came of a contact."""

    KEPT = "KEPT", _("Kept")
    LEAVING = "LEAVING", _("Leaving")
    FALSE_ALARM = "FALSE_ALARM", _("False alarm")
    NO_ANSWER = "NO_ANSWER", _("No answer")
    CALL_AGAIN = "CALL_AGAIN", _("To be contacted again")
    INFORMED = "INFORMED", _("Informed or congratulated")


class Act(models.TextChoices):
    """What became of one of several alerts that somebody acted on at once."""

    DONE = "DONE", pgettext_lazy("one of several alerts", "Done")
    THEIRS = "THEIRS", _("Was theirs already")
    CHANGED = "CHANGED", _("Somebody changed it meanwhile")
    WITHDRAWN = "WITHDRAWN", _("Was withdrawn after late data")


MOST_AT_ONCE = 500
"""So many alerts take one outcome at once; more are too many to have been looked at."""


class SetState(models.TextChoices):
    """Where a version of the numbers stands."""

    DRAFT = "DRAFT", _("Draft")
    PROPOSED = "PROPOSED", _("Waits for a second person")
    COMING = "COMING", _("Published, comes into force later")
    IN_FORCE = "IN_FORCE", _("In force")
    PAST = "PAST", _("Replaced")
    REMOVED = "REMOVED", _("Withdrawn")


class TrialKind(models.TextChoices):
    """What numbers are tried for."""

    PREVIEW = "PREVIEW", _("Preview")
    BACKTEST = "BACKTEST", _("Back-test")


class TrialState(models.TextChoices):
    """How far a trial is."""

    WAITING = "WAITING", _("Waits for a worker")
    RUNNING = "RUNNING", _("Is being worked out")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")


class TrialChange(models.TextChoices):
    """What numbers tried would change about an alert of a day."""

    NEW = "NEW", _("New: not raised now")
    SAME = "SAME", _("Raised now as well")
    GONE = "GONE", _("Raised now, not any more")


# Outcomes that mean the customer has yet to be spoken to.
ASK_AGAIN = frozenset({Outcome.NO_ANSWER, Outcome.CALL_AGAIN})

SET_TONES = {
    SetState.DRAFT: "info",
    SetState.PROPOSED: "warning",
    SetState.COMING: "accent",
    SetState.IN_FORCE: "success",
    SetState.PAST: "neutral",
    SetState.REMOVED: "neutral",
}
TRIAL_TONES = {
    TrialState.WAITING: "info",
    TrialState.RUNNING: "accent",
    TrialState.DONE: "success",
    TrialState.FAILED: "danger",
}
CHANGE_TONES = {
    TrialChange.NEW: "warning",
    TrialChange.SAME: "neutral",
    TrialChange.GONE: "info",
}

# How a state or an outcome is toned wherever it is shown.
STATE_TONES = {
    AlertState.NEW: "accent",
    AlertState.FOLLOW_UP: "warning",
    AlertState.HANDLED: "success",
    AlertState.WITHDRAWN: "neutral",
}
OUTCOME_TONES = {
    Outcome.KEPT: "success",
    Outcome.LEAVING: "danger",
    Outcome.FALSE_ALARM: "neutral",
    Outcome.NO_ANSWER: "warning",
    Outcome.CALL_AGAIN: "warning",
    Outcome.INFORMED: "info",
}
