"""What care keeps."""

from dakehu.care.models.events import Event, Invitation
from dakehu.care.models.greetings import Festival, Greeting, Unwanted, Wording
from dakehu.care.models.reports import Report
from dakehu.care.models.visits import Visit

__all__ = [
    "Event",
    "Festival",
    "Greeting",
    "Invitation",
    "Report",
    "Unwanted",
    "Visit",
    "Wording",
]
