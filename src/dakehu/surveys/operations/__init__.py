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
    "take_answers",
]
