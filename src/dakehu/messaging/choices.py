"""Fixed sets of what is said to customers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ArticleState(models.TextChoices):
    """Where a version of an article stands."""

    DRAFT = "DRAFT", _("Draft")
    PROPOSED = "PROPOSED", _("Waits for a second person")
    PUBLISHED = "PUBLISHED", _("Published")
    REPLACED = "REPLACED", _("Replaced by a newer version")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("state of an article", "Withdrawn")


WORKING = (ArticleState.DRAFT, ArticleState.PROPOSED)
"""Of an article one version at most is being worked on."""

STATE_TONES = {
    "DRAFT": "neutral",
    "PROPOSED": "warning",
    "PUBLISHED": "success",
    "REPLACED": "info",
    "WITHDRAWN": "danger",
}


class Channel(models.TextChoices):
    """Those who meet the customer: each says what the articles given to it say (G4)."""

    ACCOUNT = "ACCOUNT", _("Account managers")
    TELEPHONE = "TELEPHONE", _("Telephone managers")
    HOTLINE = "HOTLINE", _("Hotline")
    HALL = "HALL", _("Halls")
    ENGINEER = "ENGINEER", _("Engineers")
    PARTNER = "PARTNER", _("Partners")


CHANNELS = {
    "ACCOUNT_MANAGER": Channel.ACCOUNT,
    "CHIEF_REPRESENTATIVE": Channel.ACCOUNT,
    "TELEPHONE_MANAGER": Channel.TELEPHONE,
    "HOTLINE": Channel.HOTLINE,
    "HALL": Channel.HALL,
    "ENGINEER": Channel.ENGINEER,
    "PARTNER": Channel.PARTNER,
}
"""The channel of a role of the file, and of those modelled on it; the others read everything."""

TO_PUBLISH_ARTICLE = "article"
"""The source of to-dos to publish an article."""
