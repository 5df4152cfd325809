"""What follows from changes of customers and of the people of groups."""

from dakehu.audit.events import ChangesRecorded
from dakehu.customers.operations import tell_again


def tell_what_changed(event: ChangesRecorded) -> None:
    """Let a search find records by what they say now."""
    tell_again(event.model, event.keys)
