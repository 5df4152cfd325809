"""Decisions of the routing, and their facts as plain data, for the apps above."""

from dakehu.channels.rules.facts import facts_from_data, facts_to_data
from dakehu.channels.rules.routing import decide

__all__ = ["decide", "facts_from_data", "facts_to_data"]
