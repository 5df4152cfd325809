"""Fixed sets of care."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TO_VISIT = "visit"
FOLLOW_UP = "visit-follow-up"
"""Sources of to-dos."""


class VisitPurpose(models.TextChoices):
    """What somebody visits a customer for (C2, C7, R7, R10)."""

    CARE = "CARE", _("Regular visit")
    PROMOTION = "PROMOTION", _("Promotion information")
    DEMONSTRATION = "DEMONSTRATION", _("Demonstration on site")
    RETURN = "RETURN", _("Return visit")
    INSPECTION = "INSPECTION", _("Inspection")
    FEE_TALK = "FEE_TALK", _("Talk about fees")
    OPTIMISATION = "OPTIMISATION", _("Talk about improvements")
    TRAINING = "TRAINING", _("Training on site")
    OTHER = "OTHER", _("Other purpose")


VISITING = "O5"
"""The service of the catalogue that every visit is an act of."""

SERVICES = {
    VisitPurpose.PROMOTION: "C2",
    VisitPurpose.DEMONSTRATION: "C7",
    VisitPurpose.TRAINING: "C12",
}
"""The services that visits for some purposes are acts of as well."""

REPORTING = "O6"
"""The service of the catalogue that a report sent is an act of."""


class VisitState(models.TextChoices):
    """Where a visit stands."""

    PLANNED = "PLANNED", _("Planned")
    DONE = "DONE", _("Done")
    CANCELLED = "CANCELLED", _("Cancelled")


VISIT_TONES = {"PLANNED": "info", "DONE": "success", "CANCELLED": "neutral"}


class VisitResult(models.TextChoices):
    """What came of a visit."""

    REACHED = "REACHED", _("Purpose reached")
    PARTLY = "PARTLY", _("Partly reached")
    NOT_REACHED = "NOT_REACHED", _("Not reached")
    NOBODY_MET = "NOBODY_MET", _("Nobody was met")


RESULT_TONES = {
    "REACHED": "success",
    "PARTLY": "warning",
    "NOT_REACHED": "danger",
    "NOBODY_MET": "neutral",
}


class RouteReason(models.TextChoices):
    """Why a stop stands where it does in the proposed route of a day."""

    AGREED = "AGREED", _("agreed time")
    NEARBY = "NEARBY", _("same district as the stop before")
    ONWARD = "ONWARD", _("next district")
    ALONG = "ALONG", _("same district, by street")


class Span(models.TextChoices):
    """How much of the agenda is shown."""

    DAY = "day", pgettext_lazy("how much of an agenda", "Day")
    WEEK = "week", pgettext_lazy("how much of an agenda", "Week")


GREET = "greeting"
"""Source of the to-do to greet somebody."""
GREETINGS_SERVICE = "C9"
"""The service of the catalogue that says in which forms customers are greeted."""


class GreetingKind(models.TextChoices):
    """What somebody is greeted for (C9)."""

    FESTIVAL = "FESTIVAL", _("Festival")
    ANNIVERSARY = "ANNIVERSARY", _("Anniversary")
    BIRTHDAY = "BIRTHDAY", _("Birthday of a key person")


class GreetingState(models.TextChoices):
    """Where a greeting stands."""

    PROPOSED = "PROPOSED", _("To be approved")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Not approved")
    DONE = "DONE", _("Done")
    MISSED = "MISSED", _("Not done")


GREETING_TONES = {
    "PROPOSED": "warning",
    "APPROVED": "info",
    "REFUSED": "neutral",
    "DONE": "success",
    "MISSED": "danger",
}


class GreetingResult(models.TextChoices):
    """What came of a greeting."""

    PLEASED = "PLEASED", _("The customer was pleased")
    NOTED = "NOTED", _("Delivered, no answer")
    NOT_REACHED = "NOT_REACHED", _("Could not be reached")
    UNWANTED = "UNWANTED", _("The customer wants no greetings")


class FestivalCalendar(models.TextChoices):
    """By which calendar a festival is kept."""

    SOLAR = "SOLAR", _("Solar")
    LUNAR = "LUNAR", _("Lunar")


REPORT = "service-report"
"""Source of the to-do to review, or to send, a report."""
REPORTS_SERVICE = "O6"
"""The standard of the catalogue that says how often customers get a report."""


class ReportCycle(models.TextChoices):
    """Which stretch of time a service report is about (R1 to R4)."""

    QUARTER = "QUARTER", _("Quarterly report")
    HALF = "HALF", _("Half-yearly report")
    YEAR = "YEAR", _("Yearly report")


class ReportState(models.TextChoices):
    """Where a service report stands."""

    BUILDING = "BUILDING", _("Being built")
    FAILED = "FAILED", _("Could not be built")
    DRAFT = "DRAFT", _("To be reviewed")
    REVIEWED = "REVIEWED", _("Reviewed")
    SENT = "SENT", _("Sent")


UNFINISHED = (ReportState.BUILDING, ReportState.FAILED)
"""States in which a report has no files yet."""
REPORT_TONES = {
    "BUILDING": "info",
    "FAILED": "danger",
    "DRAFT": "warning",
    "REVIEWED": "accent",
    "SENT": "success",
}


class SentBy(models.TextChoices):
    """How a report reached the customer."""

    IN_PERSON = "IN_PERSON", _("Handed over in person")
    MAIL = "MAIL", _("By e-mail")
    POST = "POST", _("By post")


INVITE = "event-invitation"
EVENT_FOLLOW_UP = "event-follow-up"
"""Sources of to-dos: ask whether a customer comes; do what an event left."""
INVITED = "invitation"
"""The evidence of an attendance."""


class EventKind(models.TextChoices):
    """What an event is (C8, C10, C12, G7)."""

    SEMINAR = "SEMINAR", _("Seminar")
    TRAINING = "TRAINING", pgettext_lazy("an event", "Training")
    FELLOWSHIP = "FELLOWSHIP", _("Fellowship")
    PERSONAL = "PERSONAL", _("Lecture or club event")
    EXPERIENCE = "EXPERIENCE", _("Experience day")


EVENT_SERVICES = {
    EventKind.TRAINING: "C12",
    EventKind.FELLOWSHIP: "C10",
    EventKind.PERSONAL: "C8",
}
"""The services of the catalogue that coming to an event of a kind is an act of."""


class EventState(models.TextChoices):
    """Where an event stands."""

    PLANNED = "PLANNED", pgettext_lazy("an event", "Planned")
    HELD = "HELD", pgettext_lazy("an event", "Held")
    CANCELLED = "CANCELLED", pgettext_lazy("an event", "Cancelled")


EVENT_TONES = {"PLANNED": "info", "HELD": "success", "CANCELLED": "neutral"}


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    INVITED = "INVITED", _("Invited")
    ACCEPTED = "ACCEPTED", _("Comes")
    WAITING = "WAITING", _("Waiting list")
    DECLINED = "DECLINED", _("Does not come")
    ATTENDED = "ATTENDED", _("Was there")
    ABSENT = "ABSENT", _("Stayed away")


INVITATION_TONES = {
    "INVITED": "info",
    "ACCEPTED": "accent",
    "WAITING": "warning",
    "DECLINED": "neutral",
    "ATTENDED": "success",
    "ABSENT": "danger",
}
SEATED = (InvitationState.ACCEPTED, InvitationState.ATTENDED)
"""States in which an invitation takes seats."""


class Guests(models.TextChoices):
    """Who of the chosen customers is invited."""

    CUSTOMER = "CUSTOMER", _("The customer as a whole")
    KEY = "KEY", _("Leaders and key persons of groups")
    ALL = "ALL", _("Everybody known of groups")


INVITING_LISTS = {
    "customers:list": "pk",
    "customers:individual_list": "pk",
    "customers:group_list": "pk",
    "customers:prospect_list": "pk",
    "targets:member_list": "customer",
}
"""Lists from which customers are invited, and where their rows name the customer."""
