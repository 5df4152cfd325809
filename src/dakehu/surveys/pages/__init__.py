"""What the pages of surveys show."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.people.policies import may
from dakehu.surveys.choices import INVITATION_TONES, SURVEY_TONES, SurveyState, Turning
from dakehu.surveys.policies import PUBLISH, WRITE
from dakehu.surveys.queries import questions_of
from dakehu.surveys.queries.results import (
    Scores,
    Told,
    all_scores,
    answers_offered,
    scores_by,
    told_by_question,
)
from dakehu.surveys.rules import FEW
from dakehu.ui import charts

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Breakdown:
    """Scores by one thing."""

    title: str
    lines: list[Scores]


@dataclass(frozen=True)
class SurveyPage:
    """A survey: its questions, its results as far as they are within reach, what can be done."""

    survey: Any
    tone: str
    questions: list[Any]
    total: Scores | None
    breakdowns: list[Breakdown]
    told: list[Told]
    chart: Any
    few: int
    may_write: bool
    may_publish: bool
    may_ask: bool
    may_close: bool
    is_over: bool


def survey_page(actor: "Staff", survey: Any, *, on: date) -> SurveyPage:
    """Gather a survey."""
    is_draft, runs = survey.state == SurveyState.DRAFT, survey.state == SurveyState.OPEN
    parts = (
        []
        if is_draft
        else [Breakdown(str(each.label), scores_by(actor, survey, each.value)) for each in Turning]
    )
    is_over = survey.last_day < on
    publishes = may(actor, PUBLISH)
    return SurveyPage(
        survey=survey,
        tone=SURVEY_TONES[survey.state],
        questions=[
            (
                each,
                answers_offered(each) if each.options else [],
                answers_offered(each, english=True) if each.options_en else [],
            )
            for each in questions_of(survey)
        ],
        total=all_scores(parts[0].lines) if parts else None,
        breakdowns=parts,
        told=[] if is_draft else told_by_question(actor, survey),
        chart=chart_of(parts[0].lines) if parts else None,
        few=FEW,
        may_write=is_draft and may(actor, WRITE),
        may_publish=is_draft and publishes,
        may_ask=runs and publishes and not is_over,
        may_close=runs and publishes,
        is_over=runs and is_over,
    )


def chart_of(lines: list[Scores]) -> Any:
    """Return how many would recommend us, are in between, would not, by level."""
    shown = [each for each in lines if each.nps.count]
    names = [each.name or "–" for each in shown]
    return charts.bars(names, series_of(shown), stacked=True) if shown else None


def series_of(shown: list[Scores]) -> dict[str, list[float]]:
    """Return the three groups as the series of a chart."""
    return {
        _("Would recommend us"): [each.nps.promoters for each in shown],
        _("In between"): [each.nps.passives for each in shown],
        _("Would not"): [each.nps.detractors for each in shown],
    }


@dataclass(frozen=True)
class InvitationPage:
    """What one customer was asked and answered."""

    invitation: Any
    tone: str
    answers: list[Any]
    customer_url: str


def customer_url(invitation: Any) -> str:
    """Return where the customer who is asked is shown."""
    return reverse("desk:customer", args=[invitation.customer_id])


def invitation_page(invitation: Any) -> InvitationPage:
    """Gather what a customer answered; the invitation comes from a query."""
    answers = invitation.answers.select_related("question").order_by("question__place")
    return InvitationPage(
        invitation, INVITATION_TONES[invitation.state], list(answers), customer_url(invitation)
    )
