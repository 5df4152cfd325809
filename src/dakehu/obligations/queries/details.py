"""What belongs to one obligation, and a provision before it is stored."""

from typing import Any

from dakehu.obligations.models import Act, Obligation, Provision, Reward


def acts_in(obligation: Obligation) -> list[Act]:
    """Return the acts that count for an obligation, in the order in which they happened."""
    found = Act.objects.filter(
        customer=obligation.customer_id,
        service=obligation.service,
        happened_on__gte=obligation.starts_on,
        happened_on__lt=obligation.ends_on,
        withdrawn_at__isnull=True,
    )
    return list(found.order_by("happened_on", "pk"))


def unsaved_provision(**values: Any) -> Provision:
    """Return a provision that is not stored yet."""
    return Provision(**values)


def unsaved_reward(**values: Any) -> Reward:
    """Return a reward that is not stored yet."""
    return Reward(**values)
