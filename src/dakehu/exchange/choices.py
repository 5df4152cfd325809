"""States of deliveries, files, runs and steps; exit codes of the commands."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext
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
    WOULD_BE_REFUSED = 7
    # What shells give to whatever Ctrl+C has ended.
    STOPPED = 130


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


RUN_TONES = {"RUNNING": "info", "DONE": "success", "FAILED": "danger", "INTERRUPTED": "warning"}
DELIVERY_TONES = {"ACCEPTED": "success", "PARTLY": "warning", "REFUSED": "danger"}


class CellState(models.IntegerChoices):
    """What the monitor says of one city and day, the worst first."""

    MISSING = 0, _("Not delivered")
    REFUSED = 1, _("Refused")
    PARTLY = 2, _("Partly accepted")
    LATE = 3, _("Late")
    TAKEN = 4, _("Accepted")


class StepName(models.TextChoices):
    """Steps of a run, in their order."""

    RECEIVE = "RECEIVE", _("Receive deliveries")
    LOAD = "LOAD", _("Verify and load files")
    RECEIPTS = "RECEIPTS", _("Send receipts")
    OWNERSHIP = "OWNERSHIP", _("Carry out changes of ownership")
    MASTER = "MASTER", _("Bring subscribers up to date")
    EVALUATE = "EVALUATE", _("Evaluate warnings and card levels")
    ALERTS = "ALERTS", _("Open, update and close alerts")
    STANDINGS = "STANDINGS", _("Bring standings up to date")
    COHORTS = "COHORTS", _("Follow snapshot cohorts")
    TARGETS = "TARGETS", _("Read target groups")
    TODOS = "TODOS", _("Create to-dos")
    FIGURES = "FIGURES", _("Refresh figures")
    RANK = "RANK", _("Rank by the trained model")
    WORDS = "WORDS", _("Refresh the search")
    DUPLICATES = "DUPLICATES", _("Find duplicates")
    TIDY = "TIDY", _("Tidy up")
    SEAL = "SEAL", _("Seal the audit")


class TrainingStep(models.TextChoices):
    """Steps of training a ranking model, in their order."""

    TABLES = "TABLES", _("Work out what was known on past days")
    LABELS = "LABELS", _("Find who left afterwards")
    LEARN = "LEARN", _("Learn and calibrate")
    EXAMINE = "EXAMINE", _("Examine on later days")


REFUSALS = {
    "manifest_malformed": _(
        "The check file %(file)s cannot be read: line %(line)s does not have the agreed form."
    ),
    "wrong_city": _("%(file)s belongs to city %(found)s, but lies in the folder of %(expected)s."),
    "wrong_day": _("%(file)s is of %(found)s, but lies in the folder of %(expected)s."),
    "wrong_name": _("%(file)s is not named as agreed."),
    "unsafe_name": _("%(file)s is not the plain name of a file in its folder."),
    "unknown_interface": _("%(file)s is of the interface %(interface)s, which is not agreed."),
    "unknown_encoding": _(
        "%(file)s is announced in the encoding %(encoding)s; use utf-8 or gb18030."
    ),
    "listed_twice": _("%(file)s is listed twice; its second line does not count."),
    "superseded": _(
        "Send %(send)s came after send %(taken)s, which replaces it. Nothing was taken from it."
    ),
    "send_reused": _(
        "Send %(send)s was taken before with another content. Send this one again as %(next)s."
    ),
    "missing": _("The file is listed, but it is not there."),
    "size_differs": _("The check file names %(expected)s bytes; the file has %(found)s."),
    "sha256_differs": _("The SHA-256 of the file is not the one that the check file names."),
    "gzip_broken": _("The file cannot be unpacked: %(cause)s."),
    "too_large": _("Unpacked, the file is larger than its number of rows can explain."),
    "line_too_long": _("A line is longer than %(limit)s bytes."),
    "header_differs": _(
        "Column %(column)s of the header is “%(found)s”; “%(expected)s” is agreed."
    ),
    "rows_differ": _("The check file names %(expected)s rows; the file has %(found)s."),
    "too_many_rejected": _(
        "%(rejected)s of %(rows)s rows are wrong, more than the %(percent)s %% that may be."
    ),
}
"""Why a delivery or a file was refused, by code, with the figures of the refusal."""

BREAKS = {"unexpected end": _("it ends too early")}
"""What broke a gzip file; what the library itself says of a break stays as it says it."""

REASONS = {
    "columns": _("wrong number of fields"),
    "type": _("not a number or date, or an empty key"),
    "wrong_day": _("another day than the delivery's"),
    "wrong_city": _("another city than the delivery's"),
    "negative": _("a negative number"),
    "too_large": _("more seconds than a day has"),
    "bad_status": _("an unknown state"),
    "unknown_subscriber": _("a subscriber whom no file of the city has named"),
    "duplicate": _("the same key was there before"),
}
"""Why a row was rejected, by code."""


def refusal_in_words(code: str, parameters: Mapping[str, Any]) -> str:
    """Return the sentence of a refusal; a code without one speaks for itself."""
    sentence = REFUSALS.get(code)
    if sentence is None:
        return code
    cause = str(parameters.get("cause", ""))
    try:
        return str(sentence) % {**parameters, "cause": BREAKS.get(cause, cause)}
    except KeyError:
        # A refusal of an older release may lack a figure that the sentence names today.
        return str(sentence)


CAUSES = {
    "no_such_host": _("its name leads nowhere; check the address"),
    "no_answer": _("it does not answer; check that the server runs and can be reached"),
    "login": _("it refuses the log-in; check user, password or key"),
    "host_key": _("its key is not the one expected; check known_hosts, or hostkey in the address"),
    "certificate": _("its certificate is not trusted; name the authority with cafile"),
    "lost": _("the connection was lost; run again"),
    "no_such_folder": _("the folder is not there; check the path, or that it is mounted"),
    "not_permitted": _("it may not be used so; check the rights of the account"),
    "full": _("it is full; make room there"),
    "bad_url": _("use a folder, sftp://, ftp:// or ftps://"),
    "other": _("it cannot be used"),
}
"""Why an inbox or outbox cannot be used, by code, and what to do."""


def send_in_words(send: int) -> str:
    """Say a send number: the first one, or which re-send."""
    return gettext("Re-send %(send)s") % {"send": send} if send else gettext("First send")
