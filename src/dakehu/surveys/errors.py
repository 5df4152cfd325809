"""Refusals of surveys."""


class UnableToSurvey(Exception):
    """Something about a survey is refused; the text says why, ``field`` names the input."""

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class LinkUsed(UnableToSurvey):
    """An invitation was answered already, or declined; a link is good for one answer."""


class SurveyOver(UnableToSurvey):
    """The survey of an invitation takes no answers any more."""
