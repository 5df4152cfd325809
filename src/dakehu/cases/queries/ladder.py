"""Where a case stands on the ladder, and its work orders (R5)."""

from typing import TYPE_CHECKING

from dakehu.cases.choices import Rung
from dakehu.cases.models import Case, CaseRung, SupportOrder, WorkOrder

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def rungs_of(case: Case) -> list[CaseRung]:
    """Return how a case was raised, the first time first."""
    return list(case.rungs.select_related("unit", "by").order_by("pk"))


def rung_of(case: Case) -> str:
    """Return on which rung a case stands; every one begins at the first."""
    last = case.rungs.order_by("-pk").values_list("rung", flat=True).first()
    return last or Rung.HOTLINE


def orders_of(case: Case) -> list[WorkOrder]:
    """Return the work orders of a case, the first first; the case comes from a query."""
    return list(case.orders.select_related("engineer").order_by("pk"))


def support_of(case: Case) -> SupportOrder | None:
    """Return what a support request order asks for; nothing of other cases."""
    return SupportOrder.objects.filter(case=case).first()


def support_of_children(actor: "Staff", children: list[Case]) -> dict[int, SupportOrder]:
    """Return what the support orders among the cases within reach ask for, by case."""
    return SupportOrder.objects.in_bulk([child.pk for child in children])
