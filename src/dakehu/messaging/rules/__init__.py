"""What is true of articles on paper: what they are found by, what differs between two texts."""

from dakehu.messaging.rules.comparing import compared
from dakehu.messaging.rules.finding import search_text, sought
from dakehu.messaging.rules.suggesting import points_of

__all__ = ["compared", "points_of", "search_text", "sought"]
