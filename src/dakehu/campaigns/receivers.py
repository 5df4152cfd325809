"""What campaigns do when customers or to-dos change hands."""

from dakehu.campaigns.choices import CAMPAIGN
from dakehu.campaigns.operations.calling import hand_over_calls
from dakehu.campaigns.operations.tending import follow_moved_customers
from dakehu.campaigns.policies import HANDLE
from dakehu.ownership.events import CustomersMoved
from dakehu.people.queries import staff_who_may
from dakehu.worklist.events import TodosHandedOver


def customers_moved(event: CustomersMoved) -> None:
    """Let calls that wait follow their customers."""
    follow_moved_customers(event)


def todos_handed_over(event: TodosHandedOver) -> None:
    """Let calls that were agreed follow their to-dos."""
    if event.source != CAMPAIGN:
        return
    people = {each.pk: each for each in staff_who_may(HANDLE)}
    owner, by = people.get(event.owner_id), people.get(event.by_id)
    if owner is not None:
        hand_over_calls(rows=list(event.source_ids), owner=owner, by=by, at=event.at)
