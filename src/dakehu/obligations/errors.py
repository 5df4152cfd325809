"""What obligations refuse, in words."""


class ObligationRefusal(Exception):
    """Something about obligations is refused; the text says why and what to do."""


class UnableToRecordAct(ObligationRefusal):
    """An act cannot be recorded like that."""


class UnableToWaive(ObligationRefusal):
    """An obligation cannot be waived like that."""


class UnableToPlan(ObligationRefusal):
    """What is owed cannot be planned for that day."""


class UnableToProvide(ObligationRefusal):
    """A provision or a trial cannot be entered like that."""


class UnableToAnnounce(ObligationRefusal):
    """A launch cannot be entered like that."""


class UnableToReward(ObligationRefusal):
    """A reward cannot be proposed, decided or handed over like that."""
