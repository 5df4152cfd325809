"""Cases for those who may see them."""

from dakehu.cases.queries.details import (
    coverage_of,
    customers_asked_after_closing,
    notice_of,
    notices_heard,
    open_lines_of,
    row_counts,
    rows_of,
    visits_of,
)
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
from dakehu.cases.queries.wording import case_names, case_url, case_words, why_next

__all__ = [
    "acts_of",
    "case_names",
    "case_numbered",
    "case_url",
    "case_words",
    "cases_of",
    "cases_visible_to",
    "children_of",
    "coverage_of",
    "customers_asked_after_closing",
    "get_case",
    "likely_same",
    "links_of",
    "merged_into",
    "next_waiting",
    "notice_of",
    "notices_heard",
    "open_count_of",
    "open_lines_of",
    "overdue_count",
    "queue_visible_to",
    "receivers_for",
    "row_counts",
    "rows_of",
    "visits_of",
    "why_next",
]
