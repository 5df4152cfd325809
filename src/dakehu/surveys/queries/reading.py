"""Reading surveys: for the people of the house by scope, for customers by their link."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.people.policies import may, reach
from dakehu.surveys.choices import AskedBy, InvitationState, SurveyState
from dakehu.surveys.models import Question, Survey, SurveyAnswer, SurveyInvitation
from dakehu.surveys.policies import HANDLE, VIEW

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def surveys_visible_to(actor: "Staff") -> QuerySet[Survey]:
    """Return the surveys; whoever sees surveys sees all, but of the answers those in reach."""
    if not may(actor, VIEW):
        return Survey.objects.none()
    return Survey.objects.filter(removed_at__isnull=True).select_related("unit", "made_by")


def get_survey(actor: "Staff", pk: int) -> Survey:
    """
    Return one survey.

    :raises Http404: if there is none.
    """
    found = surveys_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def questions_of(survey: Survey) -> list[Question]:
    """Return the questions of a survey, in order; the survey comes from a query."""
    return list(survey.questions.filter(removed_at__isnull=True).order_by("place", "pk"))


def get_question(actor: "Staff", pk: int) -> Question:
    """
    Return one question.

    :raises Http404: if there is none.
    """
    rows = Question.objects.filter(survey__in=surveys_visible_to(actor), removed_at__isnull=True)
    found = rows.select_related("survey").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def invitations_visible_to(actor: "Staff") -> QuerySet[SurveyInvitation]:
    """Return who was asked, within the actor's reach."""
    if not may(actor, VIEW):
        return SurveyInvitation.objects.none()
    within = reach(actor, unit="unit", owner="staff", customer="customer")
    rows = SurveyInvitation.objects.filter(within, removed_at__isnull=True)
    return rows.select_related("survey", "customer", "staff", "unit", "heard_by")


def get_invitation(actor: "Staff", pk: int) -> SurveyInvitation:
    """
    Return that a customer was asked.

    :raises Http404: if nobody within reach was, with that number.
    """
    found = invitations_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def calls_waiting_for(actor: "Staff") -> QuerySet[SurveyInvitation]:
    """Return whom the actor may ask on the telephone now."""
    if not may(actor, HANDLE):
        return SurveyInvitation.objects.none()
    return invitations_visible_to(actor).filter(
        way=AskedBy.PHONE, state=InvitationState.ASKED, survey__state=SurveyState.OPEN
    )


def answers_visible_to(actor: "Staff", survey: Survey) -> QuerySet[SurveyAnswer]:
    """Return what was answered in a survey, within the actor's reach."""
    theirs = invitations_visible_to(actor).filter(survey=survey).select_related(None)
    return SurveyAnswer.objects.filter(invitation__in=theirs.order_by().values("pk"))


def invited_by(pk: int) -> SurveyInvitation | None:
    """Return whom a link asks; the link proved that it was made for them."""
    rows = SurveyInvitation.objects.filter(pk=pk, removed_at__isnull=True)
    return rows.select_related("survey").first()


def low_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a low score."""
    return _("Low score in “%(survey)s”: ask what went wrong") % facts
