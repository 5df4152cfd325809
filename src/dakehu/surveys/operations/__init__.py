"""What changes surveys: drafting, publishing, asking customers, taking answers."""

from dakehu.surveys.operations.answering import decline, take_answers
from dakehu.surveys.operations.asking import ask_customers
from dakehu.surveys.operations.drafting import (
    close_survey,
    drop_question,
    drop_survey,
    keep_question,
    keep_survey,
    new_question,
    new_survey,
    publish_survey,
)
from dakehu.surveys.operations.reminding import remind_customers

__all__ = [
    "ask_customers",
    "close_survey",
    "decline",
    "drop_question",
    "drop_survey",
    "keep_question",
    "keep_survey",
    "new_question",
    "new_survey",
    "publish_survey",
    "remind_customers",
    "take_answers",
]
