"""Whom surveys ask, what they take, and what follows a low score (G2)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.cases import close, make_case
from tests.factories.outbox import refuse
from tests.factories.surveys import answers, invite, make_draft, make_survey

from dakehu.outbox.models import Message
from dakehu.surveys import operations
from dakehu.surveys.errors import LinkUsed, SurveyOver, UnableToSurvey
from dakehu.surveys.models import SurveyAnswer, SurveyInvitation
from dakehu.surveys.queries.results import all_scores, scores_by
from dakehu.surveys.values import Sample
from dakehu.worklist.models import Todo

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
SAMPLE = Sample("CASES", "SMS", 10, "seed")


@pytest.fixture(autouse=True)
def _reached(settings):
    settings.PUBLIC_URL = "https://service.example.com"


@pytest.fixture
def survey(people):
    return make_survey(people.supervisor, at=AT)


@pytest.fixture
def closed(people, customers):
    """A request of the manager's customer that was closed yesterday."""
    case = make_case(people.manager, customer=customers.own, at=AT - timedelta(days=2))
    return close(case, people.manager, at=AT - timedelta(days=1))


def ask(survey, by, *, at=AT, sample=SAMPLE, **how):
    return operations.ask_customers(survey=survey, sample=sample, by=by, at=at, **how)


def test_a_trial_tells_how_many_and_asks_nobody(survey, people, closed):
    tried = ask(survey, people.supervisor, is_trial=True)

    assert (tried.found, tried.asked) == (1, 1)
    assert not SurveyInvitation.objects.exists()
    assert not Message.objects.exists()


def test_a_customer_gets_a_link_once_in_ninety_days_whatever_the_survey(survey, people, closed):
    first = ask(survey, people.supervisor)
    other = make_survey(people.supervisor, at=AT, name="另一份")
    again = ask(other, people.supervisor, at=AT + timedelta(days=28))
    sample = Sample("CASES", "SMS", 10, "seed", days=365)
    later = ask(other, people.supervisor, at=AT + timedelta(days=91), sample=sample)

    assert (first.asked, again.asked, again.recently, later.asked) == (1, 0, 1, 1)
    message = Message.objects.first()
    assert "https://service.example.com/surveys/a/survey-" in message.text
    assert (message.purpose, message.source) == ("CARE", "survey")


def test_who_refused_such_messages_is_left_out(survey, people, customers, closed):
    refuse(people.manager, at=AT, to=str(customers.own.phone), purpose="CARE")

    by_link = ask(survey, people.supervisor)
    by_phone = ask(survey, people.supervisor, sample=Sample("CASES", "PHONE", 10, "seed"))

    assert (by_link.refused, by_phone.refused) == (1, 1)
    assert not SurveyInvitation.objects.exists()


def test_nobody_asks_beyond_their_reach_and_only_who_may(survey, people, closed):
    assert ask(survey, people.operations_center).found == 1
    with pytest.raises(PermissionDenied):
        ask(survey, people.manager)


@pytest.mark.parametrize("size", [0, 301])
def test_too_many_at_once_are_refused(survey, people, size):
    with pytest.raises(UnableToSurvey) as refusal:
        ask(survey, people.supervisor, sample=Sample("CASES", "SMS", size, "s"))

    assert refusal.value.field == "size"


def test_a_low_score_asks_the_manager_to_look_after_the_customer(survey, people, customers):
    asked = invite(survey, customers.own, people.supervisor, at=AT)

    operations.take_answers(
        invitation=asked, given=answers(survey, 9, 2, 1, words="太慢"), by=None, at=AT
    )

    asked.refresh_from_db()
    assert (asked.state, asked.recommend, asked.satisfied) == ("ANSWERED", 9, 2)
    assert [answer.text for answer in asked.answers.order_by("question__place")] == [
        "", "", "态度好", "太慢",
    ]  # fmt: skip
    todo = Todo.objects.get(source="survey")
    assert (todo.owner, todo.source_id) == (people.manager, asked.pk)


def test_answers_are_taken_once_whole_and_only_those_offered(survey, people, customers):
    asked = invite(survey, customers.own, people.supervisor, at=AT)
    how = {"invitation": asked, "by": None, "at": AT}

    for wrong in (answers(survey, 11, 3), answers(survey, None, 3), answers(survey, 9, 3, 7)):
        with pytest.raises(UnableToSurvey):
            operations.take_answers(given=wrong, **how)
    assert not SurveyAnswer.objects.exists()
    operations.take_answers(given=answers(survey, 9, 5), **how)
    with pytest.raises(LinkUsed):
        operations.take_answers(given=answers(survey, 0, 1), **how)

    assert not Todo.objects.filter(source="survey").exists()
    assert SurveyAnswer.objects.count() == 2


