"""Surveys for those who may see them, whom they can ask, and what was answered (G2)."""

from dakehu.surveys.queries.reading import (
    answers_visible_to,
    calls_waiting_for,
    get_invitation,
    get_question,
    get_survey,
    invitations_visible_to,
    invited_by,
    low_words,
    questions_of,
    surveys_visible_to,
)

__all__ = [
    "answers_visible_to",
    "calls_waiting_for",
    "get_invitation",
    "get_question",
    "get_survey",
    "invitations_visible_to",
    "invited_by",
    "low_words",
    "questions_of",
    "surveys_visible_to",
]
