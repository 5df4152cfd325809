"""Solutions and contracts for those who may read them (OP14, OP15, CH15)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404

from dakehu.opportunities.choices import PaperKind, PaperState
from dakehu.opportunities.models import Contract, Opportunity, Solution, SupportLink
from dakehu.opportunities.policies import is_partner, may_read_papers
from dakehu.opportunities.queries.reading import opportunities_visible_to
from dakehu.opportunities.rules.papers import MOST_DAYS, asks_from

if TYPE_CHECKING:
    from dakehu.people.models import Staff

AT_HAND = (
    "written_by", "proposed_by", "decided_by", "opportunity__unit", "opportunity__customer",
    "opportunity__receiver", "opportunity__matrix",
)  # fmt: skip
MODELS: dict[str, Any] = {PaperKind.SOLUTION: Solution, PaperKind.CONTRACT: Contract}


def kind_of(paper: Any) -> PaperKind:
    """Return which kind of paper it is."""
    return PaperKind.CONTRACT if isinstance(paper, Contract) else PaperKind.SOLUTION


def contracts_visible_to(actor: "Staff") -> QuerySet[Contract]:
    """Return the contracts of the opportunities within reach; a partner's own alone."""
    found: QuerySet[Contract] = papers_visible_to(actor, PaperKind.CONTRACT)
    return found


def papers_visible_to(actor: "Staff", kind: str) -> Any:
    """Return the papers of a kind within reach; a partner's own alone."""
    within = opportunities_visible_to(actor).select_related(None).order_by()
    if is_partner(actor):
        within = within.filter(receiver=actor)
    rows = MODELS[kind].objects.filter(opportunity__in=within.values("pk"))
    return rows.select_related(*AT_HAND)


def get_paper(actor: "Staff", kind: str, pk: int) -> Any:
    """
    Return one paper within reach.

    :raises Http404: if there is none, or no such kind.
    """
    if kind not in MODELS:
        raise Http404
    found = papers_visible_to(actor, kind).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def seen_solution(actor: "Staff", pk: int) -> Solution:
    """
    Return one solution within reach.

    :raises Http404: if there is none.
    """
    found: Solution = get_paper(actor, PaperKind.SOLUTION, pk)
    return found


def seen_contract(actor: "Staff", pk: int) -> Contract:
    """
    Return one contract within reach.

    :raises Http404: if there is none.
    """
    found: Contract = get_paper(actor, PaperKind.CONTRACT, pk)
    return found


def papers_of(actor: "Staff", opportunity: Opportunity) -> tuple[list[Solution], list[Contract]]:
    """Return the solutions and contracts of an opportunity, the newest first; it is in reach."""
    if not may_read_papers(actor, opportunity):
        return [], []
    solutions = opportunity.solutions.select_related("written_by").order_by("-number")
    contracts = opportunity.contracts.select_related("written_by", "renewal").order_by("-pk")
    return list(solutions), list(contracts)


def newest_solution(opportunity: Opportunity) -> Solution | None:
    """Return the newest version of a solution, to go on from; it comes from a query."""
    return opportunity.solutions.exclude(state=PaperState.WITHDRAWN).order_by("-number").first()


def contracts_to_ask_about(*, on: date) -> list[Contract]:
    """Return the signed contracts that run out and that nobody has begun to renew."""
    soon = on + timedelta(days=MOST_DAYS)
    rows = Contract.objects.filter(
        state=PaperState.SIGNED, renewal__isnull=True, ends_on__lte=soon
    )
    found = rows.select_related("opportunity__customer", "opportunity__receiver").order_by("pk")
    return [each for each in found if asks_from(each.ends_on, each.notice_days) <= on]


def is_solution_sealed(pk: int) -> bool:
    """Tell whether the files of a solution stay as they are: while somebody decides about it."""
    open_ones = (PaperState.DRAFT, PaperState.RELEASED)
    return not Solution.objects.filter(pk=pk, state__in=open_ones).exists()


def is_contract_sealed(pk: int) -> bool:
    """Tell whether the files of a contract stay as they are: once it is signed or withdrawn."""
    open_ones = (PaperState.DRAFT, PaperState.PROPOSED, PaperState.RELEASED)
    return not Contract.objects.filter(pk=pk, state__in=open_ones).exists()


def supports_of(opportunity: Opportunity) -> list[Any]:
    """Return the cases of support that were ordered for an opportunity, the newest first."""
    links = SupportLink.objects.filter(opportunity=opportunity).select_related("case__unit")
    return [link.case for link in links.order_by("-pk")]
