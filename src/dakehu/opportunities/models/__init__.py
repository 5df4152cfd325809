"""What is kept of opportunities: themselves, offers, and the hops of their passport."""

from dakehu.opportunities.models.hops import Hop
from dakehu.opportunities.models.offers import Offer
from dakehu.opportunities.models.opportunities import Opportunity

__all__ = ["Hop", "Offer", "Opportunity"]
