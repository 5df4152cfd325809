"""Columns of the lists of obligations, provisions, trials, launches and missing customers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.obligations.choices import REWARD_TONES, STATE_TONES
from dakehu.obligations.queries.wording import service_names
from dakehu.ui import tables


class ServiceColumn(tables.TextColumn):
    """A service by its code and name; the names are read once for a page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._names: dict[str, str] | None = None

    def render(self, value: Any) -> str:
        if self._names is None:
            self._names = service_names()
        return f"{value} {self._names.get(value, '')}".strip()

    def value(self, value: Any) -> str:
        return self.render(value)


class OfCustomer(tables.ListTable):
    """What every list about customers begins with."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="customer__name", verbose_name=_("Customer name"))


class ObligationTable(OfCustomer):
    """What is owed: how often, how far, when next, and where it stands."""

    service = ServiceColumn(accessor="service", verbose_name=_("Service"))
    starts = tables.DayColumn(accessor="starts_on", verbose_name=_("Period from"))
    done = tables.NumberColumn(accessor="done", verbose_name=pgettext_lazy("how often", "Done"))
    required = tables.NumberColumn(accessor="required", verbose_name=_("Owed"))
    next_on = tables.DayColumn(accessor="next_on", verbose_name=_("Planned next"))
    state = tables.BadgeColumn(accessor="state", tones=STATE_TONES, verbose_name=_("State"))
    source = tables.TextColumn(accessor="source", verbose_name=_("By which standard"))
    reason = tables.TextColumn(accessor="waived_reason", verbose_name=_("Waived because"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )

    optional_columns = ("reason",)


class ProvisionTable(OfCustomer):
    """Who is provided with what, by whom, since when."""

    service = ServiceColumn(accessor="service", verbose_name=_("Service"))
    staff = tables.TextColumn(accessor="staff", verbose_name=_("Person"), default="–")
    mode = tables.BadgeColumn(accessor="mode", verbose_name=_("Mode"))
    starts = tables.DayColumn(accessor="starts_on", verbose_name=_("Since"))
    ends = tables.DayColumn(accessor="last_on", verbose_name=_("Until"))
    note = tables.TextColumn(accessor="note", verbose_name=_("Note"))
    goal = tables.YuanColumn(accessor="goal_fen", verbose_name=_("Joint target (yuan)"))
    due = tables.DayColumn(accessor="due_on", verbose_name=_("Due on"))
    reached = tables.YuanColumn(accessor="reached_fen", verbose_name=_("Reached (yuan)"))
    outcome = tables.TextColumn(accessor="outcome", verbose_name=_("What came of it"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )

    optional_columns = ("goal", "due", "reached", "outcome")


class RewardTable(OfCustomer):
    """Rewards: for what, worth how much, and where each stands."""

    what = tables.TextColumn(accessor="what", verbose_name=_("Reward"))
    occasion = tables.BadgeColumn(accessor="occasion", verbose_name=_("Rewarded for"))
    worth = tables.YuanColumn(accessor="worth_fen", verbose_name=_("Worth (yuan)"))
    state = tables.BadgeColumn(accessor="state", tones=REWARD_TONES, verbose_name=_("State"))
    proposed = tables.DayColumn(accessor="proposed_on", verbose_name=_("Proposed on"))
    proposer = tables.TextColumn(accessor="proposed_by", verbose_name=_("Proposed by"))
    decider = tables.TextColumn(accessor="decided_by", verbose_name=_("Decided by"), default="–")
    handed = tables.DayColumn(accessor="handed_on", verbose_name=_("Handed over on"))
    receiver = tables.TextColumn(accessor="received_by", verbose_name=_("Received by"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))

    optional_columns = ("proposer", "receiver")


class TrialTable(OfCustomer):
    """Trials: what is tried, until when, what came of it."""

    product = tables.TextColumn(accessor="product", verbose_name=_("Product tried"))
    starts = tables.DayColumn(accessor="starts_on", verbose_name=_("First day"))
    ends = tables.DayColumn(accessor="ends_on", verbose_name=_("Last day"))
    closed = tables.DayColumn(accessor="closed_on", verbose_name=_("Closed on"))
    outcome = tables.TextColumn(accessor="outcome", verbose_name=_("What came of it"))
    source = tables.TextColumn(accessor="source", verbose_name=_("By which standard"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )


class MissingTable(OfCustomer):
    """Customers who lack a service that a share of them should have."""

    level = tables.TextColumn(accessor="level", verbose_name=_("Level"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )
