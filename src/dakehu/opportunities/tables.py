"""Columns of the lists of opportunities and of contracts."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.channels.queries.wording import names_of, newest_body
from dakehu.channels.values import Body
from dakehu.opportunities.choices import (
    CLASS_TONES,
    PAPER_TONES,
    SATISFACTION,
    STATE_TONES,
    TEMPLATE_TONES,
    VISIT_TONES,
    State,
)
from dakehu.opportunities.queries.rating import record_of
from dakehu.opportunities.rules import rating
from dakehu.ui import tables


class ProductsColumn(tables.TextColumn):
    """What was named, in words."""

    def render(self, value: Any) -> str:
        return self.value(value)

    def value(self, value: Any) -> str:
        return names_of(self.body, tuple(value.split()))

    @cached_property
    def body(self) -> Body:
        """What the products are called, asked for once for a table."""
        return newest_body()


class ClaimColumn(tables.InstantColumn):
    """Until when somebody has to claim it; red once that has passed."""

    def render(self, value: Any, record: Any) -> SafeString:
        shown = super().render(value)
        is_late = record.state == State.OFFERED and value < localtime()
        return format_html('<span class="{}">{}</span>', "text-danger" if is_late else "", shown)


class KnownColumn(tables.TextColumn):
    """How many of the six elements are known."""

    def render(self, value: Any) -> str:
        return f"{value}/6"

    def value(self, value: Any) -> str:
        return f"{value}/6"


class OpportunityTable(tables.ListTable):
    """Opportunities: which, whose, what they want, where it stands, who has it."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Opportunity number"))
    whose = tables.NameColumn(accessor="whose", verbose_name=_("Customer name"))
    customer_class = tables.BadgeColumn(
        accessor="customer_class", tones=CLASS_TONES, verbose_name=_("Class")
    )
    kind = tables.TextColumn(accessor="kind", verbose_name=_("Kind"))
    products = ProductsColumn(
        accessor="products", verbose_name=_("Products"), empty_values=("", None)
    )
    state = tables.BadgeColumn(accessor="state", tones=STATE_TONES, verbose_name=_("State"))
    stage = tables.TextColumn(
        accessor="stage",
        verbose_name=pgettext_lazy("an opportunity", "Stage"),
        empty_values=("", None),
    )
    receiver = tables.NameColumn(
        accessor="receiver",
        verbose_name=pgettext_lazy("an opportunity", "With whom"),
        default=_("Nobody"),
    )
    due = ClaimColumn(accessor="due_at", verbose_name=_("To be claimed until"))
    expected = tables.YuanColumn(accessor="expected_fen", verbose_name=_("Expected value"))
    captured = tables.InstantColumn(accessor="captured_at", verbose_name=_("Captured at"))
    channel = tables.TextColumn(accessor="channel", verbose_name=_("Contact channel"))
    known = KnownColumn(accessor="known", verbose_name=_("Elements"))
    unit = tables.NameColumn(accessor="unit", verbose_name=_("Unit"))
    rule = tables.NumberColumn(accessor="rule", verbose_name=_("Rule"))
    since = tables.InstantColumn(accessor="since_at", verbose_name=_("Stands so since"))
    claimed = tables.InstantColumn(accessor="claimed_at", verbose_name=_("Claimed at"))
    closed = tables.InstantColumn(accessor="closed_at", verbose_name=_("Closed at"))
    won = tables.YuanColumn(accessor="won_fen", verbose_name=_("Value signed"))
    loss = tables.TextColumn(
        accessor="loss", verbose_name=_("Reason of loss"), empty_values=("", None)
    )

    optional_columns = (
        "stage",
        "won",
        "channel",
        "known",
        "unit",
        "rule",
        "since",
        "claimed",
        "closed",
        "loss",
    )


