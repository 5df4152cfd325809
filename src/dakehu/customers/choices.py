"""Fixed sets of the customer files, as the daily exchange names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CustomerKind(models.TextChoices):
    """What a customer is (T10)."""

    INDIVIDUAL = "INDIVIDUAL", _("Individual")
    GROUP = "GROUP", _("Group")
    PROSPECT = "PROSPECT", _("Prospect")


class CustomerStatus(models.IntegerChoices):
    """State of a subscriber as delivered."""

    ACTIVE = 0, _("Active")
    STOPPED = 1, _("Stopped")
    LOST = 3, _("Reported lost")
    PRE_DEREGISTERED = 4, _("Pre-deregistered")


class OrgKind(models.TextChoices):
    """What a group customer is."""

    GOVERNMENT = "government", _("Government")
    POLICE_JUSTICE = "police_justice", _("Police and justice")
    MILITARY = "military", _("Military")
    MEDIA = "media", _("News media")
    ENTERPRISE = "enterprise", _("Enterprise")
    OTHER = "other", _("Other")


class AdminLevel(models.TextChoices):
    """Administrative level of a group customer."""

    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")


class Strategic(models.TextChoices):
    """Strategic flag of a group customer."""

    NONE = "none", _("Not strategic")
    PROVINCIAL = "provincial", _("Provincial strategic")
    PREFECTURE = "prefecture", _("Prefecture strategic")


class BirthCalendar(models.TextChoices):
    """Calendar by which a birthday is kept (W7)."""

    SOLAR = "solar", _("Solar")
    LUNAR = "lunar", _("Lunar")


class OwnerKind(models.TextChoices):
    """Who holds a product."""

    SUBSCRIBER = "subscriber", _("Individual")
    GROUP = "group", _("Group")


CARD_SCHEME = "card-level"
"""The scheme of tiering whose standings are card levels."""


class CardLevel(models.IntegerChoices):
    """Individual card levels by rank, as delivered and as they stand (T18)."""

    ORDINARY = 0, _("Ordinary")
    VIP = 1, _("VIP")
    SILVER = 2, _("Silver")
    GOLD = 3, _("Gold")
    DIAMOND = 4, _("Diamond")


class ContactRole(models.TextChoices):
    """What a person is inside a group (T10)."""

    LEADER = "LEADER", _("Unit leader")
    KEY_PERSON = "KEY_PERSON", _("Key person")
    CONTACT = "CONTACT", _("Contact")
    USER = "USER", _("Product user")


class Influence(models.TextChoices):
    """Which say a person has when the group decides."""

    DECIDES = "DECIDES", _("Decides")
    ADVISES = "ADVISES", _("Advises")
    USES = "USES", _("Uses")
    OPPOSES = "OPPOSES", _("Opposes")


class NoteKind(models.TextChoices):
    """What a market note tells of (V5)."""

    COMPETITOR = "COMPETITOR", _("Competitor")
    MARKET = "MARKET", _("Market")
    NEED = "NEED", _("Need")
    HABIT = "HABIT", _("Habit")


class OpinionSource(models.TextChoices):
    """Where a customer's opinion was heard (V1)."""

    VISIT = "VISIT", _("Visit")
    CALL = "CALL", _("Call")
    HOTLINE = "HOTLINE", _("Hotline")
    COUNTER = "COUNTER", _("Counter")


class FieldType(models.TextChoices):
    """What a custom field holds."""

    TEXT = "TEXT", pgettext_lazy("what a field holds", "Text")
    NUMBER = "NUMBER", pgettext_lazy("what a field holds", "Number")
    DATE = "DATE", pgettext_lazy("what a field holds", "Date")
    CHOICE = "CHOICE", pgettext_lazy("what a field holds", "Choice")
    YES_NO = "YES_NO", _("Yes or no")


class DetailKind(models.TextChoices):
    """What people add to a customer's file, as addresses name it (V2)."""

    CONTACT = "contact", _("Person")
    ADDRESS = "address", _("Address")
    ANNIVERSARY = "anniversary", _("Day to remember")
    GIFT = "gift", _("Gift")
    NOTE = "note", _("Market note")
    OPINION = "opinion", _("Opinion")


class Satisfaction(models.IntegerChoices):
    """How satisfied a customer was (V1)."""

    VERY_DISSATISFIED = 1, _("Very dissatisfied")
    DISSATISFIED = 2, _("Dissatisfied")
    FAIR = 3, _("Fair")
    SATISFIED = 4, _("Satisfied")
    VERY_SATISFIED = 5, _("Very satisfied")


SATISFACTION_TONES = {1: "danger", 2: "warning", 3: "neutral", 4: "success", 5: "success"}
"""The tone of a badge by satisfaction."""


class PairState(models.TextChoices):
    """What became of two customers that may be the same."""

    OPEN = "OPEN", _("Undecided")
    DISMISSED = "DISMISSED", _("Not the same")
    MERGED = "MERGED", _("Merged")
