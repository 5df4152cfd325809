"""What the customers app refuses."""


class UnableToEditCustomer(Exception):
    """The customer was removed, merged or retired, or what was typed cannot be kept (V2)."""


class UnableToRetire(Exception):
    """A customer rests in the retained archive already, or nobody said why (V6)."""


class UnableToRemove(Exception):
    """Only what people created can be removed; what the cities deliver is retired instead."""


class UnableToDefineField(Exception):
    """A custom field or product cannot be kept as described (F10)."""


class UnableToMerge(Exception):
    """Two customers cannot be made one; the message says why and what to do."""


class UnableToUndoMerge(Exception):
    """What was merged cannot be taken apart again; the message says why and what to do."""


class UnableToDecidePair(Exception):
    """Somebody else has decided about two customers meanwhile."""
