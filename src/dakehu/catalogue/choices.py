"""Fixed sets of the catalogue: what a standard may say (C1 to C28, R1 to R12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RESPONSE = "R5"
"""The service that answers every request of a customer: response time and mode (R1 to R5)."""
VISIT = "O5"
"""Visits on site, so many a year (O5)."""
REPORT = "O6"
"""Service reports, so many a year (O6)."""
TO_PUBLISH = "catalogue-version"
"""To-dos: standards that wait for a second person."""


class Family(models.TextChoices):
    """Which part of the catalogue a service belongs to, in the order of the regulation."""

    QUALITY = "QUALITY", _("Quality service")
    VALUE = "VALUE", _("Added-value service")
    CARE = "CARE", _("Customer care")
    PRESALE = "PRESALE", _("Before the sale")
    INSALE = "INSALE", _("During the sale")
    AFTERSALE = "AFTERSALE", _("After the sale")
    MODE = "MODE", _("Response and contact")


class ServiceClass(models.TextChoices):
    """What kind of service it is (C25)."""

    BASIC = "BASIC", pgettext_lazy("a class of services", "Basic")
    PERSONALISED = "PERSONALISED", pgettext_lazy("a class of services", "Personalised")
    CROSS_REGION = "CROSS_REGION", _("Across regions")
    CROSS_INDUSTRY = "CROSS_INDUSTRY", _("Across industries")


class Depth(models.IntegerChoices):
    """How deep a service goes (C21)."""

    CARE = 1, _("1 · priority care, no agreement needed")
    AGREEMENT = 2, _("2 · service agreement with basic products")
    SOLUTION = 3, _("3 · agreement and solution, within the customer's management")


class Recipient(models.TextChoices):
    """Whom a service is for."""

    GROUP = "GROUP", _("Group unit")
    LEADER = "LEADER", _("Group leaders")
    KEY_PERSON = "KEY_PERSON", _("Key persons")
    MEMBER = "MEMBER", _("Some members")


class Channel(models.TextChoices):
    """Through whom a service is asked for and given (CH1)."""

    MANAGER = "MANAGER", _("Account manager")
    HALL = "HALL", _("Business hall")
    HOTLINE = "HOTLINE", _("Service hotline")
    WEBSITE = "WEBSITE", _("Website")
    AGENT = "AGENT", _("Agent channel")
    TELEPHONE = "TELEPHONE", _("Telephone account manager")
    EXPERIENCE = "EXPERIENCE", _("Experience hall")
    OPERATIONS = "OPERATIONS", _("Operations centre")


class Offer(models.TextChoices):
    """Whether a level is given a service at all."""

    GIVEN = "GIVEN", _("Provided")
    SELECTIVE = "SELECTIVE", _("Selectively")
    NOT_USUAL = "NOT_USUAL", _("Normally not")
    NONE = "NONE", _("Not provided")
    TO_CONFIRM = "TO_CONFIRM", _("To be confirmed")


OFFER_TONES = {
    Offer.GIVEN: "success",
    Offer.SELECTIVE: "info",
    Offer.NOT_USUAL: "neutral",
    Offer.NONE: "neutral",
    Offer.TO_CONFIRM: "warning",
}


class Cycle(models.TextChoices):
    """The period in which something recurs."""

    MONTH = "MONTH", _("month")
    TWO_MONTHS = "TWO_MONTHS", _("two months")
    QUARTER = "QUARTER", _("quarter")
    HALF = "HALF", _("half-year")
    YEAR = "YEAR", _("year")


CYCLE_MONTHS = {
    Cycle.MONTH: 1,
    Cycle.TWO_MONTHS: 2,
    Cycle.QUARTER: 3,
    Cycle.HALF: 6,
    Cycle.YEAR: 12,
}


class Population(models.TextChoices):
    """Which customers of a level a standard is about."""

    ALL = "ALL", _("all customers")
    GOVERNMENT = "GOVERNMENT", _("government customers")
    OTHERS = "OTHERS", _("other customers")
    IMPORTANT = "IMPORTANT", _("important customers")


class Form(models.TextChoices):
    """By what a customer is reached."""

    SMS = "SMS", _("SMS")
    MMS = "MMS", _("MMS")
    MAIL = "MAIL", _("E-mail")
    CALL = "CALL", _("Outbound call")
    LEAFLET = "LEAFLET", _("Leaflet")
    VISIT = "VISIT", _("Visit on site")


class Occasion(models.TextChoices):
    """When forms are meant for (C2, C9)."""

    ANY_TIME = "ANY_TIME", _("at any time")
    FESTIVAL = "FESTIVAL", _("all festivals")
    IMPORTANT_FESTIVAL = "IMPORTANT_FESTIVAL", _("important festivals")
    ANNIVERSARY = "ANNIVERSARY", _("anniversaries")


class Mode(models.TextChoices):
    """How a request is served, in this order (R5)."""

    HOTLINE = "HOTLINE", _("Hotline")
    REMOTE = "REMOTE", _("Remotely")
    ON_SITE = "ON_SITE", _("On site")
    HEADQUARTERS = "HEADQUARTERS", _("Headquarters support")


class Handler(models.TextChoices):
    """Who takes a request (R1 to R4)."""

    DEDICATED = "DEDICATED", _("dedicated person")
    ROTA = "ROTA", _("hotline staff by rota")


class Dispatch(models.TextChoices):
    """How an engineer is sent (R1 to R4)."""

    FIRST = "FIRST", _("with priority")
    SCHEDULE = "SCHEDULE", _("by the engineers' schedule")
