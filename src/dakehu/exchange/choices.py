"""States of deliveries, files, runs and steps; exit codes of the commands."""

from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExitCode(IntEnum):
    """What the commands of the nightly run tell the scheduler that started them."""

    DONE = 0
    UNEXPECTED = 1
    BAD_USAGE = 2
    ALREADY_RUNNING = 3
    PLACE_UNREACHABLE = 4
    DATABASE_UNWRITABLE = 5
    HOME_UNWRITABLE = 6


class RunKind(models.TextChoices):
    """What a run is for."""

    NIGHTLY = "NIGHTLY", _("Nightly run")
    LOAD = "LOAD", _("Loading of history")


class RunState(models.TextChoices):
    """Where a run or a step stands."""

    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")
    INTERRUPTED = "INTERRUPTED", _("Interrupted")


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    ACCEPTED = "ACCEPTED", _("Accepted")
    PARTLY = "PARTLY", _("Partly accepted")
    REFUSED = "REFUSED", _("Refused")


class FileState(models.TextChoices):
    """What became of one file."""

    ACCEPTED = "ACCEPTED", _("Accepted")
    REFUSED = "REFUSED", _("Refused")


class StepName(models.TextChoices):
    """Steps of a run, in their order."""

    RECEIVE = "RECEIVE", _("Receive deliveries")
    LOAD = "LOAD", _("Verify and load files")
    RECEIPTS = "RECEIPTS", _("Send receipts")
    MASTER = "MASTER", _("Bring subscribers up to date")
    EVALUATE = "EVALUATE", _("Evaluate warnings and card levels")
    ALERTS = "ALERTS", _("Open, update and close alerts")
    STANDINGS = "STANDINGS", _("Bring standings up to date")
    TODOS = "TODOS", _("Create to-dos")
    FIGURES = "FIGURES", _("Refresh figures")
    TIDY = "TIDY", _("Tidy up")
