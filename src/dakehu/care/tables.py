"""Columns of the lists of care."""

from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import (
    EVENT_TONES,
    GREETING_TONES,
    INVITATION_TONES,
    REPORT_TONES,
    RESULT_TONES,
    VISIT_TONES,
)
from dakehu.ui import tables

FREE = _("any time")


class TimeColumn(tables.TextColumn):
    """A time of day."""

    def render(self, value: object) -> str:
        return f"{value:%H:%M}"

    def value(self, value: object) -> str:
        return f"{value:%H:%M}" if value else ""


class VisitTable(tables.ListTable):
    """Visits: when, at whom, for what, by whom, what came of them."""

    day = tables.DayColumn(accessor="day", verbose_name=_("Day"))
    time = TimeColumn(accessor="time", verbose_name=_("Agreed time"), default=FREE)
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Customer number"))
    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    purpose = tables.TextColumn(accessor="purpose", verbose_name=_("Purpose of the visit"))
    about = tables.WordsColumn(accessor="about", verbose_name=_("What it is about"))
    state = tables.BadgeColumn(accessor="state", tones=VISIT_TONES, verbose_name=_("State"))
    result = tables.BadgeColumn(
        accessor="result", tones=RESULT_TONES, verbose_name=_("Result"), empty_values=("", None)
    )
    staff = tables.NameColumn(accessor="staff", verbose_name=_("Who"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    minutes = tables.NumberColumn(accessor="minutes", verbose_name=_("Minutes planned"))
    spent = tables.NumberColumn(accessor="spent_minutes", verbose_name=_("Minutes spent"))
    place = tables.TextColumn(accessor="meeting_place", verbose_name=_("Meeting place"))
    happened = tables.InstantColumn(accessor="happened_at", verbose_name=_("Visited at"))
    report = tables.WordsColumn(accessor="report", verbose_name=_("What came of it"))
    running = tables.WordsColumn(
        accessor="running_state", verbose_name=_("How the customer runs now")
    )
    plans = tables.WordsColumn(accessor="plans", verbose_name=_("What the customer plans"))
    afterwards = tables.TextColumn(
        accessor="afterwards", verbose_name=_("Entered afterwards"), empty_values=("", None)
    )

    optional_columns = (
        "number", "unit", "minutes", "spent", "place", "happened", "report", "running", "plans",
        "afterwards",
    )  # fmt: skip


class GreetingTable(tables.ListTable):
    """Greetings: when, to whom, for what, in which form, where they stand."""

    day = tables.DayColumn(accessor="day", verbose_name=_("Day"))
    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    title = tables.TextColumn(accessor="title", verbose_name=_("Occasion"))
    form = tables.TextColumn(accessor="form", verbose_name=_("Form"))
    text = tables.WordsColumn(accessor="text", verbose_name=_("What it says"))
    state = tables.BadgeColumn(accessor="state", tones=GREETING_TONES, verbose_name=_("State"))
    result = tables.TextColumn(
        accessor="result", verbose_name=_("Result"), empty_values=("", None)
    )
    staff = tables.NameColumn(accessor="staff", verbose_name=_("Who"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    approved = tables.TextColumn(accessor="approved_by", verbose_name=_("Decided by"))

    optional_columns = ("unit", "approved")


class FestivalTable(tables.ListTable):
    """Festivals, and whether they are kept."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Name"))
    name_en = tables.TextColumn(accessor="name_en", verbose_name=_("English name"))
    calendar = tables.TextColumn(accessor="calendar", verbose_name=_("Calendar"))
    month = tables.NumberColumn(accessor="month", verbose_name=_("Month of the year"))
    day = tables.NumberColumn(accessor="day", verbose_name=_("Day of the month"))
    important = tables.YesNoColumn(accessor="is_important", verbose_name=_("Important"))
    removed = tables.InstantColumn(accessor="removed_at", verbose_name=_("Not kept since"))


class WordingTable(tables.ListTable):
    """What greetings say."""

    kind = tables.TextColumn(accessor="kind", verbose_name=_("Occasion"))
    festival = tables.TextColumn(accessor="festival", verbose_name=_("Festival"))
    text = tables.WordsColumn(accessor="text", verbose_name=_("What it says"))
    text_en = tables.WordsColumn(accessor="text_en", verbose_name=_("What it says in English"))


class ReportTable(tables.ListTable):
    """Service reports: to whom, about which days, where they stand."""

    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    cycle = tables.TextColumn(accessor="cycle", verbose_name=_("Kind of report"))
    first = tables.DayColumn(accessor="first_day", verbose_name=_("First day"))
    last = tables.DayColumn(accessor="last_day", verbose_name=_("Last day"))
    edition = tables.NumberColumn(accessor="edition", verbose_name=_("Edition"))
    state = tables.BadgeColumn(accessor="state", tones=REPORT_TONES, verbose_name=_("State"))
    staff = tables.NameColumn(accessor="staff", verbose_name=_("Who"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    asked = tables.InstantColumn(accessor="asked_at", verbose_name=_("Asked at"))
    reviewed = tables.TextColumn(accessor="reviewed_by", verbose_name=_("Reviewed by"))
    sent = tables.InstantColumn(accessor="sent_at", verbose_name=_("Sent at"))

    optional_columns = ("unit", "reviewed")


class EventTable(tables.ListTable):
    """Events: when, what, where, how full, at what cost."""

    day = tables.DayColumn(accessor="day", verbose_name=_("Day"))
    time = TimeColumn(accessor="time", verbose_name=_("Begins at"))
    title = tables.NameColumn(accessor="title", verbose_name=_("Title of the event"))
    kind = tables.TextColumn(accessor="kind", verbose_name=_("Kind of event"))
    place = tables.TextColumn(accessor="place", verbose_name=_("Place"))
    state = tables.BadgeColumn(accessor="state", tones=EVENT_TONES, verbose_name=_("State"))
    invited = tables.NumberColumn(accessor="invited", verbose_name=_("Invited"))
    seated = tables.NumberColumn(accessor="seated", verbose_name=_("Seats taken"))
    capacity = tables.NumberColumn(accessor="capacity", verbose_name=_("Seats"))
    waiting = tables.NumberColumn(accessor="waiting", verbose_name=_("Waiting list"))
    attended = tables.NumberColumn(accessor="attended", verbose_name=_("Were there"))
    planned = tables.YuanColumn(accessor="cost_planned_fen", verbose_name=_("Cost planned"))
    spent = tables.YuanColumn(accessor="cost_spent_fen", verbose_name=_("Cost spent"))
    host = tables.NameColumn(accessor="host", verbose_name=_("Hosted by"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))

    optional_columns = ("waiting", "planned", "spent", "unit")


class InvitationTable(tables.ListTable):
    """Invitations: whose, to what, what was said, who was there."""

    event = tables.TextColumn(accessor="event", verbose_name=_("The event"))
    day = tables.DayColumn(accessor="event__day", verbose_name=_("Day"))
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Customer number"))
    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    contact = tables.NameColumn(
        accessor="contact__name", verbose_name=_("Guest"), empty_values=("", None)
    )
    state = tables.BadgeColumn(accessor="state", tones=INVITATION_TONES, verbose_name=_("State"))
    seats = tables.NumberColumn(accessor="seats", verbose_name=_("Seats"))
    note = tables.TextColumn(accessor="note", verbose_name=_("Note"))
    manager = tables.NameColumn(accessor="customer__manager", verbose_name=_("Manager"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    follow = tables.TextColumn(accessor="follow_up", verbose_name=_("What is to follow"))
    key = tables.NumberColumn(accessor="event_id", verbose_name=_("Number of the event"))

    optional_columns = ("number", "note", "unit", "follow", "key")
