"""Kinds of units, scopes of roles, and the roles of this installation by code."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    """Levels of the organisation, from the top (M2, F1)."""

    HEADQUARTERS = "HEADQUARTERS", _("Headquarters")
    PROVINCE = "PROVINCE", _("Province")
    CITY = "CITY", _("City")
    DISTRICT = "DISTRICT", _("District")
    TEAM = "TEAM", _("Team")


class UnitFunction(models.TextChoices):
    """What a unit is there for; every service names which of them lead and support (M10)."""

    COMPANY = "COMPANY", _("Company")
    MARKETING = "MARKETING", _("Marketing centre")
    KEY_ACCOUNTS = "KEY_ACCOUNTS", _("Key-account management centre")
    KEY_ACCOUNT_SERVICE = "KEY_ACCOUNT_SERVICE", _("Key-account service department")
    DATA_BUSINESS = "DATA_BUSINESS", _("Data-business centre")
    NETWORK = "NETWORK", _("Network maintenance")
    HOTLINE = "HOTLINE", _("Hotline centre")
    HALL = "HALL", _("Business hall")
    AGENT = "AGENT", _("Agent")
    OTHER = "OTHER", _("Other")


class Scope(models.TextChoices):
    """Over which rows a role's permissions reach."""

    OWN = "OWN", _("Own customers")
    UNIT = "UNIT", _("Own unit")
    SUBTREE = "SUBTREE", _("Own unit and all below it")
    ALL = "ALL", _("Everything")


class Gender(models.TextChoices):
    """Gender as delivered."""

    MALE = "M", _("Male")
    FEMALE = "F", _("Female")


class BusinessAction(models.TextChoices):
    """What a person may do with a product (M4)."""

    QUERY = "QUERY", _("Query")
    OPEN = "OPEN", pgettext_lazy("business authority", "Open")
    CHANGE = "CHANGE", _("Change")
    CANCEL = "CANCEL", _("Cancel")


class ServiceCode(models.TextChoices):
    """The services of the catalogue that units lead or support (C1–C20)."""

    NETWORK = "C1", _("Network coverage response")
    PROMOTION = "C2", _("Promotion information")
    BATCH = "C3", _("Batch handling")
    REPRESENTATIVE = "C4", _("Chief customer representative")
    ON_SITE = "C5", _("On-site service")
    TRIAL = "C6", _("New-service trial")
    DEMONSTRATION = "C7", _("Demonstration on site")
    PERSONALISED = "C8", _("Personalised service")
    CARE = "C9", _("Festival and anniversary care")
    FELLOWSHIP = "C10", _("Customer fellowship")
    SOLUTION = "C11", _("Solution design and demonstration")
    TRAINING = "C12", _("Informatisation training")
    ENQUIRY = "C13", _("Enquiries")
    PROVISIONING = "C14", _("Order acceptance and provisioning")
    MAINTENANCE = "C15", _("Daily maintenance assistance")
    RETURN_VISIT = "C16", _("Return visit")
    COMPLAINT = "C17", _("Complaint acceptance")
    UPGRADE = "C18", _("Usage training and upgrade")
    FAULT = "C19", _("Fault handling")
    BILL = "C20", _("Bill")


class DutyPart(models.TextChoices):
    """What a unit does for a service (M10)."""

    LEAD = "LEAD", _("Leads")
    SUPPORT = "SUPPORT", _("Supports")


class Proficiency(models.TextChoices):
    """How well somebody knows a skill or a language."""

    BASIC = "BASIC", _("Basic")
    GOOD = "GOOD", _("Good")
    EXPERT = "EXPERT", _("Expert")


class SkillKind(models.TextChoices):
    """What somebody knows (M1)."""

    SKILL = "SKILL", _("Skill")
    LANGUAGE = "LANGUAGE", _("Language")


class ShareSubject(models.TextChoices):
    """What is shared with a person beyond their own scope (promise 3)."""

    CUSTOMER = "CUSTOMER", _("One customer")
    MANAGER = "MANAGER", _("All customers of a manager")
    UNIT = "UNIT", _("All customers of a unit")


