"""Cases as other systems are told of them."""

from typing import Any

from dakehu.cases.models import Case
from dakehu.common.masking import Masked
from dakehu.hooks.values import People


def told_of(case: Case) -> dict[str, Any]:
    """Return a case as other systems read it, without names and numbers of people."""
    times = {
        name: instant.isoformat(timespec="milliseconds") if instant else None
        for name in ("opened_at", "due_at", "closed_at")
        for instant in [getattr(case, name)]
    }
    return {
        "number": case.number,
        "kind": str(case.kind),
        "state": str(case.state),
        "priority": case.priority,
        "queue": case.unit.code,
        "result": str(case.result),
        **times,
    }


def people_behind(pk: int) -> People | None:
    """Return who asked; never for partners, who are told of no callers (CH15)."""
    found = Case.objects.select_related("customer").filter(pk=pk).first()
    if found is None:
        return None
    phone = found.caller_phone
    told = {
        "customer": found.customer.number if found.customer else "",
        "name": str(found.customer) if found.customer else "",
        "contact_name": found.caller_name,
        "contact_phone": phone.plain if isinstance(phone, Masked) else str(phone or ""),
    }
    return People(told, is_key=True)
