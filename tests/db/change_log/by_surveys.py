"""What people and customers write about surveys."""

from collections.abc import Iterator
from typing import Any

from django.test import override_settings
from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.cases import close, make_case
from tests.factories.surveys import answers, make_draft

from dakehu.surveys import operations
from dakehu.surveys.models import SurveyInvitation
from dakehu.surveys.values import Sample


@scenario(
    "form",
    "surveys.survey",
    "surveys.question",
    "surveys.surveyinvitation",
    "outbox.message",
    "worklist.todo",
)
def a_survey_is_drafted_runs_asks_and_is_answered(w: Any) -> Iterator[None]:
    how: Any = {"by": w.people.supervisor, "at": w.at}
    close(
        make_case(w.people.manager, customer=w.customers.own, at=w.at), w.people.manager, at=w.at
    )
    yield
    survey = make_draft(**how)
    yield
    extra = survey.questions.order_by("place").last()
    extra.text = "其他意见"
    operations.keep_question(question=extra, version=extra.version, **how)
    yield
    operations.drop_question(question=fresh(extra), **how)
    yield
    operations.publish_survey(survey=survey, **how)
    yield
    with override_settings(PUBLIC_URL="https://service.example.com"):
        sample = Sample("CASES", "SMS", 5, "seed")
        operations.ask_customers(survey=survey, sample=sample, **how)
    yield
    asked = SurveyInvitation.objects.get()
    operations.take_answers(invitation=asked, given=answers(survey, 2, 3), by=None, at=w.at)
    yield
    operations.close_survey(survey=survey, **how)
