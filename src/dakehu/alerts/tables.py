"""Columns of the alert list and of the two daily sheets."""

from collections.abc import Callable
from copy import copy
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from dakehu.alerts.choices import (
    CHANGE_TONES,
    OUTCOME_TONES,
    STATE_TONES,
    VERDICT_TONES,
    Rule,
)
from dakehu.alerts.queries import Books, evidence_words, rule_tone
from dakehu.ui import tables

RULE_TONES = {rule: rule_tone(rule) for rule in Rule.values}


class PersonColumn(tables.TextColumn):
    """A member of staff, whose name stays on one line."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-nowrap"}}


class EvidenceColumn(tables.WordsColumn):
    """The evidence of an alert in words; ``alert_of`` finds the alert of a row."""

    def __init__(self, alert_of: Callable[[Any], Any] = lambda row: row, **options: Any) -> None:
        super().__init__(accessor="pk", verbose_name=_("Evidence"), **options)
        self.alert_of = alert_of
        # A table has columns of its own, so the versions are read once for each table.
        self.books = Books()

    def __deepcopy__(self, memo: Any) -> "EvidenceColumn":
        own = copy(self)
        own.books = Books()
        return own

    def render(self, record: Any) -> str:
        return evidence_words(self.alert_of(record), self.books)

    def value(self, record: Any) -> str:
        return evidence_words(self.alert_of(record), self.books)


class AlertTable(tables.ListTable):
    """Alerts: who, which warning, what it saw, since when, with whom, and where it stands."""

    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    rule = tables.BadgeColumn(accessor="rule", tones=RULE_TONES, verbose_name=_("Warning"))
    evidence = EvidenceColumn()
    opened = tables.DayColumn(accessor="opened_day", verbose_name=_("Since"))
    owner = PersonColumn(accessor="owner", verbose_name=_("Owner"), default=_("Nobody"))
    state = tables.BadgeColumn(accessor="state", tones=STATE_TONES, verbose_name=_("Handling"))
    follow_up = tables.DayColumn(accessor="follow_up_date", verbose_name=_("Follow-up"))
    last = tables.DayColumn(accessor="last_day", verbose_name=_("Last fired"))
    cleared = tables.DayColumn(accessor="cleared_day", verbose_name=_("Cleared"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    phone = tables.TextColumn(accessor="customer__phone", verbose_name=_("Phone"))

    optional_columns = ("last", "cleared", "unit", "phone")


class AbnormalSheetTable(tables.ListTable):
    """Customers with a warning on a day (客户异常情况表)."""

    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    phone = tables.TextColumn(accessor="customer__phone", verbose_name=_("Phone"))
    rule = tables.BadgeColumn(accessor="rule", tones=RULE_TONES, verbose_name=_("Warning"))
    evidence = EvidenceColumn()
    opened = tables.DayColumn(accessor="opened_day", verbose_name=_("Since"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    owner = PersonColumn(accessor="owner", verbose_name=_("Owner"), default=_("Nobody"))
    state = tables.BadgeColumn(accessor="state", tones=STATE_TONES, verbose_name=_("Handling"))


class VisitSheetTable(tables.ListTable):
    """Contacts with customers on a day (客户回访情况表)."""

    customer = tables.NameColumn(accessor="alert__customer", verbose_name=_("Customer"))
    number = tables.CodeColumn(accessor="alert__customer__number", verbose_name=_("Number"))
    rule = tables.BadgeColumn(accessor="alert__rule", tones=RULE_TONES, verbose_name=_("Warning"))
    evidence = EvidenceColumn(alert_of=lambda handling: handling.alert)
    at = tables.InstantColumn(accessor="at", verbose_name=_("Time of contact"))
    by = PersonColumn(accessor="by", verbose_name=_("Contact by"))
    contacted = tables.YesNoColumn(accessor="contacted", verbose_name=_("Reached"))
    outcome = tables.BadgeColumn(
        accessor="outcome", tones=OUTCOME_TONES, verbose_name=_("Outcome")
    )
    note = tables.WordsColumn(accessor="note", verbose_name=_("Note"))
    follow_up = tables.DayColumn(accessor="follow_up_date", verbose_name=_("Follow-up"))
    unit = tables.TextColumn(accessor="alert__unit", verbose_name=_("Unit"))

    optional_columns = ("unit",)


class TrialAlertTable(tables.ListTable):
    """What a preview found: who, which warning, and what the numbers tried change about it."""

    customer = tables.TextColumn(accessor="customer", verbose_name=_("Customer"))
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    rule = tables.BadgeColumn(accessor="rule", tones=RULE_TONES, verbose_name=_("Warning"))
    change = tables.BadgeColumn(accessor="change", tones=CHANGE_TONES, verbose_name=_("Change"))
    a = tables.NumberColumn(accessor="a", verbose_name=_("First number"))
    b = tables.NumberColumn(accessor="b", verbose_name=_("Second number"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = PersonColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )


class ReportTable(tables.ListTable):
    """Reports of leaving: when, from where, of whom, and what became of each."""

    received = tables.InstantColumn(accessor="received_at", verbose_name=_("Received at"))
    kind = tables.TextColumn(accessor="get_kind_display", verbose_name=_("What was asked for"))
    customer = tables.TextColumn(accessor="alert__customer", verbose_name=_("Customer"))
    sub_id = tables.CodeColumn(accessor="sub_id", verbose_name=_("Number reported"))
    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Telephone number"))
    verdict = tables.BadgeColumn(
        accessor="verdict", tones=VERDICT_TONES, verbose_name=_("What became of it")
    )
    source = tables.TextColumn(accessor="source", verbose_name=_("Source"))
    client = tables.TextColumn(accessor="client", verbose_name=_("Other system"))
    happened = tables.InstantColumn(accessor="happened_at", verbose_name=_("Happened at"))
    event_id = tables.CodeColumn(accessor="event_id", verbose_name=_("Event"))
    reason = tables.TextColumn(accessor="reason", verbose_name=_("Reason"))

    optional_columns = ("happened", "event_id", "reason")
