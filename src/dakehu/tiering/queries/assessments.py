"""What managers recorded about customers, and the levels they may propose."""

from typing import TYPE_CHECKING

from django.http import Http404

from dakehu.customers.choices import CustomerKind
from dakehu.tiering.choices import CARD_LEVEL, SchemeKind
from dakehu.tiering.models import Assessment, Level, Measure
from dakehu.tiering.queries.judging import IS_PROSPECT
from dakehu.tiering.queries.kinds import is_about
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.queries.schemes import levels_of, schemes_known

if TYPE_CHECKING:
    from dakehu.customers.models import Customer


def assessments_of(customer: "Customer") -> dict[int, Assessment]:
    """Return what was recorded of a customer by measure; the customer comes from a query."""
    found = Assessment.objects.filter(customer=customer, removed_at__isnull=True)
    return {each.measure_id: each for each in found.select_related("assessed_by")}


def recorded_measures(customer: "Customer") -> list[Measure]:
    """Return the measures that managers record of such a customer."""
    is_group = customer.kind != CustomerKind.INDIVIDUAL
    found = measures_for(SchemeKind.GROUP if is_group else SchemeKind.INDIVIDUAL)
    return [each for each in found if "recorded" in each.source and each.code != IS_PROSPECT]


def grantable_levels(customer: "Customer") -> list[Level]:
    """Return the levels that people may propose for such a customer."""
    return [
        level
        for scheme in schemes_known()
        if scheme.code != CARD_LEVEL and is_about(scheme, customer)
        for level in levels_of(scheme)
    ]


def get_level(pk: int) -> Level:
    """
    Return one level.

    :raises Http404: if there is none.
    """
    found = Level.objects.select_related("scheme").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
