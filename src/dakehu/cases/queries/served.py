"""Cases for other systems, within the unit that each is tied to (CH7)."""

from typing import TYPE_CHECKING, Any

from dakehu.cases.models import Case
from dakehu.cases.querysets import CaseQuerySet
from dakehu.cases.rules.numbers import key_in
from dakehu.people.policies import within_role

if TYPE_CHECKING:
    from dakehu.signin.models import ApiClient


def cases_served_to(client: "ApiClient") -> CaseQuerySet:
    """Return the cases in the queues of a client's unit and below, and those it opened itself."""
    role: Any = client
    rows: CaseQuerySet = Case.objects.filter(within_role(role, unit="unit", owner="owner"))
    return (rows | Case.objects.filter(client=client)).select_related("unit", "owner", "customer")


def case_served_to(client: "ApiClient", number: str) -> Case | None:
    """Return the case of a number, if the client may read it."""
    pk = key_in(number)
    found: Case | None = cases_served_to(client).filter(pk=pk).first() if pk else None
    return found if found is not None and found.number == number else None
