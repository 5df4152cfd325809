"""Who may say what other systems are told."""

from typing import TYPE_CHECKING

from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.hooks.models import EventSubscription
    from dakehu.people.models import Staff

MANAGE = "api.manage"


def may_release(actor: "Staff", subscription: "EventSubscription") -> bool:
    """Tell whether somebody may let people's names and numbers leave: a second person (F5)."""
    return may(actor, MANAGE) and actor.pk != subscription.proposed_by_id
