"""Surveys, whom they ask, and what is answered."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from dakehu.surveys import operations
from dakehu.surveys.models import Question, Survey, SurveyInvitation
from dakehu.surveys.values import Given

LAST_DAY = date(2099, 12, 31)
QUESTIONS = (
    ("RECOMMEND", "您愿意推荐我们吗？", "", True),
    ("SATISFIED", "您对服务满意吗？", "", True),
    ("CHOICE", "最满意哪一点？", "响应快\n态度好", False),
    ("WORDS", "还有什么想说的？", "", False),
)


def make_draft(by: Any, *, at: datetime, **values: Any) -> Survey:
    """Draft a survey with one question of each kind."""
    survey = Survey(
        **{"name": "服务满意度", "intro": "请花一分钟。", "last_day": LAST_DAY, **values}
    )
    operations.keep_survey(survey=survey, version=None, by=by, at=at)
    for kind, text, options, is_required in QUESTIONS:
        question = Question(
            survey=survey, kind=kind, text=text, options=options, is_required=is_required
        )
        operations.keep_question(question=question, version=None, by=by, at=at)
    return survey


def make_survey(by: Any, *, at: datetime, **values: Any) -> Survey:
    """Let a survey run."""
    survey = make_draft(by, at=at, **values)
    operations.publish_survey(survey=survey, by=by, at=at)
    survey.refresh_from_db()
    return survey


def invite(
    survey: Survey, customer: Any, by: Any, *, at: datetime, **values: Any
) -> SurveyInvitation:
    """Ask one customer, without a draw."""
    told = {"way": "PHONE", "source": "CASES", "tier": "A", **values}
    return SurveyInvitation.objects.create(
        survey=survey,
        customer=customer,
        staff=customer.manager,
        unit=customer.unit,
        asked_by=by,
        asked_at=at,
        **told,
    )


def answers(survey: Survey, *numbers: int | None, words: str = "") -> dict[int, Given]:
    """Return answers to the questions of a survey, in order."""
    found = {}
    for question, number in zip(survey.questions.order_by("place"), (*numbers, None, None)):  # noqa: B905
        text = words if question.kind == "WORDS" else ""
        found[question.pk] = Given(question.pk, number, text)
    return found


def make_surveys(people: Any, customer: Any, *, at: datetime) -> Any:
    """Make a draft, a survey that runs, and one customer whom it asks."""
    survey = make_survey(people.supervisor, at=at)
    draft = make_draft(people.supervisor, at=at)
    return SimpleNamespace(
        draft=draft,
        survey=survey,
        question=draft.questions.order_by("place").first(),
        invitation=invite(survey, customer, people.supervisor, at=at),
    )
