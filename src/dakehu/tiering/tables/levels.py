"""Columns of the lists of tiering."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import cities
from dakehu.tiering.choices import GRANT_TONES, TURN_TONES
from dakehu.tiering.queries import measures as measure_queries
from dakehu.tiering.queries.reasoning import move_words
from dakehu.tiering.queries.schemes import body_of
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.localizing import cities_of
from dakehu.tiering.values import TierRules
from dakehu.ui import tables


class NamedColumn(tables.TextColumn):
    """A scheme or a level, in the language of the moment."""

    def render(self, value: Any) -> str:
        return name_of(value)

    def value(self, value: Any) -> str:
        return name_of(value)


class ReasonColumn(tables.TextColumn):
    """What decided a move, in one sentence; what it needs is read once for a page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="pk", verbose_name=_("Reason"), **options)
        self.known: dict[Any, Any] = {}

    def render(self, record: Any) -> str:
        if record.evaluation is None:
            return ""
        measures = self.once(record.scheme.kind, lambda: self.measures(record.scheme.kind))
        body = self.once(
            record.evaluation.rule_set_id, lambda: body_of(record.evaluation.rule_set)
        )
        rules = body if isinstance(body, TierRules) else None
        places = self.once("places", cities) if rules and cities_of(rules) else None
        return move_words(record, measures, rules, places)

    def value(self, record: Any) -> str:
        return self.render(record)

    def once(self, key: Any, read: Any) -> Any:
        """Return what is known under a key, read the first time."""
        if key not in self.known:
            self.known[key] = read()
        return self.known[key]

    @staticmethod
    def measures(kind: str) -> dict[str, Any]:
        """Return the measures of a kind by code."""
        return {each.code: each for each in measure_queries.measures_for(kind)}


class MoveTable(tables.ListTable):
    """Who went up or down: from where to where, from when, why."""

    customer = tables.TextColumn(accessor="customer", verbose_name=_("Customer"))
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    scheme = NamedColumn(accessor="scheme", verbose_name=_("Scheme"))
    turn = tables.BadgeColumn(accessor="turn", tones=TURN_TONES, verbose_name=_("Change"))
    before = NamedColumn(accessor="from_level", verbose_name=_("From"))
    after = NamedColumn(accessor="to_level", verbose_name=_("To"))
    reason = ReasonColumn()
    day = tables.DayColumn(accessor="day", verbose_name=_("Data day"))
    effective = tables.DayColumn(accessor="effective_on", verbose_name=_("Holds from"))
    owner = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Owner"), default=_("Nobody")
    )
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))

    optional_columns = ("unit",)


class GrantTable(tables.ListTable):
    """Levels by hand: who, which, for how long, by whom."""

    customer = tables.TextColumn(accessor="customer", verbose_name=_("Customer"))
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    scheme = NamedColumn(accessor="scheme", verbose_name=_("Scheme"))
    level = NamedColumn(accessor="level", verbose_name=_("Level"))
    starts = tables.DayColumn(accessor="starts_on", verbose_name=_("Holds from"))
    ends = tables.DayColumn(accessor="ends_on", verbose_name=_("Ends on"))
    state = tables.BadgeColumn(accessor="state", tones=GRANT_TONES, verbose_name=_("State"))
    proposed_by = tables.TextColumn(accessor="proposed_by", verbose_name=_("Proposed by"))
    proposed = tables.InstantColumn(accessor="proposed_at", verbose_name=_("Proposed at"))
    reason = tables.TextColumn(accessor="reason", verbose_name=_("Reason"))
