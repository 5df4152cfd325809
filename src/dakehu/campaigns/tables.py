"""Columns of the lists of campaigns."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.campaigns.choices import RESULT_TONES, ROW_TONES, STATE_TONES
from dakehu.opportunities.choices import STATE_TONES as STAGE_TONES
from dakehu.outbox.choices import MESSAGE_TONES
from dakehu.ui import tables


class CampaignTable(tables.ListTable):
    """Campaigns, and what came of each within reach."""

    name = tables.TextColumn(accessor="name", verbose_name=pgettext_lazy("of a campaign", "Name"))
    state = tables.BadgeColumn(accessor="state", tones=STATE_TONES, verbose_name=_("State"))
    form = tables.TextColumn(accessor="form", verbose_name=_("By what customers are contacted"))
    first_day = tables.DayColumn(accessor="first_day", verbose_name=_("First day"))
    last_day = tables.DayColumn(accessor="last_day", verbose_name=_("Last day"))
    total = tables.NumberColumn(accessor="n_total", verbose_name=_("Customers"))
    left_out = tables.NumberColumn(
        accessor="n_left_out", verbose_name=pgettext_lazy("customers of a campaign", "Left out")
    )
    reached = tables.NumberColumn(
        accessor="n_reached", verbose_name=pgettext_lazy("customers", "Reached")
    )
    interested = tables.NumberColumn(accessor="n_interested", verbose_name=_("Interested"))
    opportunities = tables.NumberColumn(
        accessor="n_opportunities", verbose_name=_("Opportunities")
    )
    won = tables.NumberColumn(accessor="n_won", verbose_name=pgettext_lazy("opportunities", "Won"))
    won_fen = tables.YuanColumn(accessor="n_won_fen", verbose_name=_("Value won (yuan)"))
    unit = tables.NameColumn(accessor="unit", verbose_name=_("Unit"))
    made_by = tables.NameColumn(accessor="made_by", verbose_name=_("Drafted by"))

    optional_columns = ("last_day", "left_out", "made_by", "won_fen")


class RowTable(tables.ListTable):
    """Customers of campaigns, and what came of each."""

    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    campaign = tables.NameColumn(accessor="campaign", verbose_name=_("Campaign"))
    state = tables.BadgeColumn(accessor="state", tones=ROW_TONES, verbose_name=_("State"))
    result = tables.BadgeColumn(
        accessor="result", tones=RESULT_TONES, verbose_name=_("Result"), empty_values=("", None)
    )
    left_out = tables.TextColumn(
        accessor="left_out", verbose_name=_("Reason for leaving out"), empty_values=("", None)
    )
    why = tables.WordsColumn(accessor="why", verbose_name=_("In words"))
    message = tables.BadgeColumn(
        accessor="message__state", tones=MESSAGE_TONES, verbose_name=_("Message"), default="–"
    )
    reply = tables.TextColumn(accessor="reply", verbose_name=_("What they said"))
    note = tables.WordsColumn(accessor="note", verbose_name=_("Note"))
    again_on = tables.DayColumn(accessor="again_on", verbose_name=_("Call again on"))
    opportunity = tables.BadgeColumn(
        accessor="opportunity__state",
        tones=STAGE_TONES,
        verbose_name=_("Opportunity"),
        default="–",
    )
    staff = tables.NameColumn(accessor="staff", verbose_name=_("Who makes the call"), default="–")
    called = tables.InstantColumn(accessor="called_at", verbose_name=_("Called at"))
    unit = tables.NameColumn(accessor="unit", verbose_name=_("Unit"))

    optional_columns = ("why", "reply", "note", "again_on", "unit")

    def render_message(self, record: Any) -> Any:
        """Show where the message stands, in words."""
        state = record.message.state
        return tables.badge(record.message.get_state_display(), MESSAGE_TONES[state])

    def value_message(self, record: Any) -> str:
        """Write where the message stands into a workbook."""
        return str(record.message.get_state_display())

    def render_opportunity(self, record: Any) -> Any:
        """Show where the opportunity stands, in words."""
        state = record.opportunity.state
        return tables.badge(record.opportunity.get_state_display(), STAGE_TONES[state])

    def value_opportunity(self, record: Any) -> str:
        """Write where the opportunity stands into a workbook."""
        return str(record.opportunity.get_state_display())
