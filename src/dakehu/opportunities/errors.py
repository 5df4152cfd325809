"""Refusals about opportunities."""


class UnableToKeepOpportunity(Exception):
    """Something about an opportunity is refused; the text says why and what to do.

    ``field`` names the input that is to be corrected, if one is.
    """

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class UnableToTakeContact(Exception):
    """Another system's contact cannot be taken; ``code`` says why, ``place`` where."""

    def __init__(self, code: str, place: str = "") -> None:
        self.code = code
        self.place = place
        super().__init__(code)
