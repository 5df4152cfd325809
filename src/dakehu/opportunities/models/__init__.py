"""What is kept of opportunities: themselves, offers, hops, papers, orders, consents."""

from dakehu.opportunities.models.consents import Consent
from dakehu.opportunities.models.hops import Hop
from dakehu.opportunities.models.offers import Offer
from dakehu.opportunities.models.opportunities import Opportunity
from dakehu.opportunities.models.orders import OrderRow, PaperCheck, SalesOrder
from dakehu.opportunities.models.papers import Contract, Solution
from dakehu.opportunities.models.supports import SupportLink
from dakehu.opportunities.models.templates import SolutionTemplate
from dakehu.opportunities.models.visits import SaleVisit

__all__ = [
    "Consent",
    "Contract",
    "Hop",
    "Offer",
    "Opportunity",
    "OrderRow",
    "PaperCheck",
    "SaleVisit",
    "SalesOrder",
    "Solution",
    "SolutionTemplate",
    "SupportLink",
]