CONTEXT_WORDS = {
    "desk": _("Workbench"),
    "worklist": _("To-dos"),
    "customers": _("Customers"),
    "alerts": _("Alerts"),
    "catalogue": _("Service catalogue"),
    "channels": _("Products and channels"),
    "obligations": _("What is owed"),
    "clocks": _("Working calendars and clocks"),
    "cases": _("Service requests"),
    "opportunities": _("Opportunities"),
    "outbox": _("Messages to customers"),
    "ranking": _("Ranking by a model"),
    "sheets": _("Daily sheets"),
    "knowledge": _("Knowledge"),
    "ownership": _("Ownership"),
    "files": _("Attachments"),
    "exports": _("Export releases"),
    "imports": _("Imports"),
    "exchange": _("Daily exchange"),
    "tiers": _("Tier schemes"),
    "targets": _("Target groups"),
    "campaigns": _("Campaigns"),
    "care": _("Care"),
    "surveys": _("Surveys"),
    "people": _("People and units"),
    "audit": _("Access log"),
    "background": _("Background work"),
    "api": _("Other systems"),
}
"""The subjects of permissions, in the order of the grid of a role."""

VERB_WORDS = {
    "view": _("View"),
    "act": _("Act"),
    "handle": _("Handle"),
    "assign": _("Hand out"),
    "reveal": _("Reveal masked values"),
    "create": _("Create"),
    "edit": _("Edit"),
    "correct": _("Correct what has passed"),
    "write": _("Write"),
    "publish": _("Publish"),
    "remove": _("Remove"),
    "restore": _("Restore"),
    "retire": _("Move into the archive"),
    "hold": _("Look after customers"),
    "merge": _("Merge duplicates"),
    "fields": _("Define own fields"),
    "import": _("Import"),
    "export": _("Export"),
    "plain": _("Unmasked values"),
    "request": _("Request"),
    "approve": _("Approve"),
    "run": _("Run"),
    "attach": _("Attach files"),
    "move": _("Assign and swap"),
    "recall": _("Recall customers"),
    "claim": _("Claim from the pool"),
    "assess": _("Assess customers"),
    "grant": _("Propose levels by hand"),
    "rules": _("Keep the rules"),
    "try": _("Try numbers on past days"),
    "simulate": _("Simulate rules"),
    "freeze": _("Freeze cohorts"),
    "define": _("Define target groups"),
    "dispatch": _("Hand out work orders"),
    "serve": _("Work on site"),
    "categories": _("Define classes of work"),
    "files": _("Keep people's files"),
    "share": _("Share"),
    "manage": _("Manage"),
    "roles": _("Define roles"),
}
"""What permissions allow, in the order of the grid of a role."""


PARTNER = "PARTNER"
"""The role of partners; their pages tell of their company and areas."""


@dataclass(frozen=True)
class EntryKind:
    """A kind of line: its name in addresses, its words and its icon.

    ``wide`` panels stand in the main column; ``subjects`` names the kinds of people
    whose pages show it; none means all.
    """

    name: str
    title: str | Promise
    add: str | Promise
    empty: str | Promise
    icon: str
    order: int
    wide: bool = False
    subjects: tuple[str, ...] = ()


ENTRY_KINDS = {
    kind.name: kind
    for kind in (
        EntryKind(
            "skills",
            _("Skills and languages"),
            _("Add a skill or language"),
            _("No skills entered"),
            "language",
            order=30,
        ),
        EntryKind(
            "areas",
            _("Areas served"),
            _("Add an area"),
            _("No areas entered"),
            "map-pin",
            order=35,
            subjects=(PARTNER,),
        ),
        EntryKind(
            "authorities",
            _("Business authority"),
            _("Add an authority"),
            _("No authorities entered"),
            "key",
            order=40,
            wide=True,
        ),
        EntryKind(
            "trainings",
            _("Training record"),
            _("Add a training"),
            _("No trainings entered"),
            "school",
            order=50,
            wide=True,
        ),
        EntryKind(
            "posts",
            _("Work history"),
            _("Add a post"),
            _("No posts entered"),
            "briefcase",
            order=60,
            wide=True,
        ),
    )
}

ROLES = {role.code: role for role in settings.ROLES}
