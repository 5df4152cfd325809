"""Words of solutions, and what their places stand for (OP14). They are the same for everybody."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from dakehu.channels.queries.wording import name_of, names_of, newest_body
from dakehu.opportunities.choices import TemplateState
from dakehu.opportunities.models import Opportunity, SolutionTemplate
from dakehu.opportunities.policies import HANDLE
from dakehu.people.policies import may
from dakehu.ui.words import yuan

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def templates_visible_to(actor: "Staff") -> QuerySet[SolutionTemplate]:
    """Return the words of solutions, for whoever writes solutions."""
    if not may(actor, HANDLE):
        return SolutionTemplate.objects.none()
    return SolutionTemplate.objects.select_related("written_by", "released_by")


def get_template(actor: "Staff", pk: int) -> SolutionTemplate:
    """
    Return one template.

    :raises Http404: if there is none with that number.
    """
    found: SolutionTemplate | None = templates_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def templates_for(opportunity: Opportunity) -> list[SolutionTemplate]:
    """Return the released words that fit what is wanted, those of its products first."""
    codes = [each.product for each in opportunity.wanted]
    rows = SolutionTemplate.objects.filter(
        Q(product="") | Q(product__in=codes), state=TemplateState.RELEASED
    )
    return sorted(rows, key=lambda each: (not each.product, each.name))


def template_title(template: SolutionTemplate) -> str:
    """Return what a template is called where one is chosen."""
    product = name_of(newest_body(), template.product) if template.product else ""
    return f"{template} · {product}" if product else str(template)


def values_for(opportunity: Opportunity, *, by: "Staff", at: datetime) -> dict[str, str]:
    """Return what the places stand for; no telephone numbers among them."""
    codes = tuple(dict.fromkeys(each.product for each in opportunity.wanted))
    return {
        "customer": opportunity.whose,
        "number": opportunity.number,
        "products": names_of(newest_body(), codes) if codes else "",
        "contact": opportunity.contact_name,
        "key_person": opportunity.key_person,
        "need": str(opportunity.get_need_kind_display()) if opportunity.need_kind else "",
        "present": opportunity.present,
        "expected": yuan(opportunity.expected_fen) if opportunity.expected_fen else "",
        "manager": str(opportunity.receiver or by),
        "unit": str(opportunity.unit),
        "today": localdate(at).isoformat(),
    }