class ContractTable(tables.ListTable):
    """Contracts: number, whose, value, term, where it stands, who has it."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number of the contract"))
    whose = tables.NameColumn(accessor="opportunity__whose", verbose_name=_("Customer name"))
    state = tables.BadgeColumn(accessor="state", tones=PAPER_TONES, verbose_name=_("State"))
    value = tables.YuanColumn(accessor="value_fen", verbose_name=_("Value, in yuan"))
    starts = tables.DayColumn(accessor="starts_on", verbose_name=_("Begins on"))
    ends = tables.DayColumn(accessor="ends_on", verbose_name=_("Ends on"))
    receiver = tables.NameColumn(
        accessor="opportunity__receiver",
        verbose_name=pgettext_lazy("an opportunity", "With whom"),
        default=_("Nobody"),
    )
    opportunity = tables.CodeColumn(
        accessor="opportunity__number", verbose_name=_("Opportunity number")
    )
    unit = tables.NameColumn(accessor="opportunity__unit", verbose_name=_("Unit"))

    optional_columns = ("opportunity", "unit")


class TemplateTable(tables.ListTable):
    """Words of solutions: of which product, which version, where it stands, by whom."""

    name = tables.NameColumn(accessor="name", verbose_name=_("Name"))
    product = ProductsColumn(
        accessor="product", verbose_name=_("Product"), empty_values=(None, ""), default=_("Any")
    )
    number = tables.NumberColumn(accessor="number", verbose_name=_("Version"))
    state = tables.BadgeColumn(accessor="state", tones=TEMPLATE_TONES, verbose_name=_("State"))
    written = tables.NameColumn(accessor="written_by", verbose_name=_("Written by"))
    at = tables.InstantColumn(accessor="written_at", verbose_name=_("Written at"))
    released = tables.NameColumn(
        accessor="released_by",
        verbose_name=pgettext_lazy("a template", "Released by"),
        default="–",
    )
    released_at = tables.InstantColumn(
        accessor="released_at", verbose_name=pgettext_lazy("a template", "Released at")
    )

    optional_columns = ("released_at",)


class ContentColumn(tables.BadgeColumn):
    """How content a customer is, in words."""

    def render(self, value: Any) -> Any:
        return tables.badge(self.value(value), VISIT_TONES[value])

    def value(self, value: Any) -> str:
        return str(dict(SATISFACTION)[value])


class SaleVisitTable(tables.ListTable):
    """Return visits after sales: whose, how, how content, what is left, what comes next."""

    at = tables.InstantColumn(accessor="at", verbose_name=_("Return visit at"))
    whose = tables.NameColumn(accessor="opportunity__whose", verbose_name=_("Customer name"))
    opportunity = tables.CodeColumn(
        accessor="opportunity__number", verbose_name=_("Opportunity number")
    )
    form = tables.TextColumn(accessor="get_form_display", verbose_name=_("How they were asked"))
    reached = tables.YesNoColumn(accessor="is_reached", verbose_name=_("Somebody was reached"))
    content = ContentColumn(
        accessor="satisfaction", verbose_name=_("How content the customer is"), tones={}
    )
    opinion = tables.WordsColumn(accessor="opinion", verbose_name=_("Opinion of the customer"))
    left = tables.WordsColumn(accessor="left_open", verbose_name=_("What is still to be done"))
    following = tables.CodeColumn(
        accessor="following__number", verbose_name=_("Next opportunity"), default="–"
    )
    support = tables.CodeColumn(
        accessor="support__number", verbose_name=_("Order of support"), default="–"
    )
    by = tables.NameColumn(accessor="by", verbose_name=_("Visited by"))
    unit = tables.NameColumn(accessor="opportunity__unit", verbose_name=_("Unit"))

    optional_columns = ("opportunity", "support", "by", "unit")


class RecordColumn(tables.NumberColumn):
    """A figure that is worked out from what a partner did."""

    def __init__(self, figure: Any, **options: Any) -> None:
        self.figure = figure
        super().__init__(accessor="pk", orderable=False, **options)

    def render(self, value: Any, record: Any) -> str:
        return self.value(value, record)

    def value(self, value: Any, record: Any) -> str:
        found = self.figure(record)
        return "–" if found is None else f"{found}"


def hours_of(partner: Any) -> int | None:
    """Return how many hours claims of a partner took on average."""
    return None if partner.took is None else round(partner.took.total_seconds() / 3600)


def grade_of(partner: Any) -> str | None:
    """Return the rating of a partner as a number and its letter."""
    points = rating.score(record_of(partner))
    return None if points is None else f"{points} · {rating.grade(points)}"


class PartnerTable(tables.ListTable):
    """Partners: what was offered to them, what they did with it, and their rating."""

    name = tables.NameColumn(accessor="name", verbose_name=_("Partner"))
    unit = tables.NameColumn(accessor="unit", verbose_name=_("Unit"))
    rating = RecordColumn(grade_of, verbose_name=_("Rating"))
    offered = tables.NumberColumn(accessor="offered", verbose_name=_("Offered to them"))
    in_time = RecordColumn(
        lambda each: rating.in_time(record_of(each)), verbose_name=_("Claimed in time, %")
    )
    took = RecordColumn(hours_of, verbose_name=_("Hours to claim"))
    returned = tables.NumberColumn(
        accessor="returned", verbose_name=pgettext_lazy("a partner", "Given back")
    )
    expired = tables.NumberColumn(accessor="expired", verbose_name=_("Let run out"))
    won = tables.NumberColumn(accessor="won", verbose_name=pgettext_lazy("a partner", "Won"))
    win_rate = RecordColumn(
        lambda each: rating.win_rate(record_of(each)), verbose_name=_("Win rate, %")
    )
    complaints = tables.NumberColumn(accessor="complaints", verbose_name=_("Complaints"))

    optional_columns = ("unit", "expired")
