"""Refusals of the to-do centre."""


class UnableToHandOver(Exception):
    """The person may not be given work by this one."""


class UnableToKeepWork(Exception):
    """An entry of the work log, or a class of work, is refused; the text says why.

    ``field`` names the input that is to be corrected, if one is.
    """

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)
