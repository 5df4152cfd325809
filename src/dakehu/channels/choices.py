"""Fixed sets of channels: who meets customers, what is done with products, and how far."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TO_PUBLISH = "channel-matrix"
"""To-dos: matrices that wait for a second person."""


class Channel(models.TextChoices):
    """The eight channels (CH1)."""

    MANAGER = "MANAGER", _("Account manager")
    PARTNER = "PARTNER", _("Partner")
    TELEPHONE = "TELEPHONE", _("Telephone manager")
    WEBSITE = "WEBSITE", _("Website")
    HALL = "HALL", _("Service hall")
    HOTLINE = "HOTLINE", _("Group hotline")
    EXPERIENCE = "EXPERIENCE", _("Experience hall")
    CENTER = "CENTER", _("Operations center")


POSITIONING = {
    Channel.MANAGER: _("Main channel of A and B customers, customer by customer."),
    Channel.PARTNER: _(
        "Main channel of C and D customers and prospects, product by product; beside the manager "
        "for some products of A and B customers."
    ),
    Channel.TELEPHONE: _("Looks after the key persons of C groups."),
    Channel.WEBSITE: _(
        "C and D customers, prospects, A and B customers who like it online, and members."
    ),
    Channel.HALL: _("C and D customers, the neighbourhood of the hall, prospects."),
    Channel.HOTLINE: _("All customers and prospects."),
    Channel.EXPERIENCE: _("Key persons of A and B customers and of prospects."),
    Channel.CENTER: _("Works behind the other channels; decides what comes back."),
}
"""Whom a channel is there for (CH2)."""


class Activity(models.TextChoices):
    """What a customer wants done with a product."""

    OPEN = "OPEN", pgettext_lazy("with a product", "Open or sign")
    CHANGE = "CHANGE", pgettext_lazy("with a product", "Change")
    CANCEL = "CANCEL", pgettext_lazy("with a product", "Cancel")
    ADD_MEMBER = "ADD_MEMBER", _("Add members")
    DELETE_MEMBER = "DELETE_MEMBER", _("Delete members")
    DATA = "DATA", _("Change basic data")


class Mark(models.TextChoices):
    """How a channel may complete an activity itself."""

    DIRECT = "DIRECT", _("Directly")
    IN_PERSON = "IN_PERSON", _("Directly, for the member in person")
    AUTHORITY = "AUTHORITY", _("Directly, within one's business authority")


class Way(models.TextChoices):
    """What a channel does with what it may not complete."""

    PRE_ACCEPT = "PRE_ACCEPT", _("Pre-accept")
    REFER = "REFER", _("Pass on")


class Stage(models.TextChoices):
    """The stages of selling and serving (CH4)."""

    ENQUIRY = "ENQUIRY", _("Consultation")
    TALK = "TALK", _("Sales talk")
    SALE = "SALE", _("Sales execution")
    ACCEPTANCE = "ACCEPTANCE", pgettext_lazy("a stage of selling", "Acceptance")
    SERVICE = "SERVICE", _("Basic service")


class Part(models.TextChoices):
    """What a channel is in a stage."""

    MAIN = "MAIN", pgettext_lazy("part of a channel", "Main")
    ASSIST = "ASSIST", pgettext_lazy("part of a channel", "Assists")


class ProductKind(models.TextChoices):
    """Whether a product is the same for all or made for an industry."""

    STANDARD = "STANDARD", _("Standard product")
    INDUSTRY = "INDUSTRY", _("Industry application")
    DATA = "DATA", _("Data of the customer")


class Fulfilment(models.TextChoices):
    """How a product comes about: in the billing system at once, or by a work order (CH6)."""

    BOSS = "BOSS", _("Directly in the billing system")
    ORDER = "ORDER", _("By work order")


class Class(models.TextChoices):
    """The class of a customer as far as routing asks for it."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    PROSPECT = "PROSPECT", _("Prospect")


class Kind(models.TextChoices):
    """What a contact is (OP1)."""

    LEAD = "LEAD", pgettext_lazy("a contact", "Lead")
    OPPORTUNITY = "OPPORTUNITY", _("Opportunity")
    CONSULTATION = "CONSULTATION", _("Consultation only")


class Outcome(models.TextChoices):
    """What is decided about a contact."""

    KEPT = "KEPT", _("Stays in the customer's contact history")
    COMPLETED = "COMPLETED", _("Completed in place")
    OFFERED = "OFFERED", _("Offered")
    QUEUED = "QUEUED", _("Waits at the operations center")


class Why(models.TextChoices):
    """Why somebody was passed over."""

    INACTIVE = "INACTIVE", _("does not work here any more")
    AWAY = "AWAY", _("is away, and nobody stands in")
    FULL = "FULL", _("has as much as they can look after")
    AUTHORITY = "AUTHORITY", _("has no authority for every product named")
    LOADED = "LOADED", _("has more open already, or comes later in the list")
