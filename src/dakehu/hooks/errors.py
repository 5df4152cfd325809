"""What telling other systems refuses; each says what to do instead."""


class UnableToKeepSubscription(Exception):
    """What was entered for a subscription cannot stand; ``field`` names the place."""

    def __init__(self, words: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(words)
