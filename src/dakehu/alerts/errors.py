"""Refusals around alerts."""


class UnableToHandleAlert(Exception):
    """Somebody else changed the alert in the meantime, or it was withdrawn."""


class UnableToFollowUp(Exception):
    """The outcome asks for another contact, and no later day was named for it."""


class UnableToAssignAlerts(Exception):
    """The person may not be given alerts by this one."""
