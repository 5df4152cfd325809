"""Refusals of campaigns."""


class UnableToCampaign(Exception):
    """Something about a campaign is refused; the text says why, ``field`` names the input."""

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)
