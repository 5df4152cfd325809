"""Drafting surveys, letting them run, ending them (G2)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.people.policies import require
from dakehu.surveys.choices import QuestionKind, SurveyState
from dakehu.surveys.errors import UnableToSurvey
from dakehu.surveys.models import Question, Survey
from dakehu.surveys.policies import PUBLISH, WRITE
from dakehu.surveys.rules import options_in

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MOST_QUESTIONS = 20
LEAST_OPTIONS = 2
LONGEST_WAIT = 60


def new_survey(**values: Any) -> Survey:
    """Return a survey that is not stored yet."""
    return Survey(**values)


def new_question(survey: Survey, **values: Any) -> Question:
    """Return a question of a survey that is not stored yet."""
    return Question(survey=survey, **values)


def held_draft(survey: Survey) -> Survey:
    """
    Return a draft under lock.

    :raises UnableToSurvey: if it runs already or has ended.
    """
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    if stored.state != SurveyState.DRAFT or stored.removed_at:
        raise UnableToSurvey(_("This survey runs, or has ended: its questions stay."))
    return stored


@transaction.atomic
def keep_survey(*, survey: Survey, version: int | None, by: "Staff", at: datetime) -> None:
    """
    Store a survey, new or changed, while it is a draft.

    :raises PermissionDenied: if the role may not.
    :raises UnableToSurvey: if its last day is past, or it runs already.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, WRITE)
    if survey.last_day < localdate(at):
        raise UnableToSurvey(_("The last day has passed already."), "last_day")
    if survey.remind_after == 0 or (survey.remind_after or 0) > LONGEST_WAIT:
        words = _("Remind after 1 to %(most)s days, or leave it empty.")
        raise UnableToSurvey(words % {"most": LONGEST_WAIT}, "remind_after")
    if survey._state.adding:
        survey.unit, survey.made_by, survey.made_at = by.unit, by, at
        create_record(survey, by=by, at=at)
        return
    held_draft(survey)
    save_record(survey, version=version, by=by, at=at)


@transaction.atomic
def drop_survey(*, survey: Survey, by: "Staff", at: datetime) -> None:
    """
    Remove a draft.

    :raises PermissionDenied: if the role may not.
    :raises UnableToSurvey: if it runs already.
    """
    require(by, WRITE)
    remove_record(held_draft(survey), by=by, at=at)


@transaction.atomic
def keep_question(*, question: Question, version: int | None, by: "Staff", at: datetime) -> None:
    """
    Store a question of a draft, new or changed; a new one stands last.

    :raises PermissionDenied: if the role may not.
    :raises UnableToSurvey: if a choice has too few answers, there are too many questions, or the
        survey runs already.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, WRITE)
    held_draft(question.survey)
    answers = options_in(question.options)
    if question.kind == QuestionKind.CHOICE and len(answers) < LEAST_OPTIONS:
        raise UnableToSurvey(_("Write two answers at least, one a line."), "options")
    english = options_in(question.options_en)
    if question.kind == QuestionKind.CHOICE and english and len(english) != len(answers):
        words = _("There are %(count)s answers in Chinese and %(english)s in English.")
        told = {"count": len(answers), "english": len(english)}
        raise UnableToSurvey(words % told, "options_en")
    is_choice = question.kind == QuestionKind.CHOICE
    question.options = "\n".join(answers) if is_choice else ""
    question.options_en = "\n".join(english) if is_choice else ""
    if not question._state.adding:
        save_record(question, version=version, by=by, at=at)
        return
    known = Question.objects.filter(survey=question.survey, removed_at__isnull=True)
    if known.count() >= MOST_QUESTIONS:
        raise UnableToSurvey(_("Nobody answers more than twenty questions."))
    last = known.order_by("-place").values_list("place", flat=True).first()
    question.place = (last or 0) + 1
    create_record(question, by=by, at=at)


@transaction.atomic
def drop_question(*, question: Question, by: "Staff", at: datetime) -> None:
    """
    Take a question out of a draft.

    :raises PermissionDenied: if the role may not.
    :raises UnableToSurvey: if the survey runs already.
    """
    require(by, WRITE)
    held_draft(question.survey)
    remove_record(question, by=by, at=at)


@transaction.atomic
def publish_survey(*, survey: Survey, by: "Staff", at: datetime) -> None:
    """
    Let a survey run; from then on its questions stay.

    :raises PermissionDenied: if the role may not.
    :raises UnableToSurvey: if it has no questions, its last day has passed, or it runs already.
    """
    require(by, PUBLISH)
    stored = held_draft(survey)
    if not Question.objects.filter(survey=stored, removed_at__isnull=True).exists():
        raise UnableToSurvey(_("Write a question first."))
    if stored.last_day < localdate(at):
        raise UnableToSurvey(_("The last day has passed already."))
    stored.state = SurveyState.OPEN
    stored.published_by, stored.published_at = by, at
    save_record(stored, by=by, at=at)


@transaction.atomic
def close_survey(*, survey: Survey, by: "Staff", at: datetime) -> None:
    """
    End a survey before its last day; links that are out open nothing any more.

    :raises PermissionDenied: if the role may not.
    :raises UnableToSurvey: if it does not run.
    """
    require(by, PUBLISH)
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    if stored.state != SurveyState.OPEN:
        raise UnableToSurvey(_("Only a survey that runs is ended."))
    stored.state = SurveyState.CLOSED
    save_record(stored, by=by, at=at)
