"""What is true of articles on paper: what they are found by, what differs between two texts."""

from dakehu.messaging.rules.comparing import compared
from dakehu.messaging.rules.finding import search_text, sought

__all__ = ["compared", "search_text", "sought"]
