"""Alerts for those who may see them, and what they say in words (W1 to W13)."""

from dakehu.alerts.queries.evidence import (
    alert_words,
    evidence_words,
    rule_tone,
    score_parts,
)
from dakehu.alerts.queries.figures import (
    RuleRecord,
    alert_counts,
    counts_by_owner,
    counts_by_rule,
    handled_by_day,
    handled_by_owner,
    newest_contact_day,
    newest_day,
    rule_record,
)
from dakehu.alerts.queries.night import (
    handled_by_unit,
    holding_by_unit,
    opened_by_unit,
    warnings_program,
)
from dakehu.alerts.queries.numbers import numbers_in_force
from dakehu.alerts.queries.reading import (
    alerts_of_customer,
    alerts_open_to,
    alerts_visible_to,
    earlier_episodes,
    handled_by_person,
    handlings_of,
    handlings_of_customer,
    handlings_visible_to,
    holding_alerts,
    holding_count_of,
    likely_leavers,
    unowned_alerts,
)
from dakehu.alerts.queries.reasons import Reasons, reasons_for
from dakehu.alerts.queries.reports import reports_of, reports_visible_to
from dakehu.alerts.queries.suggestions import suggested_act

__all__ = [
    "Reasons",
    "RuleRecord",
    "alert_counts",
    "alert_words",
    "alerts_of_customer",
    "alerts_open_to",
    "alerts_visible_to",
    "counts_by_owner",
    "counts_by_rule",
    "earlier_episodes",
    "evidence_words",
    "handled_by_day",
    "handled_by_owner",
    "handled_by_person",
    "handled_by_unit",
    "handlings_of",
    "handlings_of_customer",
    "handlings_visible_to",
    "holding_alerts",
    "holding_by_unit",
    "holding_count_of",
    "likely_leavers",
    "newest_contact_day",
    "newest_day",
    "numbers_in_force",
    "opened_by_unit",
    "reasons_for",
    "reports_of",
    "reports_visible_to",
    "rule_record",
    "rule_tone",
    "score_parts",
    "suggested_act",
    "unowned_alerts",
    "warnings_program",
]
