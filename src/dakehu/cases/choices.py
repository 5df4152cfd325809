"""Fixed sets of service requests: kinds, channels, states, acts, results, causes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CASE = "case"
"""The source of to-dos, and the subject of clocks, that stand for a case."""


class CaseKind(models.TextChoices):
    """What a customer asks for; ``SUPPORT`` is what one team asks of another (CH11)."""

    CONSULTATION = "CONSULTATION", _("Consultation")
    COMPLAINT = "COMPLAINT", _("Complaint")
    FAULT = "FAULT", _("Fault")
    COVERAGE = "COVERAGE", _("Network-coverage need")
    BATCH = "BATCH", _("Batch business")
    INSTALLATION = "INSTALLATION", pgettext_lazy("kind of case", "Installation")
    TRIAL = "TRIAL", _("Trial")
    DEMONSTRATION = "DEMONSTRATION", _("Demonstration")
    TRAINING = "TRAINING", pgettext_lazy("kind of case", "Training")
    SOLUTION = "SOLUTION", _("Solution design")
    RETURN = "RETURN", _("Return or exchange")
    SUGGESTION = "SUGGESTION", _("Suggestion")
    SUPPORT = "SUPPORT", _("Support request order")


ASKED_KINDS = tuple(kind for kind in CaseKind if kind is not CaseKind.SUPPORT)
"""What customers ask for; a support request order begins on the page of a case."""

SERVICES = {
    CaseKind.CONSULTATION: "C13",
    CaseKind.COMPLAINT: "C17",
    CaseKind.FAULT: "C19",
    CaseKind.COVERAGE: "C1",
    CaseKind.BATCH: "C3",
    CaseKind.INSTALLATION: "C14",
    CaseKind.TRIAL: "C6",
    CaseKind.DEMONSTRATION: "C7",
    CaseKind.TRAINING: "C12",
    CaseKind.SOLUTION: "C11",
    CaseKind.RETURN: "C15",
}
"""The service of the catalogue by which a kind is promised and routed."""

KIND_ICONS = {
    "CONSULTATION": "help-circle",
    "COMPLAINT": "mood-angry",
    "FAULT": "plug-x",
    "COVERAGE": "antenna-bars-5",
    "BATCH": "list-numbers",
    "INSTALLATION": "tool",
    "TRIAL": "flask",
    "DEMONSTRATION": "presentation",
    "TRAINING": "school",
    "SOLUTION": "puzzle",
    "RETURN": "arrows-exchange",
    "SUGGESTION": "bulb",
    "SUPPORT": "lifebuoy",
}


class CaseChannel(models.TextChoices):
    """Where a case came in (CH1)."""

    HOTLINE = "HOTLINE", _("Group hotline")
    MANAGER = "MANAGER", _("Account manager")
    TELEPHONE = "TELEPHONE", _("Telephone manager")
    HALL = "HALL", _("Service hall")
    WEBSITE = "WEBSITE", _("Website")
    PARTNER = "PARTNER", _("Social channel")
    EXPERIENCE = "EXPERIENCE", _("Experience hall")
    OPERATIONS = "OPERATIONS", _("Operations center")


CHANNELS = {
    "ACCOUNT_MANAGER": CaseChannel.MANAGER,
    "CHIEF_REPRESENTATIVE": CaseChannel.MANAGER,
    "TELEPHONE_MANAGER": CaseChannel.TELEPHONE,
    "HALL": CaseChannel.HALL,
    "PARTNER": CaseChannel.PARTNER,
    "OPERATIONS_CENTER": CaseChannel.OPERATIONS,
}
"""The channel that a role most often takes cases at; the others, the hotline."""


class CaseState(models.TextChoices):
    """Where a case stands."""

    NEW = "NEW", _("In the queue")
    TAKEN = "TAKEN", _("Being worked on")
    WAITING = "WAITING", _("Waits for the customer")
    CLOSED = "CLOSED", pgettext_lazy("state of a case", "Closed")
    MERGED = "MERGED", pgettext_lazy("state of a case", "Merged into another")


OPEN_STATES = (CaseState.NEW, CaseState.TAKEN, CaseState.WAITING)
STATE_TONES = {
    "NEW": "warning",
    "TAKEN": "info",
    "WAITING": "neutral",
    "CLOSED": "success",
    "MERGED": "neutral",
}


class Priority(models.IntegerChoices):
    """How much one case goes before another; the first goes first."""

    FIRST = 1, _("Highest priority")
    SECOND = 2, _("Second priority")
    NORMAL = 3, pgettext_lazy("priority", "Normal")
    LOW = 4, pgettext_lazy("priority", "Low")


PRIORITY_TONES = {1: "danger", 2: "warning", 3: "neutral", 4: "neutral"}


class Bond(models.TextChoices):
    """Why a case belongs to another one."""

    REPORT = "REPORT", _("Reports the same fault")
    PART = "PART", _("Split off")
    SUPPORT = "SUPPORT", _("Support for it")


class Move(models.TextChoices):
    """What can be done with a case, as far as its state decides."""

    TAKE = "TAKE", pgettext_lazy("of a case", "Take")
    GIVE = "GIVE", _("Hand over")
    PUT_BACK = "PUT_BACK", _("Back into the queue")
    TALK = "TALK", _("Talk to the customer")
    NOTE = "NOTE", _("Note")
    WAIT = "WAIT", _("Wait for the customer")
    RESUME = "RESUME", _("Go on")
    CLOSE = "CLOSE", pgettext_lazy("of a case", "Close")
    REOPEN = "REOPEN", _("Open again")
    MERGE = "MERGE", _("Merge")
    JOIN = "JOIN", _("Join to another case")
    SPLIT = "SPLIT", _("Split")


class ActKind(models.TextChoices):
    """What was done on a case."""

    NOTE = "NOTE", _("Internal note")
    MESSAGE = "MESSAGE", _("Message to the customer")
    CALL = "CALL", _("Call with the customer")
    TAKEN = "TAKEN", pgettext_lazy("of a case", "Taken")
    HANDED_OVER = "HANDED_OVER", _("Handed over")
    PUT_BACK = "PUT_BACK", _("Put back into the queue")
    WAITED = "WAITED", _("Waits for the customer")
    RESUMED = "RESUMED", _("Went on")
    STEP = "STEP", _("Next step")
    CHANGED = "CHANGED", _("Changed")
    LINKED = "LINKED", _("Linked")
    JOINED = "JOINED", _("Joined to another case")
    SPLIT = "SPLIT", pgettext_lazy("of a case", "Split off")
    MERGED = "MERGED", pgettext_lazy("of a case", "Merged")
    SUPPORT = "SUPPORT", _("Support")
    RAISED = "RAISED", _("Raised")
    ORDER = "ORDER", _("Work order")
    VISITED = "VISITED", _("Return visit")
    CLOSED = "CLOSED", pgettext_lazy("of a case", "Closed")
    REOPENED = "REOPENED", _("Opened again")


TALKS = (ActKind.MESSAGE, ActKind.CALL)
"""Acts that reach the customer: these alone answer a clock."""

ACT_ICONS = {
    "NOTE": "note",
    "MESSAGE": "message",
    "CALL": "phone",
    "TAKEN": "hand-grab",
    "HANDED_OVER": "user-share",
    "PUT_BACK": "arrow-back-up",
    "WAITED": "player-pause",
    "RESUMED": "player-play",
    "STEP": "stairs-up",
    "CHANGED": "pencil",
    "LINKED": "link",
    "JOINED": "sitemap",
    "SPLIT": "arrows-split-2",
    "MERGED": "git-merge",
    "SUPPORT": "lifebuoy",
    "RAISED": "stairs-up",
    "ORDER": "tool",
    "VISITED": "phone-check",
    "CLOSED": "circle-check",
    "REOPENED": "refresh",
}


class CoverageStep(models.TextChoices):
    """How far a network-coverage need is (C1); closing it is the last step."""

    REPORTED = "REPORTED", _("Recorded and reported")
    ASSIGNED = "ASSIGNED", _("Manager and technician assigned")
    REPLIED = "REPLIED", _("Preliminary reply")
    PLANNED = "PLANNED", _("Planned and watched")


class Rung(models.TextChoices):
    """By what a case is worked on; each rung takes more than the one before (R5)."""

    HOTLINE = "HOTLINE", pgettext_lazy("rung", "Hotline")
    REMOTE = "REMOTE", pgettext_lazy("rung", "Remote")
    ON_SITE = "ON_SITE", pgettext_lazy("rung", "On site")
    HEADQUARTERS = "HEADQUARTERS", _("Headquarters support")


RUNG_ICONS = {
    "HOTLINE": "headset",
    "REMOTE": "device-desktop",
    "ON_SITE": "tool",
    "HEADQUARTERS": "building-skyscraper",
}


ORDER = "workorder"
"""The source of to-dos that stand for a work order."""


class OrderPurpose(models.TextChoices):
    """What somebody goes out for; all but the first are entered beforehand, of no case (R7)."""

    CASE = "CASE", _("Service request")
    VISIT = "VISIT", _("Visit")
    FEE_TALK = "FEE_TALK", _("Talk about fees")
    OPTIMISING = "OPTIMISING", _("Talk about optimisation")


PURPOSE_ICONS = {
    "CASE": "tool", "VISIT": "users", "FEE_TALK": "receipt", "OPTIMISING": "adjustments",
}  # fmt: skip
ACT_SERVICES = {"TRAINING": "C12", "DEMONSTRATION": "C7"}
"""The services owed again and again that a signed order for a kind of case is an act of."""
VISITING = "O5"
"""The service that every signed order without a case is an act of."""


class OrderState(models.TextChoices):
    """Where a work order stands."""

    DRAFTED = "DRAFTED", _("To be assigned")
    ASSIGNED = "ASSIGNED", pgettext_lazy("a work order", "Assigned")
    ACCEPTED = "ACCEPTED", pgettext_lazy("a work order", "Accepted")
    TRAVELLING = "TRAVELLING", _("On the way")
    ON_SITE = "ON_SITE", pgettext_lazy("a work order", "On site")
    DONE = "DONE", _("Done, to be signed")
    SIGNED = "SIGNED", _("Signed")
    RETURNED = "RETURNED", _("Returned")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a work order", "Withdrawn")


UNASSIGNED = (OrderState.DRAFTED, OrderState.RETURNED)
"""States of what waits for an engineer."""
UNDER_WAY = (
    OrderState.ASSIGNED, OrderState.ACCEPTED, OrderState.TRAVELLING, OrderState.ON_SITE,
)  # fmt: skip
"""States in which an order takes up the time of its engineer still to come."""
SETTLED = (OrderState.SIGNED, OrderState.WITHDRAWN)
"""States after which nothing is left to do."""
ORDER_TONES = {
    "DRAFTED": "warning", "ASSIGNED": "info", "ACCEPTED": "info", "TRAVELLING": "accent",
    "ON_SITE": "accent", "DONE": "warning", "SIGNED": "success", "RETURNED": "danger",
    "WITHDRAWN": "neutral",
}  # fmt: skip


class OrderMove(models.TextChoices):
    """What can be done with a work order, as far as its state decides."""

    PLAN = "PLAN", pgettext_lazy("a work order", "Planned")
    CHANGE = "CHANGE", pgettext_lazy("a work order", "Plan changed")
    ASSIGN = "ASSIGN", pgettext_lazy("a work order", "Assigned")
    TAKE_BACK = "TAKE_BACK", _("Taken back")
    ACCEPT = "ACCEPT", pgettext_lazy("a work order", "Accepted")
    SET_OUT = "SET_OUT", _("Set out")
    ARRIVE = "ARRIVE", _("Arrived")
    RECORD = "RECORD", _("Service record written")
    SIGN = "SIGN", _("Signed by the customer")
    RETURN = "RETURN", _("Returned to the desk")
    WITHDRAW = "WITHDRAW", pgettext_lazy("a work order", "Withdrawn")


class OrderResult(models.TextChoices):
    """What came of the work on site."""

    SOLVED = "SOLVED", _("Solved")
    PARTLY = "PARTLY", _("Solved in part")
    UNSOLVED = "UNSOLVED", _("Not solved")


class SignedBy(models.TextChoices):
    """How a customer signed."""

    DRAWN = "DRAWN", _("Drawn on the screen")
    SHEET = "SHEET", _("On paper, photographed")


class Judgement(models.TextChoices):
    """Why an engineer is proposed for a work order, or passed over."""

    BUSY = "BUSY", _("has another order at that time")
    AWAY = "AWAY", _("is on leave")
    SKILL = "SKILL", _("lacks a skill")
    OFF_HOURS = "OFF_HOURS", _("does not work at that time")
    AREA = "AREA", _("is farther from the place")
    LOAD = "LOAD", _("has more to do on that day")
    LATER = "LATER", _("is equally fit, and comes later in the list")
    ORIGINAL = "ORIGINAL", _("was there before, and the customer is of an upper level")
    KNOWN = "KNOWN", _("was there before")
    NEAR = "NEAR", _("is the nearest")
    FREE = "FREE", _("has the least to do on that day")
    FIRST = "FIRST", _("is the first of equals in the list")
    ONLY = "ONLY", _("is the only one who can")


class SupportNeed(models.TextChoices):
    """What support is ordered for (CH11)."""

    DEVELOPMENT = "DEVELOPMENT", _("Development")
    TRAINING = "TRAINING", pgettext_lazy("support", "Training")
    INSTALLATION = "INSTALLATION", pgettext_lazy("support", "Installation")
    MAINTENANCE = "MAINTENANCE", _("Maintenance")


class CloseResult(models.TextChoices):
    """What came of a case."""

    SOLVED = "SOLVED", _("Solved")
    PARTLY = "PARTLY", _("Solved in part")
    EXPLAINED = "EXPLAINED", _("Explained, and accepted")
    IMPOSSIBLE = "IMPOSSIBLE", _("Cannot be done")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("result of a case", "Withdrawn by the customer")
    MISTAKE = "MISTAKE", pgettext_lazy("result of a case", "Entered by mistake")


RESULT_TONES = {
    "SOLVED": "success",
    "PARTLY": "warning",
    "EXPLAINED": "info",
    "IMPOSSIBLE": "danger",
    "WITHDRAWN": "neutral",
    "MISTAKE": "neutral",
}


class Cause(models.TextChoices):
    """Why the customer had to ask."""

    NETWORK = "NETWORK", _("Network")
    PLATFORM = "PLATFORM", _("Platform or system")
    TERMINAL = "TERMINAL", _("Terminal or equipment")
    TARIFF = "TARIFF", _("Tariff or bill")
    HANDLING = "HANDLING", _("How it was handled")
    ATTITUDE = "ATTITUDE", _("Attitude of service")
    DELAY = "DELAY", pgettext_lazy("cause of a case", "Not in time")
    PROMOTION = "PROMOTION", _("What was advertised")
    KNOWLEDGE = "KNOWLEDGE", _("Information was missing")
    OWN_SIDE = "OWN_SIDE", _("On the customer's side")
    DEMAND = "DEMAND", _("A new need")
    OTHER = "OTHER", pgettext_lazy("cause of a case", "Other")


class VisitState(models.TextChoices):
    """Whether the customer was asked after closing, and what they said (R10)."""

    NONE = "", _("No return visit")
    DUE = "DUE", _("Return visit due")
    SOLVED = "SOLVED", _("Confirmed")
    UNSOLVED = "UNSOLVED", _("Not solved")
    UNREACHED = "UNREACHED", _("Not reached")


VISIT_TONES = {"DUE": "warning", "SOLVED": "success", "UNSOLVED": "danger", "UNREACHED": "neutral"}
