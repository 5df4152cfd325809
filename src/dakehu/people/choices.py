"""Kinds of units, scopes of roles, and the roles of this installation by code."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """Levels of the organisation, from the top (M2, F1)."""

    HEADQUARTERS = "HEADQUARTERS", _("Headquarters")
    PROVINCE = "PROVINCE", _("Province")
    CITY = "CITY", _("City")
    DISTRICT = "DISTRICT", _("District")
    TEAM = "TEAM", _("Team")


class Scope(models.TextChoices):
    """Over which rows a role's permissions reach."""

    OWN = "OWN", _("Own customers")
    UNIT = "UNIT", _("Own unit")
    SUBTREE = "SUBTREE", _("Own unit and all below it")
    ALL = "ALL", _("Everything")


ROLES = {role.code: role for role in settings.ROLES}
