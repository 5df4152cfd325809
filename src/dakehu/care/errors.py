"""What care refuses to do, in words."""


class CareRefusal(Exception):
    """Something is refused; the text says why and what to do, ``field`` which input it is."""

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class UnableToVisit(CareRefusal):
    """A visit cannot be planned, changed, cancelled or recorded like that."""


class UnableToGreet(CareRefusal):
    """A greeting cannot be approved, done or worded like that."""


class UnableToReport(CareRefusal):
    """A service report cannot be asked for, built, reviewed or sent like that."""


class UnableToInvite(CareRefusal):
    """An event cannot be planned, changed or closed, nobody invited or seated like that."""
