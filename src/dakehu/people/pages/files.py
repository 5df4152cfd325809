"""What the page of a person shows (M1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.queries import changes_of, field_words, told_fields, words_of
from dakehu.people import policies, queries
from dakehu.people.choices import ENTRY_KINDS, PARTNER, SkillKind
from dakehu.ui import panels

if TYPE_CHECKING:
    from dakehu.people.models import Leave, Staff

OTHERS = "STAFF"
CHANGES_SHOWN = 20
INSTANT = timedelta(microseconds=1)
LEVEL_TONES = {"BASIC": "neutral", "GOOD": "info", "EXPERT": "success"}
ACTION_TONES = {"QUERY": "neutral", "OPEN": "success", "CHANGE": "info", "CANCEL": "warning"}


@dataclass(frozen=True)
class State:
    """A state in words, with the tone of its badge."""

    text: str
    tone: str


@dataclass(frozen=True)
class StaffPage:
    """The head of a person's page and its panels, which fetch their own content."""

    staff: Any
    log_in: State
    leave: Any
    leave_until: Any
    is_own: bool
    is_partner: bool
    may_manage: bool
    may_open_unit: bool
    main_panels: tuple[panels.Panel, ...]
    side_panels: tuple[panels.Panel, ...]


@dataclass(frozen=True)
class EntryLine:
    """One line of a person's file in words."""

    pk: int
    title: str
    badge: State | None = None
    period: str = ""
    text: str = ""


@dataclass(frozen=True)
class EntriesPanel:
    """The lines of one kind, and whether the actor may change them and bring removed ones back."""

    staff: Any
    kind: Any
    lines: tuple[EntryLine, ...]
    removed: tuple[EntryLine, ...]
    may_keep: bool


@dataclass(frozen=True)
class LeaveLine:
    """One leave: its days, who stands in, and whether it can still be changed."""

    leave: Any
    since: Any
    until: Any
    state: State
    is_open: bool


@dataclass(frozen=True)
class ChangeLine:
    """One change: when, who, what was done, and each field's old and new value in words."""

    at: Any
    actor: str
    verb: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]


def staff_page(actor: "Staff", staff: "Staff") -> StaffPage:
    """Gather the page of a person whose file the actor may read."""
    leave = queries.present_leave(staff)
    is_partner = staff.role == PARTNER or bool(staff.company)
    shown = panels.panels_for("staff", actor, PARTNER if is_partner else OTHERS)
    return StaffPage(
        staff=staff,
        log_in=log_in_state(staff),
        leave=leave,
        leave_until=last_day(leave) if leave else None,
        is_own=staff.pk == actor.pk,
        is_partner=is_partner,
        may_manage=policies.may(actor, "people.manage"),
        may_open_unit=policies.may(actor, "people.view"),
        main_panels=tuple(panel for panel in shown if panel.wide),
        side_panels=tuple(panel for panel in shown if not panel.wide),
    )


def log_in_state(staff: "Staff") -> State:
    """Return in words whether somebody can log in."""
    if staff.removed_at:
        return State(pgettext("state of a record", "Removed"), "danger")
    if not staff.is_active:
        return State(_("Account closed"), "danger")
    if not staff.has_usable_password():
        return State(_("No log-in yet"), "warning")
    return State(_("Can log in"), "success")


def entries_panel(actor: "Staff", pk: int, kind: str) -> EntriesPanel:
    """Gather the lines of one kind in a person's file."""
    staff = queries.get_staff(actor, pk)
    may_keep = policies.may_keep_file(actor, staff)
    in_words = LINE_MAKERS[kind]
    return EntriesPanel(
        staff=staff,
        kind=ENTRY_KINDS[kind],
        lines=in_words(queries.entries_of(staff, kind)),
        removed=in_words(queries.removed_entries(staff, kind)) if may_keep else (),
        may_keep=may_keep,
    )


def skill_lines(entries: list[Any]) -> tuple[EntryLine, ...]:
    """Return skills and languages in words."""
    return tuple(
        EntryLine(
            pk=each.pk,
            title=each.name,
            badge=State(each.get_proficiency_display(), LEVEL_TONES[each.proficiency]),
            text="" if each.kind == SkillKind.SKILL else each.get_kind_display(),
        )
        for each in entries
    )


