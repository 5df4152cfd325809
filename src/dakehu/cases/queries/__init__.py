"""Cases for those who may see them."""

from dakehu.cases.queries.people import receivers_for
from dakehu.cases.queries.reading import (
    acts_of,
    case_numbered,
    cases_of,
    cases_visible_to,
    children_of,
    get_case,
    likely_same,
    links_of,
    merged_into,
    next_waiting,
    open_count_of,
    overdue_count,
    queue_visible_to,
)
from dakehu.cases.queries.wording import case_url, case_words, why_next

__all__ = [
    "acts_of",
    "case_numbered",
    "case_url",
    "case_words",
    "cases_of",
    "cases_visible_to",
    "children_of",
    "get_case",
    "likely_same",
    "links_of",
    "merged_into",
    "next_waiting",
    "open_count_of",
    "overdue_count",
    "queue_visible_to",
    "receivers_for",
    "why_next",
]
