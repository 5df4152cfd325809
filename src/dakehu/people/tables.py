"""Columns of the lists of people, of leave and shares, and of the logs."""

from datetime import timedelta
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.audit.choices import SUBJECT_WORDS, Purpose
from dakehu.audit.queries import changed_words, look_words
from dakehu.people.queries import roles_known
from dakehu.ui import tables
from dakehu.ui.tables import badge

INSTANT = timedelta(microseconds=1)
PURPOSES = dict(Purpose.choices)


class RoleColumn(tables.TextColumn):
    """A role by its name; the names are read once for a whole list."""

    @cached_property
    def names(self) -> dict[str, Any]:
        """The names of all roles by their code."""
        return {role.code: role.name for role in roles_known()}

    def render(self, value: Any) -> Any:
        return badge(self.value(value), "neutral")

    def value(self, value: Any) -> str:
        return str(self.names.get(value, value))


class StaffTable(tables.ListTable):
    """Staff: who, in which role, where, and whether they are there and can log in."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Name"))
    username = tables.CodeColumn(accessor="username", verbose_name=_("User name"))
    staff_no = tables.CodeColumn(accessor="staff_no", verbose_name=_("Staff number"))
    role = RoleColumn(accessor="role", verbose_name=_("Role"))
    position = tables.TextColumn(accessor="position", verbose_name=_("Position"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Phone"))
    email = tables.TextColumn(accessor="email", verbose_name=_("E-mail"))
    company = tables.TextColumn(accessor="company", verbose_name=_("Partner's company"))
    is_core_partner = tables.YesNoColumn(
        accessor="is_core_partner", verbose_name=_("Core partner")
    )
    capacity = tables.NumberColumn(accessor="capacity", verbose_name=_("Capacity"))
    joined_on = tables.DayColumn(accessor="joined_on", verbose_name=_("Joined on"))
    is_away = tables.YesNoColumn(accessor="is_away", verbose_name=_("Away today"))
    can_log_in = tables.YesNoColumn(
        accessor="has_usable_password", verbose_name=_("Can log in"), orderable=False
    )
    last_login = tables.InstantColumn(accessor="last_login", verbose_name=_("Last log-in"))

    optional_columns = (
        "phone",
        "email",
        "company",
        "is_core_partner",
        "capacity",
        "joined_on",
        "last_login",
    )


class RemovedStaffTable(tables.ListTable):
    """People who were removed."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Name"))
    staff_no = tables.CodeColumn(accessor="staff_no", verbose_name=_("Staff number"))
    role = RoleColumn(accessor="role", verbose_name=_("Role"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    removed_at = tables.InstantColumn(accessor="removed_at", verbose_name=_("Removed at"))


class FirstDayColumn(tables.DayColumn):
    """The day on which an instant lies."""

    def render(self, value: Any) -> str:
        return date_format(localdate(value), "Y-m-d")

    def value(self, value: Any) -> Any:
        return localdate(value)


class LastDayColumn(FirstDayColumn):
    """The last day of a period whose end is exclusive."""

    def render(self, value: Any) -> str:
        return super().render(value - INSTANT)

    def value(self, value: Any) -> Any:
        return super().value(value - INSTANT)


class DeputyColumn(tables.TextColumn):
    """Who stands in; that nobody does is worth seeing."""

    empty_values = ()

    def render(self, value: Any) -> Any:
        return str(value) if value else badge(gettext("Nobody stands in"), "warning")

    def value(self, value: Any) -> str:
        return str(value) if value else ""


class LeaveTable(tables.ListTable):
    """Leaves: who, from when until when, and who stands in."""

    staff = tables.TextColumn(accessor="staff", verbose_name=_("Name"))
    unit = tables.TextColumn(accessor="staff__unit", verbose_name=_("Unit"))
    starts_at = FirstDayColumn(accessor="starts_at", verbose_name=_("Begins on"))
    ends_at = LastDayColumn(accessor="ends_at", verbose_name=_("Last day"))
    deputy = DeputyColumn(accessor="deputy", verbose_name=_("Deputy"))
    reason = tables.TextColumn(accessor="reason", verbose_name=_("Reason"))


class ShareStateColumn(tables.TextColumn):
    """Whether a share holds at this moment."""

    empty_values = ()
    TONES: ClassVar[dict[str, str]] = {"now": "success", "over": "neutral", "gone": "warning"}

    def render(self, record: Any) -> Any:
        return badge(self.value(record), self.TONES[self.state(record)])

    def value(self, record: Any) -> str:
        words = {"now": gettext("In force"), "over": gettext("Over"), "gone": gettext("Withdrawn")}
        return words[self.state(record)]

    def state(self, record: Any) -> str:
        """Return the state as a word of the code."""
        if record.removed_at:
            return "gone"
        return "now" if record.holds else "over"


class ShareTable(tables.ListTable):
    """Shares: of what, with whom, by whom, until when and why."""

    subject_name = tables.TextColumn(accessor="subject_name", verbose_name=_("Subject shared"))
    subject = tables.BadgeColumn(accessor="subject", verbose_name=_("Kind"))
    staff = tables.TextColumn(accessor="staff", verbose_name=_("With whom"))
    unit = tables.TextColumn(accessor="staff__unit", verbose_name=_("Unit"))
    by = tables.TextColumn(accessor="by", verbose_name=_("By"))
    starts_at = tables.InstantColumn(accessor="starts_at", verbose_name=_("Begins"))
    expires_at = LastDayColumn(accessor="expires_at", verbose_name=_("Last day"))
    state = ShareStateColumn(verbose_name=_("State"), orderable=False)
    reason = tables.TextColumn(accessor="reason", verbose_name=_("Reason"))

    optional_columns = ("unit",)


class SubjectColumn(tables.TextColumn):
    """What a line of the log is about: its kind, and what it was called."""

    empty_values = ()

    def render(self, record: Any) -> Any:
        if not record.subject_type:
            return ""
        kind = badge(str(SUBJECT_WORDS.get(record.subject_type, record.subject_type)), "neutral")
        return format_html("{} {}", kind, record.subject_name)

    def value(self, record: Any) -> str:
        kind = str(SUBJECT_WORDS.get(record.subject_type, record.subject_type))
        return f"{kind} {record.subject_name}".strip()


class LookColumn(tables.TextColumn):
    """What was seen: the value that was revealed, the words searched, the list taken away."""

    def render(self, value: Any, record: Any) -> str:
        return look_words(record.verb, value)

    def value(self, value: Any, record: Any) -> str:
        return look_words(record.verb, value)


class PurposeColumn(tables.TextColumn):
    """Why a value was needed in plain."""

    def render(self, value: Any) -> str:
        return str(PURPOSES.get(value, value))

    def value(self, value: Any) -> str:
        return self.render(value)


class FieldsColumn(tables.TextColumn):
    """The changed fields with their old and new values."""

    def render(self, value: Any, record: Any) -> str:
        return changed_words(record)

    def value(self, value: Any, record: Any) -> str:
        return changed_words(record)


class AccessTable(tables.ListTable):
    """The access log: when, who, what was done, about what, and why."""

    at = tables.InstantColumn(accessor="at", verbose_name=_("When"))
    actor = tables.TextColumn(accessor="actor_name", verbose_name=_("Who"))
    verb = tables.BadgeColumn(
        accessor="verb",
        verbose_name=_("Operation"),
        tones={"REVEALED": "warning", "EXPORTED": "danger", "SEARCHED": "info"},
    )
    subject = SubjectColumn(verbose_name=_("About"), orderable=False)
    detail = LookColumn(accessor="detail", verbose_name=_("What was seen"))
    purpose = PurposeColumn(accessor="purpose", verbose_name=_("Purpose"))


class ChangeTable(tables.ListTable):
    """The change log: when, who, what was done, to what, and why."""

    at = tables.InstantColumn(accessor="at", verbose_name=_("When"))
    actor = tables.TextColumn(
        accessor="actor_name", verbose_name=_("Who"), default=_("Nightly run")
    )
    verb = tables.BadgeColumn(
        accessor="verb",
        verbose_name=_("Operation"),
        tones={"CREATED": "success", "REMOVED": "danger", "RESTORED": "info"},
    )
    subject = SubjectColumn(verbose_name=_("About"), orderable=False)
    fields = FieldsColumn(accessor="fields", verbose_name=_("Changes"))
    reason = tables.TextColumn(accessor="reason", verbose_name=_("Reason"))


class OwnLogTable(ChangeTable):
    """One's own log."""

    class Meta(ChangeTable.Meta):
        exclude = ("actor",)
