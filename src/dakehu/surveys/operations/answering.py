"""Taking what customers answer: once, whole, and followed up if the score is low (G2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.outbox.choices import MessagePurpose
from dakehu.outbox.operations import note_approach
from dakehu.people.policies import require
from dakehu.surveys.choices import LOW, InvitationState, QuestionKind, SurveyState
from dakehu.surveys.errors import LinkUsed, SurveyOver, UnableToSurvey
from dakehu.surveys.models import Question, SurveyAnswer, SurveyInvitation
from dakehu.surveys.policies import HANDLE
from dakehu.surveys.queries import questions_of
from dakehu.surveys.queries.results import answers_offered
from dakehu.surveys.rules import is_low, worst
from dakehu.surveys.values import Given
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LONGEST = 1000


def held(invitation: SurveyInvitation, *, at: datetime) -> SurveyInvitation:
    """
    Return an invitation under lock that waits for an answer.

    :raises LinkUsed: if it was answered already, or declined.
    :raises SurveyOver: if its survey takes no answers any more.
    """
    SurveyInvitation.objects.select_for_update().get(pk=invitation.pk)
    rows = SurveyInvitation.objects.select_related("survey", "customer", "unit", "staff")
    stored: SurveyInvitation = rows.get(pk=invitation.pk)
    refuse_over(stored, at=at)
    return stored


def refuse_over(invitation: SurveyInvitation, *, at: datetime) -> None:
    """Pass in silence if an invitation can be answered.

    :raises LinkUsed: if it was answered already, or declined.
    :raises SurveyOver: if its survey takes no answers any more.
    """
    if invitation.state in (InvitationState.ANSWERED, InvitationState.DECLINED):
        raise LinkUsed(_("These questions were answered already. Thank you."))
    survey = invitation.survey
    if survey.state != SurveyState.OPEN or survey.last_day < localdate(at):
        raise SurveyOver(_("This survey has ended. Thank you for your interest."))


@transaction.atomic
def take_answers(
    *,
    invitation: SurveyInvitation,
    given: Mapping[int, Given],
    by: "Staff | None",
    at: datetime,
) -> SurveyInvitation:
    """
    Keep what a customer answered, by the link or, told by ``by``, on the telephone.

    A low score asks the customer's manager to look after them.

    :raises PermissionDenied: if ``by`` may not.
    :raises LinkUsed: if the customer answered before.
    :raises SurveyOver: if the survey has ended.
    :raises UnableToSurvey: if an answer is missing, or none of those offered.
    """
    if by is not None:
        require(by, HANDLE)
    stored = held(invitation, at=at)
    questions = questions_of(stored.survey)
    answers = [answer for each in questions if (answer := answer_of(each, given.get(each.pk)))]
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            invitation=stored, question_id=each.question_id, number=each.number, text=each.text
        )
        for each in answers
    )
    kinds = {question.pk: question.kind for question in questions}
    stored.state, stored.answered_at, stored.heard_by = InvitationState.ANSWERED, at, by
    stored.recommend = score_of(answers, kinds, QuestionKind.RECOMMEND)
    stored.satisfied = score_of(answers, kinds, QuestionKind.SATISFIED)
    save_record(stored, by=by, at=at)
    note_talk(stored, by=by, at=at)
    if is_low(recommend=stored.recommend, satisfied=stored.satisfied):
        ask_to_look_after(stored, at=at)
    return stored


def note_talk(invitation: SurveyInvitation, *, by: "Staff | None", at: datetime) -> None:
    """Note that a customer was talked to on the telephone; a message counts by itself."""
    if by is None:
        return
    note_approach(
        customer=invitation.customer,
        purpose=MessagePurpose.CARE,
        matter=(LOW, invitation.pk),
        by=by,
        at=at,
    )


def answer_of(question: Question, given: Given | None) -> Given | None:
    """
    Return the answer to a question; None where it was left open and may be.

    :raises UnableToSurvey: if it is missing, or none of those offered.
    """
    field = f"q{question.pk}"
    if given is None or (given.number is None and not given.text.strip()):
        if question.is_required:
            raise UnableToSurvey(_("Please answer this question."), field)
        return None
    if question.kind == QuestionKind.WORDS:
        return Given(question.pk, text=given.text.strip()[:LONGEST])
    offered = dict(answers_offered(question))
    if given.number not in offered:
        raise UnableToSurvey(_("This is none of the answers."), field)
    words = offered[given.number] if question.kind == QuestionKind.CHOICE else ""
    return Given(question.pk, given.number, words)


def score_of(answers: list[Given], kinds: Mapping[int, str], kind: str) -> int | None:
    """Return the lowest score of a kind that a customer gave."""
    return worst(each.number for each in answers if kinds[each.question_id] == kind)


def ask_to_look_after(invitation: SurveyInvitation, *, at: datetime) -> None:
    """Ask whoever looks after a customer to find out what went wrong; else their unit."""
    ask = Ask(
        source_id=invitation.pk,
        facts={"survey": invitation.survey.name},
        customer_id=invitation.customer_id,
        owner_id=invitation.staff_id,
        unit_id=invitation.unit_id,
        urgency=Urgency.HIGH,
        due_date=localdate(at),
    )
    ask_now(source=LOW, ask=ask, at=at)


@transaction.atomic
def decline(*, invitation: SurveyInvitation, state: str, by: "Staff", at: datetime) -> None:
    """
    Note that a customer on the telephone did not want to answer, or could not be reached.

    :raises PermissionDenied: if the role may not.
    :raises LinkUsed: if the customer answered before.
    :raises UnableToSurvey: if the state is another one.
    """
    require(by, HANDLE)
    if state not in (InvitationState.DECLINED, InvitationState.UNREACHED):
        raise UnableToSurvey(_("This is none of the answers."))
    stored = held(invitation, at=at)
    stored.state, stored.heard_by = InvitationState(state), by
    save_record(stored, by=by, at=at)
    if state == InvitationState.DECLINED:
        note_talk(stored, by=by, at=at)
