"""What the page of a service report and a customer's panel show (R1 to R4)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from dakehu.care.choices import REPORT_TONES, ReportState
from dakehu.care.policies import APPROVE, WRITE
from dakehu.care.queries.reports import reports_visible_to
from dakehu.ui.panels import Panel, panels_for

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PANEL_SHOWN = 5


@dataclass(frozen=True)
class ReportPage:
    """One service report, and what may be done with it."""

    report: Any
    tone: str
    customer_url: str
    is_busy: bool
    may_review: bool
    waits_for_other: bool
    may_send: bool
    may_rebuild: bool
    panels: tuple[Panel, ...]


def report_page(actor: "Staff", report: Any) -> ReportPage:
    """Gather one report that the actor may see."""
    is_draft = report.state == ReportState.DRAFT
    is_own = report.staff_id == actor.pk
    busy = report.state == ReportState.BUILDING
    return ReportPage(
        report=report,
        tone=REPORT_TONES[report.state],
        customer_url=reverse("desk:customer", args=[report.customer_id]),
        is_busy=busy,
        may_review=is_draft and not is_own and actor.may(APPROVE),
        waits_for_other=is_draft and is_own,
        may_send=report.state == ReportState.REVIEWED and actor.may(WRITE),
        may_rebuild=not busy and actor.may(WRITE),
        panels=() if busy else panels_for("report", actor),
    )


@dataclass(frozen=True)
class ReportPanel:
    """The newest service reports of a customer."""

    customer: Any
    lines: tuple[tuple[Any, str], ...]
    may_ask: bool


def report_panel(actor: "Staff", customer: Any) -> ReportPanel:
    """Gather the newest reports of a customer whom the actor may see."""
    found = reports_visible_to(actor).filter(customer=customer).order_by("-last_day", "-pk")
    lines = tuple((each, REPORT_TONES[each.state]) for each in found[:PANEL_SHOWN])
    return ReportPanel(customer, lines, actor.may(WRITE))
