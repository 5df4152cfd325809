"""Return visits of an opportunity, for its page (OP14)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dakehu.cases.queries import case_url
from dakehu.opportunities.choices import SATISFACTION, VISIT_TONES, State
from dakehu.opportunities.policies import HANDLE, has_it, may_read_papers
from dakehu.opportunities.queries import opportunity_url, visits_of
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

WORDS = dict(SATISFACTION)


@dataclass(frozen=True)
class VisitLine:
    """One return visit in words, and where what follows from it is."""

    visit: Any
    words: str
    tone: str
    support_url: str
    following_url: str


@dataclass(frozen=True)
class VisitsPanel:
    """The return visits of an opportunity, and whether one can be recorded."""

    opportunity: Any
    is_shown: bool
    lines: list[VisitLine]
    may_record: bool


def visits_panel(actor: "Staff", opportunity: Any) -> VisitsPanel:
    """Gather the return visits of an opportunity within reach."""
    is_won = opportunity.state == State.WON
    return VisitsPanel(
        opportunity=opportunity,
        is_shown=may_read_papers(actor, opportunity),
        lines=[line_of(each) for each in visits_of(actor, opportunity)],
        may_record=is_won and may(actor, HANDLE) and has_it(actor, opportunity),
    )


def line_of(visit: Any) -> VisitLine:
    """Return one return visit in words."""
    points = visit.satisfaction
    return VisitLine(
        visit=visit,
        words=str(WORDS.get(points, "")),
        tone=VISIT_TONES.get(points, "neutral"),
        support_url=case_url(visit.support_id) if visit.support_id else "",
        following_url=opportunity_url(visit.following_id) if visit.following_id else "",
    )
