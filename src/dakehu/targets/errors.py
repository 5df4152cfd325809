"""What target groups refuse to do, in words."""


class TargetRefusal(Exception):
    """Something about a target group is refused; the text says why and what to do."""


class UnableToLock(TargetRefusal):
    """A group cannot be locked, unlocked or closed like that."""


class UnableToRead(TargetRefusal):
    """The members of a group cannot be read."""


class UnableToHandOut(TargetRefusal):
    """A group cannot be handed out, or a hand-out not undone, like that."""


class UnableToRecord(TargetRefusal):
    """A result cannot be recorded like that."""
