"""Opportunities for those who may see them; the front door."""

from dakehu.opportunities.queries.reading import (
    get_editable,
    get_opportunity,
    get_own,
    hops_of,
    last_hops,
    offered_now,
    offers_of,
    open_count_of,
    open_of,
    opportunities_of,
    opportunities_visible_to,
    opportunity_numbered,
    queue_visible_to,
    selling_visible_to,
)
from dakehu.opportunities.queries.wording import (
    follow_up_words,
    offer_url,
    offer_words,
    opportunity_names,
    opportunity_url,
)

__all__ = [
    "follow_up_words",
    "get_editable",
    "get_opportunity",
    "get_own",
    "hops_of",
    "last_hops",
    "offer_url",
    "offer_words",
    "offered_now",
    "offers_of",
    "open_count_of",
    "open_of",
    "opportunities_of",
    "opportunities_visible_to",
    "opportunity_names",
    "opportunity_numbered",
    "opportunity_url",
    "queue_visible_to",
    "selling_visible_to",
]
