"""Which kinds of customers a scheme is about."""

from dakehu.customers.choices import CustomerKind
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.models import Scheme


def kinds_of(scheme: Scheme) -> tuple[str, ...]:
    """Return the kinds of customers that stand in a scheme."""
    if scheme.kind != SchemeKind.GROUP:
        return (CustomerKind.INDIVIDUAL.value,)
    groups = (CustomerKind.GROUP.value,)
    return (*groups, CustomerKind.PROSPECT.value) if scheme.with_prospects else groups
