"""Refusals about articles."""


class UnableToKeepArticle(Exception):
    """
    An article is refused; the text says why.

    ``field`` names the input that is to be corrected, if one is.
    """

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)
