"""What is kept of opportunities: themselves, offers, the hops of their passport, papers."""

from dakehu.opportunities.models.hops import Hop
from dakehu.opportunities.models.offers import Offer
from dakehu.opportunities.models.opportunities import Opportunity
from dakehu.opportunities.models.papers import Contract, Solution

__all__ = ["Contract", "Hop", "Offer", "Opportunity", "Solution"]
