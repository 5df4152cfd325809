"""Kinds of change and of access that are recorded."""

from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeVerb(models.TextChoices):
    """What was done to a record."""

    CREATED = "CREATED", _("Created")
    CHANGED = "CHANGED", _("Changed")
    REMOVED = "REMOVED", _("Removed")
    RESTORED = "RESTORED", _("Restored")


class Trail(models.TextChoices):
    """The two append-only records."""

    CHANGE = "change", _("Change log")
    ACCESS = "access", _("Access log")


class ExitCode(IntEnum):
    """How the commands about the trails end, beside what every command may end with."""

    BROKEN = 8
    BUSY = 9


class AccessVerb(models.TextChoices):
    """How personal data were reached."""

    VIEWED = "VIEWED", _("Viewed")
    REVEALED = "REVEALED", _("Revealed")
    SEARCHED = "SEARCHED", _("Searched")
    EXPORTED = "EXPORTED", _("Exported")
    SIGNED_IN = "SIGNED_IN", _("Signed in")


SUBJECT_CLASSES = {
    "customers": _("Customer files"),
    "alerts": _("Alerts"),
    "cases": _("Service requests"),
    "outbox": _("Messages to customers"),
    "surveys": _("Surveys"),
    "campaigns": _("Campaigns"),
    "worklist": _("To-dos"),
    "tiering": _("Levels"),
    "ownership": _("Ownership"),
    "people": _("People and units"),
    "files": _("Files"),
    "messaging": _("Knowledge"),
    "exchange": _("Daily exchange"),
    "signin": _("Sign-in"),
}
"""The classes of work under which the log is browsed and counted (P10), by app."""

SUBJECT_WORDS = {
    "alerts.alert": _("Alert"),
    "alerts.handling": _("Contact on an alert"),
    "outbox.message": _("Message to a customer"),
    "outbox.refusal": _("Refusal of messages"),
    "outbox.contactlimit": _("How often customers are contacted"),
    "cases.case": _("Case"),
    "cases.caselink": _("Link between cases"),
    "cases.coveragestage": _("Steps of a coverage need"),
    "cases.faultnotice": _("Words on a serious fault"),
    "cases.replytemplate": _("Reply template"),
    "customers.address": _("Address"),
    "customers.anniversary": _("Anniversary"),
    "customers.contact": _("Person of a group"),
    "customers.customer": _("Customer"),
    "customers.customfield": _("Own field"),
    "customers.customvalue": _("Value of an own field"),
    "customers.duplicatepair": _("Likely duplicates"),
    "customers.gift": _("Present"),
    "customers.groupprofile": _("Profile of a group"),
    "customers.marketnote": _("Market note"),
    "customers.merger": _("Merger"),
    "customers.opinion": _("Opinion"),
    "customers.personprofile": _("What is known of a person"),
    "customers.product": _("Product name"),
    "files.attachment": _("Attachment"),
    "files.exportrequest": _("Request for an export"),
    "files.importrun": _("Import"),
    "messaging.articleversion": _("Version of an article"),
    "messaging.articlevote": _("Vote on an article"),
    "ownership.move": _("Change of ownership"),
    "ownership.ownerrule": _("Ownership rule"),
    "people.businessauthority": _("Business authority"),
    "people.leave": _("Leave"),
    "people.partnerarea": _("Area of a partner"),
    "people.post": _("Post"),
    "people.share": _("Share"),
    "people.skill": _("Skill"),
    "people.staff": _("Person"),
    "people.storedrole": _("Role"),
    "people.training": _("Training"),
    "people.unit": _("Unit"),
    "people.unitduty": _("Part in a service"),
    "people.unitplace": _("Place in the tree"),
    "signin.apiclient": _("Other system"),
    "campaigns.campaign": _("Campaign"),
    "campaigns.campaignrow": _("Customer of a campaign"),
    "surveys.survey": _("Survey"),
    "surveys.question": _("Question of a survey"),
    "surveys.surveyinvitation": _("Customer asked by a survey"),
    "tiering.standing": _("Level"),
    "worklist.todo": _("To-do"),
}
"""What a record of the log is called, by its model."""

VALUE_WORDS = {
    "phone": _("Telephone number"),
    "address": _("Address"),
    "identity": _("Identity number"),
    "identity_no": _("Identity number"),
    "birthday": _("Birthday"),
    "birth_date": _("Birthday"),
    "mail": _("Mail address"),
    "email": _("Mail address"),
}
"""What a revealed value is called."""


class Purpose(models.TextChoices):
    """Why somebody needs a masked value in plain; kept with the look (promise 3)."""

    CONTACT = "CONTACT", _("To get in touch")
    VERIFY = "VERIFY", _("To verify who is calling")
    CORRECT = "CORRECT", _("To check or correct the record")
    DELIVER = "DELIVER", _("To send or bring something")
    CARE = "CARE", _("For a matter of staff")
