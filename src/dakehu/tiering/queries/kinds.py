"""Which kinds of customers a scheme is about."""

from typing import TYPE_CHECKING

from dakehu.customers.choices import CustomerKind
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.models import Scheme

if TYPE_CHECKING:
    from dakehu.customers.models import Customer


def kinds_of(scheme: Scheme) -> tuple[str, ...]:
    """Return the kinds of customers that stand in a scheme."""
    if scheme.kind != SchemeKind.GROUP:
        return (CustomerKind.INDIVIDUAL.value,)
    groups = (CustomerKind.GROUP.value,)
    return (*groups, CustomerKind.PROSPECT.value) if scheme.with_prospects else groups


def is_about(scheme: Scheme, customer: "Customer") -> bool:
    """Tell whether a present customer stands in a scheme; members are those of a group."""
    is_member = scheme.kind != SchemeKind.MEMBER or customer.group_id is not None
    is_present = customer.retained_at is None
    return is_present and is_member and customer.kind in kinds_of(scheme)
