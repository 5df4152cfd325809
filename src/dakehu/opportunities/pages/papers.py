"""Solutions and contracts as pages show them, and what may be done with them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.cases.choices import STATE_TONES as CASE_TONES
from dakehu.cases.choices import CaseKind
from dakehu.cases.queries import case_url, cases_visible_to, row_counts
from dakehu.opportunities import queries
from dakehu.opportunities.choices import (
    ALIVE,
    PAPER_TONES,
    WORKING,
    PaperKind,
    PaperState,
)
from dakehu.opportunities.policies import CREATE, HANDLE, has_it, may_read_papers, may_release
from dakehu.opportunities.queries.templates import template_title, templates_for
from dakehu.opportunities.rules.papers import asks_from, days_left
from dakehu.opportunities.rules.states import moves_from
from dakehu.people.policies import may
from dakehu.ui import panels
from dakehu.ui.words import yuan

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class PaperLine:
    """One paper as a line."""

    paper: Any
    kind: str
    tone: str
    worth: str
    remark: str


@dataclass(frozen=True)
class SupportLine:
    """One support request order: its case, where it stands, and where it is read."""

    case: Any
    tone: str
    url: str
    rows: str


@dataclass(frozen=True)
class PapersPanel:
    """The solutions and contracts of an opportunity, and what may be added."""

    opportunity: Any
    solutions: list[PaperLine]
    contracts: list[PaperLine]
    supports: list[SupportLine]
    is_shown: bool
    may_write_solution: bool
    may_write_contract: bool
    may_record: bool


@dataclass(frozen=True)
class PaperPage:
    """One solution or contract: what it says, where it stands, what may be done."""

    paper: Any
    kind: str
    kind_words: str
    tone: str
    worth: str
    remark: str
    panels: Any
    panel_kind: str
    may_change: bool
    may_propose: bool
    may_decide: bool
    waits_for_other: bool
    may_sign: bool
    may_withdraw: bool
    may_renew: bool
    may_end: bool
    may_print: bool


def goes_on(actor: "Staff", opportunity: Any) -> bool:
    """Tell whether somebody may work on the papers of an opportunity as it stands."""
    is_open = "PAPER" in moves_from(opportunity.state)
    return is_open and has_it(actor, opportunity) and may(actor, HANDLE)


def papers_panel(actor: "Staff", opportunity: Any, *, on: date) -> PapersPanel:
    """Gather the papers of an opportunity within reach."""
    solutions, contracts = queries.papers_of(actor, opportunity)
    writes = goes_on(actor, opportunity)
    return PapersPanel(
        opportunity=opportunity,
        solutions=[line_of(each, on=on) for each in solutions],
        contracts=[line_of(each, on=on) for each in contracts],
        supports=supports_of(actor, opportunity),
        is_shown=may_read_papers(actor, opportunity),
        may_write_solution=writes and not any(each.state in WORKING for each in solutions),
        may_write_contract=writes and not any(each.state in ALIVE for each in contracts),
        may_record=writes,
    )


def rows_of(case: Any) -> str:
    """Say how many rows of a batch are done, and how many failed."""
    if case.kind != CaseKind.BATCH:
        return ""
    counts = row_counts(case)
    done, failed, rows = counts.get("DONE", 0), counts.get("FAILED", 0), sum(counts.values())
    words = _("%(done)s of %(rows)s rows done, %(failed)s failed")
    return words % {"done": done, "rows": rows, "failed": failed}


def supports_of(actor: "Staff", opportunity: Any) -> list[SupportLine]:
    """Return the support that was ordered for an opportunity, the newest first."""
    if not may_read_papers(actor, opportunity):
        return []
    cases = queries.supports_of(opportunity)
    seen = set(cases_visible_to(actor).filter(pk__in=[case.pk for case in cases]).values_list(
        "pk", flat=True
    ))  # fmt: skip
    return [
        SupportLine(
            case,
            CASE_TONES[case.state],
            case_url(case.pk) if case.pk in seen else "",
            rows_of(case),
        )
        for case in cases
    ]


def line_of(paper: Any, *, on: date) -> PaperLine:
    """Return one paper as a line."""
    kind = PaperKind.CONTRACT if hasattr(paper, "ends_on") else PaperKind.SOLUTION
    return PaperLine(
        paper, kind.value, PAPER_TONES[paper.state], worth_of(paper), remark_of(paper, on=on)
    )


def worth_of(paper: Any) -> str:
    """Return what a paper is worth in yuan."""
    return yuan(paper.value_fen if hasattr(paper, "value_fen") else paper.price_fen)


def remark_of(paper: Any, *, on: date) -> str:
    """Say what is to be known of the end of a contract."""
    if getattr(paper, "ends_on", None) is None or paper.state != PaperState.SIGNED:
        return ""
    if paper.renewal_id:
        return _("Its renewal has begun.")
    left = days_left(paper.ends_on, on=on)
    if left < 0:
        return _("It ended %(days)s days ago.") % {"days": -left}
    if asks_from(paper.ends_on, paper.notice_days) <= on:
        return _("It ends in %(days)s days.") % {"days": left}
    return ""


def paper_page(actor: "Staff", paper: Any, *, on: date) -> PaperPage:
    """Gather a paper within reach."""
    line = line_of(paper, on=on)
    works = goes_on(actor, paper.opportunity)
    is_contract = line.kind == PaperKind.CONTRACT
    is_signed = paper.state == PaperState.SIGNED
    proposed = paper.state == PaperState.PROPOSED
    return PaperPage(
        paper=paper,
        kind=line.kind,
        kind_words=str(PaperKind(line.kind).label),
        tone=line.tone,
        worth=line.worth,
        remark=line.remark,
        panels=panels.panels_for(line.kind, actor),
        panel_kind=line.kind,
        may_change=works and paper.state == PaperState.DRAFT,
        may_propose=works and paper.state == PaperState.DRAFT,
        may_decide=proposed and may_release(actor, paper),
        waits_for_other=proposed and not may_release(actor, paper),
        may_sign=is_contract and works and paper.state == PaperState.RELEASED,
        may_withdraw=works and paper.state in ALIVE,
        may_renew=is_contract and is_signed and not paper.renewal_id and may(actor, CREATE),
        may_end=is_contract and is_signed and not paper.renewal_id and works,
        may_print=may(actor, "files.attach") and not sealed(paper, line.kind),
    )


def sealed(paper: Any, kind: str) -> bool:
    """Tell whether the files of a paper stay as they are."""
    is_sealed = {
        PaperKind.CONTRACT.value: queries.is_contract_sealed,
        PaperKind.SOLUTION.value: queries.is_solution_sealed,
    }
    return is_sealed[kind](paper.pk)


def paper_url(paper: Any) -> str:
    """Return the address of a contract."""
    return reverse("opportunities:paper", args=[PaperKind.CONTRACT.value, paper.pk])


def beginnings_of(opportunity: Any) -> list[tuple[str, str]]:
    """Return the words with which a solution may begin: where to, what they are called."""
    address = reverse("opportunities:solution_new", args=[opportunity.pk])
    return [
        (f"{address}?template={each.pk}", template_title(each))
        for each in templates_for(opportunity)
    ]
