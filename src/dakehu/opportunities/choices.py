"""Fixed sets of opportunities: states, moves, elements, reasons."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.channels.choices import Channel

OPPORTUNITY = "opportunity"
SALES_ORDER = "order"
"""The subject of the clocks that run until somebody takes over."""
OFFER = "offer"
"""The source of to-dos that ask somebody to take over."""
FOLLOW_UP = "followup"
"""The source of to-dos that tell a partner of what a hall completed (OP11)."""
RELEASE = {"solution": "solution-release", "contract": "contract-release"}
"""The sources of to-dos that ask a second person to release a paper, by its kind."""
REFUSED = "order-refused"
"""The source of to-dos about orders of which the billing system refused something."""
AFTERWARDS = "opportunity-visit"
"""To-dos about what a return visit left open, and about customers who are not content."""
LEFT_OPEN = "opportunity-left-open"
DISCONTENT = "opportunity-discontent"
"""The source of to-dos to ask the customer whether what was set up works."""
RENEWAL = "contract-end"
"""The source of to-dos that ask to renew a contract."""


class State(models.TextChoices):
    """Where an opportunity stands (spec of routing, states)."""

    CAPTURED = "CAPTURED", pgettext_lazy("an opportunity", "Captured")
    QUALIFIED = "QUALIFIED", pgettext_lazy("an opportunity", "Qualified")
    KEPT = "KEPT", _("Consultation, not routed")
    COMPLETED = "COMPLETED", pgettext_lazy("an opportunity", "Completed in place")
    ROUTED = "ROUTED", _("At the operations center")
    OFFERED = "OFFERED", pgettext_lazy("an opportunity", "Offered")
    RETURNED = "RETURNED", pgettext_lazy("an opportunity", "Returned")
    EXPIRED = "EXPIRED", _("Not claimed in time")
    CLAIMED = "CLAIMED", pgettext_lazy("an opportunity", "Claimed")
    NEGOTIATING = "NEGOTIATING", pgettext_lazy("an opportunity", "Negotiating")
    WON = "WON", pgettext_lazy("an opportunity", "Won")
    LOST = "LOST", pgettext_lazy("an opportunity", "Lost")


QUEUE = (State.ROUTED, State.RETURNED, State.EXPIRED)
"""What waits for the operations center."""
OWNED = (State.CLAIMED, State.NEGOTIATING)
"""What somebody has taken responsibility for."""
OPEN = (*QUEUE, State.OFFERED, *OWNED)
"""What still can become something."""
STATE_TONES = {
    "CAPTURED": "neutral", "QUALIFIED": "neutral", "KEPT": "neutral", "COMPLETED": "success",
    "ROUTED": "danger", "OFFERED": "warning", "RETURNED": "danger", "EXPIRED": "danger",
    "CLAIMED": "info", "NEGOTIATING": "accent", "WON": "success", "LOST": "neutral",
}  # fmt: skip


class SalesStage(models.TextChoices):
    """How far a claimed opportunity is (OP14)."""

    DIGGING = "DIGGING", _("Need digging")
    PREPLAN = "PREPLAN", _("Pre-plan")
    SOLUTION = "SOLUTION", pgettext_lazy("a stage of selling", "Solution")
    NEGOTIATION = "NEGOTIATION", pgettext_lazy("a stage of selling", "Negotiation")
    CONTRACT = "CONTRACT", pgettext_lazy("a stage of selling", "Contract")
    HANDOVER = "HANDOVER", pgettext_lazy("a stage of selling", "Hand-over")
    VISIT = "VISIT", pgettext_lazy("a stage of selling", "Return visit")
    DONE = "DONE", pgettext_lazy("a stage of selling", "Done")


BEFORE_SIGNING = (
    SalesStage.DIGGING, SalesStage.PREPLAN, SalesStage.SOLUTION, SalesStage.NEGOTIATION,
    SalesStage.CONTRACT,
)  # fmt: skip
"""Stages of what is not won yet; among them one may go on and back."""
AFTER_SIGNING = (SalesStage.HANDOVER, SalesStage.VISIT, SalesStage.DONE)
"""Stages of what is won, in their order."""
STAGE_HELP = {
    SalesStage.DIGGING: _("Who decides, what hurts, what it is worth."),
    SalesStage.PREPLAN: _("What fits, who has to help, which papers are missing."),
    SalesStage.SOLUTION: _("Technical and commercial part; the document as a file."),
    SalesStage.NEGOTIATION: _("Demonstration, reference cases, terms; notes of every meeting."),
    SalesStage.CONTRACT: _("Stamped by both sides; the paper as a file."),
    SalesStage.HANDOVER: _("Ordered and set up."),
    SalesStage.VISIT: _("Asked whether it works as promised."),
    SalesStage.DONE: _("Nothing is left to do."),
}
CLASS_TONES = {"A": "accent", "B": "info", "C": "neutral", "PROSPECT": "neutral"}


class Move(models.TextChoices):
    """What is done with an opportunity; each stands in its passport."""

    CAPTURE = "CAPTURE", pgettext_lazy("an opportunity", "Captured")
    QUALIFY = "QUALIFY", pgettext_lazy("an opportunity", "Qualified")
    KEEP = "KEEP", _("Kept as a consultation")
    COMPLETE = "COMPLETE", pgettext_lazy("an opportunity", "Completed in place")
    ROUTE = "ROUTE", _("Destination decided")
    OFFER = "OFFER", pgettext_lazy("an opportunity", "Offered")
    CLAIM = "CLAIM", pgettext_lazy("an opportunity", "Claimed")
    RETURN = "RETURN", _("Returned to the operations center")
    EXPIRE = "EXPIRE", _("Not claimed in time")
    TAKE_BACK = "TAKE_BACK", _("Offer withdrawn")
    LEAVE = "LEAVE", _("Whoever had it does not work here any more")
    PASS = "PASS", _("Passed on to another person")
    NEGOTIATE = "NEGOTIATE", _("Negotiation begun")
    WIN = "WIN", pgettext_lazy("an opportunity", "Won")
    LOSE = "LOSE", pgettext_lazy("an opportunity", "Given up")
    NOTE = "NOTE", pgettext_lazy("an opportunity", "Remark")
    EDIT = "EDIT", _("Elements completed")
    STAGE = "STAGE", pgettext_lazy("an opportunity", "Stage")
    MEETING = "MEETING", _("Talks with the customer")
    PAPER = "PAPER", pgettext_lazy("an opportunity", "Papers")
    ORDER = "ORDER", _("Handed over to the billing system")
    SUPPORT = "SUPPORT", pgettext_lazy("an opportunity", "Support ordered")
    VISIT = "VISIT", pgettext_lazy("an opportunity", "Return visit")


MOVE_ICONS = {
    "CAPTURE": "ear", "QUALIFY": "zoom-check", "KEEP": "archive", "COMPLETE": "circle-check",
    "ROUTE": "git-branch", "OFFER": "send", "CLAIM": "hand-grab", "RETURN": "arrow-back-up",
    "EXPIRE": "clock-x", "TAKE_BACK": "arrow-left", "LEAVE": "user-off", "PASS": "user-share",
    "NEGOTIATE": "messages", "WIN": "trophy", "LOSE": "circle-x", "NOTE": "note",
    "EDIT": "pencil", "STAGE": "stairs-up", "MEETING": "messages", "PAPER": "file-text",
    "ORDER": "truck-delivery",
    "SUPPORT": "lifebuoy", "VISIT": "phone-check",
}  # fmt: skip


class VisitForm(models.TextChoices):
    """How the customer was asked afterwards whether it works (OP14)."""

    CALL = "CALL", pgettext_lazy("a return visit", "By telephone")
    ONSITE = "ONSITE", pgettext_lazy("a return visit", "On site")
    MESSAGE = "MESSAGE", pgettext_lazy("a return visit", "By message")
    VIDEO = "VIDEO", pgettext_lazy("a return visit", "By video")


class Remedy(models.TextChoices):
    """What becomes of points that a return visit left open."""

    TODO = "TODO", _("A to-do for whoever has the opportunity")
    SUPPORT = "SUPPORT", _("An order of support to the operations center")


SATISFACTION = tuple(
    (points, label)
    for points, label in (
        (5, pgettext_lazy("a return visit", "Very content")),
        (4, pgettext_lazy("a return visit", "Content")),
        (3, pgettext_lazy("a return visit", "So so")),
        (2, pgettext_lazy("a return visit", "Discontent")),
        (1, pgettext_lazy("a return visit", "Very discontent")),
    )
)
LOW_POINTS = 2
"""Up to this the superior is told."""
VISIT_TONES = {5: "success", 4: "success", 3: "neutral", 2: "danger", 1: "danger"}


class PaperKind(models.TextChoices):
    """What is written for an opportunity, and released by a second person."""

    SOLUTION = "solution", pgettext_lazy("a paper", "Solution")
    CONTRACT = "contract", pgettext_lazy("a paper", "Contract")


class PaperState(models.TextChoices):
    """Where a solution or a contract stands; a solution is never signed."""

    DRAFT = "DRAFT", pgettext_lazy("a paper", "Draft")
    PROPOSED = "PROPOSED", pgettext_lazy("a paper", "Waits for release")
    RELEASED = "RELEASED", pgettext_lazy("a paper", "Released")
    SIGNED = "SIGNED", pgettext_lazy("a paper", "Signed by both sides")
    ENDED = "ENDED", pgettext_lazy("a paper", "Not to be renewed")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a paper", "Withdrawn")


class TemplateState(models.TextChoices):
    """Where the words of solutions stand."""

    DRAFT = "DRAFT", pgettext_lazy("a template", "Draft")
    RELEASED = "RELEASED", pgettext_lazy("a template", "Released")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a template", "Over")


TEMPLATE_TONES = {"DRAFT": "warning", "RELEASED": "success", "WITHDRAWN": "neutral"}
PLACE_WORDS = {
    "customer": _("the customer"),
    "number": _("the number of the opportunity"),
    "products": _("the products named"),
    "contact": _("whom to talk to"),
    "key_person": _("who decides"),
    "need": _("the type of need"),
    "present": _("what is in use today"),
    "expected": _("the expected value"),
    "manager": _("who has the opportunity"),
    "unit": _("the unit"),
    "today": _("the day"),
}
"""What the places of a template stand for."""
WORKING = (PaperState.DRAFT, PaperState.PROPOSED)
"""What is still worked on."""
ALIVE = (*WORKING, PaperState.RELEASED)
"""What is not signed yet, and can be withdrawn."""
PAPER_TONES = {
    "DRAFT": "neutral", "PROPOSED": "warning", "RELEASED": "info", "SIGNED": "success",
    "ENDED": "neutral", "WITHDRAWN": "neutral",
}  # fmt: skip


class PaperAct(models.TextChoices):
    """What was done with a paper, as the passport tells it."""

    WRITE = "WRITE", pgettext_lazy("a paper", "drafted")
    CHANGE = "CHANGE", pgettext_lazy("a paper", "changed")
    PROPOSE = "PROPOSE", pgettext_lazy("a paper", "proposed for release")
    RELEASE = "RELEASE", pgettext_lazy("a paper", "released")
    SEND_BACK = "SEND_BACK", pgettext_lazy("a paper", "sent back")
    WITHDRAW = "WITHDRAW", pgettext_lazy("a paper", "withdrawn")
    SIGN = "SIGN", pgettext_lazy("a paper", "signed by both sides")
    RENEW = "RENEW", pgettext_lazy("a paper", "renewal begun")
    END = "END", pgettext_lazy("a paper", "not to be renewed")


class MeetingKind(models.TextChoices):
    """What kind of talk it was (OP14)."""

    TALK = "TALK", _("Negotiation")
    DEMO = "DEMO", pgettext_lazy("kind of meeting", "Demonstration")
    REFERENCE = "REFERENCE", _("Reference case shown")
    CALL = "CALL", pgettext_lazy("kind of meeting", "On the telephone")


USUAL_POINTS = {
    "LICENCE": _("Copy of the business licence, stamped"),
    "IDENTITY": _(
        "Identity card of whoever acts for the customer, and the letter that names them"
    ),
    "CONTRACT": _("Contract stamped by both sides"),
}
"""What is checked of every product that has no list of its own, by codes that are kept."""


class OrderState(models.TextChoices):
    """Where an order to the billing system stands."""

    WAITING = "WAITING", pgettext_lazy("an order", "Waits to be sent")
    SENT = "SENT", pgettext_lazy("an order", "Sent, not answered yet")
    ANSWERED = "ANSWERED", pgettext_lazy("an order", "Answered")


class RowState(models.TextChoices):
    """What the billing system answered about one product of an order."""

    WAITING = "WAITING", pgettext_lazy("a row of an order", "Not answered yet")
    DONE = "DONE", pgettext_lazy("a row of an order", "Set up")
    REFUSED = "REFUSED", pgettext_lazy("a row of an order", "Refused")


ROW_TONES = {"WAITING": "neutral", "DONE": "success", "REFUSED": "danger"}
ORDER_TONES = {"WAITING": "warning", "SENT": "info", "ANSWERED": "success"}


class Ending(models.TextChoices):
    """What became of an offer."""

    OPEN = "OPEN", pgettext_lazy("an offer", "Open")
    CLAIMED = "CLAIMED", pgettext_lazy("an offer", "Claimed")
    OTHERS = "OTHERS", _("Claimed by another")
    RETURNED = "RETURNED", pgettext_lazy("an offer", "Returned")
    EXPIRED = "EXPIRED", pgettext_lazy("an offer", "Expired")
    TAKEN_BACK = "TAKEN_BACK", pgettext_lazy("an offer", "Withdrawn")


class Element(models.TextChoices):
    """The six elements to record (OP2)."""

    BASICS = "BASICS", _("Basics")
    ENTERPRISE = "ENTERPRISE", _("Enterprise")
    CONTACT = "CONTACT", pgettext_lazy("element of an opportunity", "Contact")
    KEY_PERSON = "KEY_PERSON", _("Key person")
    NEED = "NEED", _("Type of need")
    PRESENT = "PRESENT", _("Present informatization")


class NeedKind(models.TextChoices):
    """What kind of need it is."""

    NEW = "NEW", _("Something new")
    MORE = "MORE", _("More of what they have")
    REPLACE = "REPLACE", _("Instead of a competitor's")
    RENEW = "RENEW", _("Renewal of a contract")
    TRIAL = "TRIAL", _("Wants to try it first")
    OTHER = "OTHER", pgettext_lazy("kind of need", "Other")


class ReturnReason(models.TextChoices):
    """Why somebody gives an opportunity back (OP6)."""

    REGION = "REGION", _("Outside my region")
    AUTHORITY = "AUTHORITY", _("No authority for the product")
    BUSY = "BUSY", _("No time for it now")
    UNREACHED = "UNREACHED", _("The contact cannot be reached")
    WRONG = "WRONG", _("What was recorded is not right")
    OTHER = "OTHER", pgettext_lazy("reason to return", "Other")


class LossReason(models.TextChoices):
    """Why nothing comes of an opportunity."""

    PRICE = "PRICE", _("Price")
    COMPETITOR = "COMPETITOR", _("Went to a competitor")
    NO_NEED = "NO_NEED", _("No need any more")
    IMPOSSIBLE = "IMPOSSIBLE", _("Cannot be delivered")
    SILENT = "SILENT", _("Does not answer any more")
    DUPLICATE = "DUPLICATE", _("Recorded twice")
    OTHER = "OTHER", pgettext_lazy("reason of loss", "Other")


class Fit(models.TextChoices):
    """What speaks for or against giving an opportunity to somebody."""

    MANAGER = "MANAGER", _("looks after the customer")
    AREA = "AREA", _("serves the area")
    CITY = "CITY", _("works in the same city")
    FAR = "FAR", _("works elsewhere")
    AUTHORISED = "AUTHORISED", _("has authority for everything named")
    BEYOND = "BEYOND", _("lacks authority for something named")
    AWAY = "AWAY", _("is away")
    FULL = "FULL", _("has as much as they can look after")
    HAD = "HAD", _("had it before")


CHANNELS_OF_ROLES = {
    "ACCOUNT_MANAGER": (Channel.MANAGER,),
    "CHIEF_REPRESENTATIVE": (Channel.MANAGER,),
    "TELEPHONE_MANAGER": (Channel.TELEPHONE,),
    "PARTNER": (Channel.PARTNER,),
    "HALL": (Channel.HALL, Channel.EXPERIENCE),
    "HOTLINE": (Channel.HOTLINE, Channel.WEBSITE),
    "OPERATIONS_CENTER": (Channel.CENTER, *(each for each in Channel if each != Channel.CENTER)),
}
"""The channels at which a role takes contacts in, the usual one first; the others, all."""


@dataclass(frozen=True)
class Guide:
    """How a channel takes a contact in (CH16): what to ask, until when, what counts as good."""

    questions: tuple[Promise, ...]
    requirement: Promise
    criterion: Promise


GUIDES = {
    Channel.HOTLINE: Guide(
        (
            _("What does the company need it for, and for how many people?"),
            _("Shall we have somebody call back with an offer?"),
            _("Whom may they ask for, and at which number?"),
        ),
        _("Recorded before the call ends."),
        _("Nobody is asked for the same thing twice: whoever calls back knows it from here."),
    ),
    Channel.HALL: Guide(
        (
            _("Is the member there in person, with an identity card?"),
            _("Which of the products at the counter fit as well?"),
        ),
        _("Recorded at the counter, with the papers as files."),
        _("What the counter may complete is completed; a partner follows it up."),
    ),
    Channel.TELEPHONE: Guide(
        (
            _("Good day, I look after your company at the operator. Is it a good moment?"),
            _("What do you use today, and what does not suit you?"),
            _("Colleagues of your size use it for this. Would an offer be welcome?"),
            _("Who decides about it?"),
        ),
        _("Recorded on the day of the call, also a no."),
        _("Whether the customer was called back in time is measured by the telephone manager."),
    ),
    Channel.EXPERIENCE: Guide(
        (
            _("What was shown, and what did the visitors ask about?"),
            _("Which of the visitors decides?"),
        ),
        _("Recorded on the day of the visit."),
        _("Every visit of a key person leads to an answer."),
    ),
    Channel.MANAGER: Guide(
        (
            _("What is the need behind it?"),
            _("Who decides, and by when?"),
            _("What is in use today, and until when does its contract run?"),
        ),
        _("Recorded on the day on which it was heard."),
        _("All six elements are known before a solution is drawn up."),
    ),
    Channel.PARTNER: Guide(
        (_("What does the company need, and who decides?"),),
        _("Recorded on the day on which it was heard."),
        _("What goes beyond the partner's authority comes to the operator, not to nobody."),
    ),
    Channel.WEBSITE: Guide(
        (_("What was written, word by word?"), _("How can they be reached?")),
        _("Recorded within the hour."),
        _("Nobody has to write twice."),
    ),
    Channel.CENTER: Guide(
        (_("From whom did it come, and what was promised?"),),
        _("Recorded at once."),
        _("Everything that comes back has somebody within the working day."),
    ),
}