def training_lines(entries: list[Any]) -> tuple[EntryLine, ...]:
    """Return trainings in words."""
    return tuple(
        EntryLine(
            pk=each.pk,
            title=each.title,
            badge=State(each.result, "neutral") if each.result else None,
            period=period_words(each.starts_on, each.ends_on or each.starts_on),
            text=joined(each.provider, hours_words(each.hours), each.certificate),
        )
        for each in entries
    )


def post_lines(entries: list[Any]) -> tuple[EntryLine, ...]:
    """Return the work history in words."""
    return tuple(
        EntryLine(
            pk=each.pk,
            title=each.position,
            period=period_words(each.starts_on, each.ends_on),
            text=joined(each.employer, each.note),
        )
        for each in entries
    )


def authority_lines(entries: list[Any]) -> tuple[EntryLine, ...]:
    """Return what somebody may do with products, in words."""
    names = queries.product_names()
    return tuple(
        EntryLine(
            pk=each.pk,
            title=names.get(each.product_code, each.product_code),
            badge=State(each.get_action_display(), ACTION_TONES[each.action]),
            period=period_words(each.starts_on, each.ends_on),
            text=each.product_code if each.product_code in names else "",
        )
        for each in entries
    )


def area_lines(entries: list[Any]) -> tuple[EntryLine, ...]:
    """Return the areas that somebody serves, in words."""
    return tuple(
        EntryLine(each.pk, str(each.unit), text=each.unit.get_kind_display()) for each in entries
    )


LINE_MAKERS = {
    "skills": skill_lines,
    "trainings": training_lines,
    "posts": post_lines,
    "authorities": authority_lines,
    "areas": area_lines,
}


def leave_lines(staff: "Staff", *, at: Any) -> list[LeaveLine]:
    """Gather the leaves of a person at an instant, the newest first."""
    return [
        LeaveLine(
            leave=leave,
            since=localdate(leave.starts_at),
            until=last_day(leave),
            state=leave_state(leave, at=at),
            is_open=leave.ends_at > at,
        )
        for leave in queries.leaves_of(staff)
    ]


def leave_state(leave: "Leave", *, at: Any) -> State:
    """Return in words whether a leave is to come, going on or over."""
    if leave.ends_at <= at:
        return State(_("Over"), "neutral")
    if leave.starts_at > at:
        return State(_("To come"), "info")
    return State(_("Away now"), "warning")


def last_day(leave: "Leave") -> Any:
    """Return the last day of a leave, whose end is exclusive."""
    return localdate(leave.ends_at - INSTANT)


def change_lines(record: Any, labels: Mapping[str, Any]) -> list[ChangeLine]:
    """
    Gather the newest changes of a person or unit whom the actor may see (P8).

    ``labels`` says what fields are called.
    """
    return [
        ChangeLine(
            at=change.at,
            actor=change.actor_name or _("Nightly run"),
            verb=str(ChangeVerb(change.verb).label),
            reason=change.reason,
            fields=tuple(
                field_change(type(record), name, (old, new), labels)
                for name, old, new in told_fields(change)
            ),
        )
        for change in changes_of(record)[:CHANGES_SHOWN]
    ]


def field_change(
    model: Any, name: str, values: Sequence[Any], labels: Mapping[str, Any]
) -> tuple[str, str, str]:
    """Return one changed field: what it is called, its old and its new value."""
    old, new = (
        role_words(value) if name == "role" else words_of(model, name, value) for value in values
    )
    return str(labels.get(name) or field_words(name)), old, new or "–"


def role_words(code: str) -> str:
    """Return the name of a role, whose code the log keeps."""
    role = queries.role_named(code) if code else None
    return str(role.name) if role else code


def period_words(since: Any, until: Any) -> str:
    """Return a period in words; without an end it still lasts."""
    first = date_format(since, "Y-m-d")
    if until is None:
        return _("since %(day)s") % {"day": first}
    return first if since == until else f"{first} – {date_format(until, 'Y-m-d')}"


def hours_words(hours: int | None) -> str:
    """Return a number of hours in words."""
    return "" if hours is None else _("%(hours)s hours") % {"hours": hours}


def joined(*parts: str) -> str:
    """Return the parts that say something, side by side."""
    return " · ".join(part for part in parts if part)
