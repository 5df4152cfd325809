"""Refusals of the outbox."""


class UnableToSend(Exception):
    """A message is refused; the text says why, ``field`` names the input, if one is at fault."""

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class Undelivered(Exception):
    """
    A gateway did not take a message; the text says what it answered.

    ``is_final`` means that trying again is no use; ``is_doubtful``, that it may have arrived.
    """

    def __init__(self, words: str, *, is_final: bool = False, is_doubtful: bool = False) -> None:
        self.is_final = is_final
        self.is_doubtful = is_doubtful
        super().__init__(words)


class KnockedTooOften(Exception):
    """Links are opened too often from one place; ``seconds`` later they may be again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds} s")
