"""Where a ranking model stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ModelState(models.TextChoices):
    """From training to retirement; only a published model ranks anybody."""

    DRAFT = "DRAFT", _("Draft")
    PROPOSED = "PROPOSED", _("Proposed")
    PUBLISHED = "PUBLISHED", _("Published")
    RETIRED = "RETIRED", _("Retired")


STATE_TONES = {
    ModelState.DRAFT: "neutral",
    ModelState.PROPOSED: "warning",
    ModelState.PUBLISHED: "success",
    ModelState.RETIRED: "neutral",
}


class TrainingState(models.TextChoices):
    """How far a training is that somebody asked for on screen."""

    WAITING = "WAITING", _("Waits for a worker")
    RUNNING = "RUNNING", _("Goes on")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")


GOING_ON = (TrainingState.WAITING, TrainingState.RUNNING)
TRAINING_TONES = {
    TrainingState.WAITING: "info",
    TrainingState.RUNNING: "accent",
    TrainingState.DONE: "success",
    TrainingState.FAILED: "danger",
}
