"""Columns of the lists of messages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.outbox.choices import MESSAGE_TONES
from dakehu.ui import tables

EVERY = pgettext_lazy("purpose of a message", "Any")


class MessageTable(tables.ListTable):
    """Messages: to whom, by what, what for, where they stand."""

    asked = tables.InstantColumn(accessor="asked_at", verbose_name=_("Written at"))
    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"), default="–")
    to = tables.TextColumn(accessor="to", verbose_name=_("Sent to"))
    way = tables.TextColumn(accessor="way", verbose_name=_("By what"))
    purpose = tables.TextColumn(accessor="purpose", verbose_name=_("Purpose"))
    text = tables.WordsColumn(accessor="text", verbose_name=_("What it says"))
    state = tables.BadgeColumn(accessor="state", tones=MESSAGE_TONES, verbose_name=_("State"))
    answer = tables.WordsColumn(accessor="answer", verbose_name=_("What came back"))
    doubtful = tables.YesNoColumn(accessor="is_doubtful", verbose_name=_("May arrive twice"))
    sent = tables.InstantColumn(accessor="sent_at", verbose_name=_("Sent at"))
    tries = tables.NumberColumn(accessor="tries", verbose_name=_("Tries"))
    by = tables.TextColumn(accessor="asked_by", verbose_name=_("Written by"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))

    optional_columns = ("answer", "doubtful", "tries", "by", "unit")


class RefusalTable(tables.ListTable):
    """Who wants no messages."""

    to = tables.TextColumn(accessor="to", verbose_name=_("Number or address"))
    purpose = tables.TextColumn(
        accessor="purpose",
        verbose_name=_("Purpose"),
        empty_values=("", None),
        default=EVERY,
    )
    source = tables.TextColumn(accessor="source", verbose_name=_("Where we know it from"))
    note = tables.WordsColumn(accessor="note", verbose_name=_("Note"))
    noted = tables.InstantColumn(accessor="noted_at", verbose_name=_("Noted at"))
    by = tables.TextColumn(accessor="noted_by", verbose_name=_("Noted by"))
