"""What care does when customers or to-dos change hands."""

from dakehu.care.choices import TO_VISIT
from dakehu.care.operations.visits import follow_moved_customers, hand_over_visits
from dakehu.ownership.events import CustomersMoved
from dakehu.people.queries import staff_who_may
from dakehu.worklist.events import TodosHandedOver


def customers_moved(event: CustomersMoved) -> None:
    """Let planned visits follow their customers."""
    follow_moved_customers(event)


def todos_handed_over(event: TodosHandedOver) -> None:
    """Let planned visits follow their to-dos."""
    if event.source != TO_VISIT:
        return
    people = {each.pk: each for each in staff_who_may("worklist.view")}
    owner, by = people.get(event.owner_id), people.get(event.by_id)
    if owner is not None:
        hand_over_visits(visit_ids=event.source_ids, owner=owner, by=by, at=event.at)
