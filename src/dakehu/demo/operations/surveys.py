"""Let the demonstration survey its customers, most of whom answer (G2)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.demo.rules.surveys import (
    ANSWERS_EN,
    DRAFTED,
    GIVEN,
    QUESTIONS,
    RUNNING,
    UNANSWERED_EVERY,
)
from dakehu.demo.values import DemoBook
from dakehu.surveys import operations
from dakehu.surveys.queries import invitations_visible_to, questions_of, surveys_visible_to
from dakehu.surveys.values import Given, Sample

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.surveys.models import Survey

DAYS_AHEAD = 30
ASKED = 120
REMIND_AFTER = 7
BACK = timedelta(hours=2)


@transaction.atomic
def furnish_surveys(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let one survey run, with answers, and leave another as a draft, once."""
    if surveys_visible_to(administrator).exists():
        return
    draft(DRAFTED, administrator, at=at)
    survey = draft(RUNNING, administrator, at=at - BACK)
    operations.publish_survey(survey=survey, by=administrator, at=at - BACK)
    for source in ("CASES", "VISITS"):
        sample = Sample(source, "PHONE", ASKED, "demo", days=365)
        operations.ask_customers(survey=survey, sample=sample, by=administrator, at=at - BACK)
    answer_all(survey, administrator, at=at)


def draft(words: tuple[str, str, str, str], by: "Staff", *, at: datetime) -> "Survey":
    """Draft a survey with a question of each kind."""
    name, name_en, intro, intro_en = words
    last_day = localdate(at) + timedelta(days=DAYS_AHEAD)
    survey = operations.new_survey(
        name=name,
        name_en=name_en,
        intro=intro,
        intro_en=intro_en,
        last_day=last_day,
        remind_after=REMIND_AFTER,
    )
    operations.keep_survey(survey=survey, version=None, by=by, at=at)
    for kind, text, text_en, options, is_required in QUESTIONS:
        question = operations.new_question(
            survey,
            kind=kind,
            text=text,
            text_en=text_en,
            options=options,
            options_en=ANSWERS_EN if options else "",
            is_required=is_required,
        )
        operations.keep_question(question=question, version=None, by=by, at=at)
    return survey


def answer_all(survey: "Survey", by: "Staff", *, at: datetime) -> None:
    """Let most of those who were asked answer."""
    questions = questions_of(survey)
    asked = invitations_visible_to(by).filter(survey=survey).order_by("pk")
    for place, invitation in enumerate(asked):
        if place % UNANSWERED_EVERY == UNANSWERED_EVERY - 1:
            continue
        *numbers, words = GIVEN[place % len(GIVEN)]
        given = {
            question.pk: Given(question.pk, number)
            for question, number in zip(questions, numbers, strict=False)
        }
        given[questions[-1].pk] = Given(questions[-1].pk, text=words)
        heard = invitation.staff if place % 2 and invitation.staff else None
        operations.take_answers(
            invitation=invitation, given=given, by=heard if may_hear(heard) else None, at=at
        )


def may_hear(person: "Staff | None") -> bool:
    """Tell whether somebody asks customers on the telephone."""
    return person is not None and person.may("surveys.handle")
