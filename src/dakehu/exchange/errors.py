"""Refusals of the exchange, in words an operator can act on."""

from dakehu.exchange.choices import ExitCode


class UnableToRun(Exception):
    """A run that cannot go on; the text says why, where, and what to do about it."""

    exit_code = ExitCode.UNEXPECTED


class AnotherRunUnderWay(UnableToRun):
    """Someone else's run holds the lock."""

    exit_code = ExitCode.ALREADY_RUNNING


class PlaceUnreachable(UnableToRun):
    """The inbox or the outbox cannot be reached, or vanished while it was read."""

    exit_code = ExitCode.PLACE_UNREACHABLE


class DatabaseUnwritable(UnableToRun):
    """The records database cannot be written: read-only, full, or gone."""

    exit_code = ExitCode.DATABASE_UNWRITABLE


class HomeUnwritable(UnableToRun):
    """The installation's folder cannot be written: read-only or full."""

    exit_code = ExitCode.HOME_UNWRITABLE


class UnableToExport(UnableToRun):
    """Results that are not there, or a file of an unknown kind."""

    exit_code = ExitCode.BAD_USAGE


class FolderMissing(UnableToRun):
    """A folder that was named is not there."""

    exit_code = ExitCode.BAD_USAGE


class WorkerLost(Exception):
    """The worker that had a task in hand was killed, or its machine went away."""


class UnableToTrainModel(UnableToRun):
    """A model cannot be trained; the text says why and what to do about it."""

    exit_code = ExitCode.BAD_USAGE
