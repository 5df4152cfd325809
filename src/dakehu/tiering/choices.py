"""How a standing came about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

CARD_LEVEL = "card-level"


class DecisionKind(models.TextChoices):
    """Kinds of decisions behind a standing."""

    AUTOMATIC = "AUTOMATIC", _("Automatic")
    MANUAL = "MANUAL", _("By hand")
    CORRECTION = "CORRECTION", _("Correction")