def test_an_ended_survey_takes_no_answers(survey, people, customers):
    asked = invite(survey, customers.own, people.supervisor, at=AT)
    operations.close_survey(survey=survey, by=people.supervisor, at=AT)

    with pytest.raises(SurveyOver):
        operations.take_answers(
            invitation=asked, given=answers(survey, 9, 5), by=people.manager, at=AT
        )


def test_the_last_day_is_the_last(people, customers):
    short = make_survey(people.supervisor, at=AT, last_day=date(2026, 3, 3))
    asked = invite(short, customers.own, people.supervisor, at=AT)

    with pytest.raises(SurveyOver):
        operations.take_answers(
            invitation=asked, given=answers(short, 9, 5), by=None, at=AT + timedelta(days=2)
        )


def test_a_running_survey_keeps_its_questions(survey, people):
    question = survey.questions.order_by("place").first()
    for operation in (operations.drop_question, operations.keep_question):
        how = {"version": 1} if operation is operations.keep_question else {}
        with pytest.raises(UnableToSurvey):
            operation(question=question, by=people.supervisor, at=AT, **how)
    with pytest.raises(UnableToSurvey):
        operations.drop_survey(survey=survey, by=people.supervisor, at=AT)


def test_a_draft_without_questions_or_days_left_does_not_run(people):
    draft = make_draft(people.supervisor, at=AT, last_day=date(2026, 3, 2))
    with pytest.raises(UnableToSurvey):
        operations.publish_survey(survey=draft, by=people.supervisor, at=AT + timedelta(days=1))
    draft.questions.all().delete()
    with pytest.raises(UnableToSurvey):
        operations.publish_survey(survey=draft, by=people.supervisor, at=AT)


def test_scores_by_level_add_up(survey, people, customers):
    given = (("A", 10, 5), ("A", 6, 3), ("B", 8, 4))
    for tier, first, second in given:
        asked = invite(survey, customers.own, people.supervisor, at=AT, tier=tier)
        operations.take_answers(
            invitation=asked, given=answers(survey, first, second), by=people.manager, at=AT
        )
    invite(survey, customers.group, people.supervisor, at=AT, tier="A")

    lines = {line.name: line for line in scores_by(people.supervisor, survey, "tier")}
    total = all_scores(list(lines.values()))

    assert (lines["A"].asked, lines["A"].answered, lines["A"].nps.score) == (3, 2, 0)
    assert (lines["B"].nps.score, lines["B"].csat.share) == (0, 100)
    assert (total.asked, total.answered, total.nps.score, total.csat.share) == (4, 3, 0, 67)
    assert scores_by(people.stranger, survey, "tier") == []


def reminded(survey, customer, people, **invited):
    asked = invite(survey, customer, people.supervisor, at=AT, way="SMS", **invited)
    count = operations.remind_customers(at=AT + timedelta(days=5))
    asked.refresh_from_db()
    return count, asked.reminded_at, Message.objects.count()


def test_g2_who_has_not_answered_is_reminded_once_after_so_many_days(people, customers):
    survey = make_survey(people.supervisor, at=AT, remind_after=5)
    asked = invite(survey, customers.own, people.supervisor, at=AT, way="SMS")
    invite(survey, customers.group, people.supervisor, at=AT)

    counts = [operations.remind_customers(at=AT + timedelta(days=days)) for days in (4, 5, 6)]

    message = Message.objects.get()
    asked.refresh_from_db()
    assert counts == [0, 1, 0]
    assert (message.source_id, message.asked_by) == (asked.pk, None)
    assert "https://service.example.com" in message.text
    assert asked.reminded_at == AT + timedelta(days=5)
    assert asked.asked_at == AT


def test_g2_nobody_is_reminded_who_answered_or_refused_or_whose_survey_says_not_to(
    people, customers
):
    silent = make_survey(people.supervisor, at=AT)
    survey = make_survey(people.supervisor, at=AT, remind_after=5)

    assert reminded(silent, customers.own, people) == (0, None, 0)
    assert reminded(survey, customers.own, people, state="ANSWERED") == (0, None, 0)
    refuse(people.supervisor, to=str(customers.own.phone), at=AT)
    assert reminded(survey, customers.own, people) == (0, None, 0)


def test_g2_nobody_is_reminded_by_a_link_that_leads_nowhere(people, customers, settings):
    survey = make_survey(people.supervisor, at=AT, remind_after=5)
    settings.PUBLIC_URL = ""

    assert reminded(survey, customers.own, people) == (0, None, 0)


@pytest.mark.parametrize("days", [0, 61])
def test_a_reminder_that_never_comes_or_comes_too_late_is_refused(people, days):
    with pytest.raises(UnableToSurvey) as refusal:
        make_draft(people.supervisor, at=AT, remind_after=days)
    assert refusal.value.field == "remind_after"
