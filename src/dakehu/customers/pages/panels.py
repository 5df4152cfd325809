"""What the panels of a customer show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.customers import queries
from dakehu.customers.choices import CustomerKind
from dakehu.ui import charts, words

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FEN_PER_YUAN = 100


@dataclass(frozen=True)
class MonthsPanel:
    """Revenue by month as a chart, and the newest months as figures."""

    option: charts.Option | None
    months: list[Any]
    is_group: bool


@dataclass(frozen=True)
class GroupPanel:
    """The group a member belongs to, or the members of a group."""

    is_group: bool
    group: Any
    members: list[Any]
    has_more: bool


@dataclass(frozen=True)
class ChangeLine:
    """One change: when, who, what was done, and each field's old and new value in words."""

    at: Any
    actor: str
    verb: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]


def months_panel(actor: "Staff", pk: int) -> MonthsPanel:
    """Gather the months of a customer (V1, T7)."""
    customer = queries.get_customer(actor, pk)
    months = queries.months_of(customer)
    is_group = customer.kind == CustomerKind.GROUP
    series = {_("Revenue"): [in_yuan(month.revenue_fen) for month in months]}
    if is_group:
        series[_("Informatisation revenue")] = [in_yuan(month.it_revenue_fen) for month in months]
    labels = [words.month(month.ym) for month in months]
    option = charts.bars(labels, series, unit=_("yuan")) if months else None
    return MonthsPanel(option, months[:-7:-1], is_group)


def in_yuan(fen: int | None) -> float | None:
    """Return an amount for a chart."""
    return None if fen is None else fen / FEN_PER_YUAN


def group_panel(actor: "Staff", pk: int) -> GroupPanel:
    """Gather the group or the members of a customer (T10)."""
    customer = queries.get_customer(actor, pk)
    is_group = customer.kind == CustomerKind.GROUP
    members = queries.members_of(actor, customer) if is_group else []
    has_more = len(members) == queries.MEMBERS_SHOWN
    return GroupPanel(is_group, customer if is_group else customer.group, members, has_more)


def change_lines(actor: "Staff", pk: int) -> list[ChangeLine]:
    """Gather the changes of a customer in words (P8)."""
    customer = queries.get_customer(actor, pk)
    return [
        ChangeLine(
            at=change.at,
            actor=change.actor_name or _("Nightly run"),
            verb=str(ChangeVerb(change.verb).label),
            reason=change.reason,
            fields=tuple(
                (field_name(name), str(old or "–"), str(new or "–"))
                for name, (old, new) in change.fields.items()
            ),
        )
        for change in queries.history_of(customer)
    ]


def field_name(name: str) -> str:
    """Return the name of a changed field in words."""
    return {"manager": _("Manager"), "unit": _("Unit"), "level": _("Level")}.get(name, name)
