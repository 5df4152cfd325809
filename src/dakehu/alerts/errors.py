"""Refusals around alerts."""


class UnableToHandleAlert(Exception):
    """Somebody else changed the alert in the meantime, or it was withdrawn."""


class UnableToFollowUp(Exception):
    """The outcome asks for another contact, and no later day was named for it."""


class UnableToTakeReport(Exception):
    """A report of leaving cannot be taken; ``place`` names what is wrong, ``code`` why."""

    def __init__(self, code: str, place: str) -> None:
        self.code = code
        self.place = place
        super().__init__(code)


class UnableToAssignAlerts(Exception):
    """The person may not be given alerts by this one."""


class UnableToSetNumbers(Exception):
    """The numbers cannot be, or were dealt with meanwhile; the words say why and what to do."""


class UnableToTryNumbers(Exception):
    """Numbers cannot be tried on these days; the words say why and what to do."""


class UnableToSetAsking(Exception):
    """The settings of asking make no sense, or were changed meanwhile; the words say which."""
