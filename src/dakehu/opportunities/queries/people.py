"""Units and people whom other systems name."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from dakehu.people.policies import within_role
from dakehu.people.queries import units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit
    from dakehu.signin.models import ApiClient


def area_coded(client: "ApiClient", code: str) -> "Unit | None":
    """Return the unit of a code within the reach of another system."""
    role: Any = client
    found: Unit | None = units_within(role).filter(code=code).first()
    return found


def person_served(client: "ApiClient", number: str) -> "Staff | None":
    """Return the active person of a manager number or user name within a client's reach."""
    role: Any = client
    within = within_role(role, unit="unit", owner="pk")
    people = get_user_model()._default_manager.filter(is_active=True, removed_at=None)
    named = Q(staff_no=number) | Q(username=number)
    found: Staff | None = people.filter(within, named).select_related("unit").first()
    return found
