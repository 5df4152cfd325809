"""What the panels of a customer show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.customers import queries
from dakehu.customers.choices import CardLevel, CustomerKind
from dakehu.customers.pages.sheets import customer_url
from dakehu.ui import charts, words

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FEN_PER_YUAN = 100
LEVEL_TONES = {0: "neutral", 1: "info", 2: "info", 3: "warning", 4: "accent"}


@dataclass(frozen=True)
class MonthsPanel:
    """Revenue by month as a chart, and the newest months as figures."""

    option: charts.Option | None
    months: list[Any]
    is_group: bool


@dataclass(frozen=True)
class MemberLine:
    """A member of a group with its level in force."""

    customer: Any
    url: str
    level: str
    tone: str


@dataclass(frozen=True)
class GroupPanel:
    """The group a member belongs to, with who else is in it; or the members of a group.

    ``group_url`` is empty where the group lies outside the actor's reach; its people are then
    not shown either.
    """

    is_group: bool
    group: Any
    group_url: str
    people: list[Any]
    members: tuple[MemberLine, ...]
    has_more: bool


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
    """Gather the group or the members of a customer, and who else is in the group (T10)."""
    customer = queries.get_customer(actor, pk)
    is_group = customer.kind == CustomerKind.GROUP
    group = customer if is_group else customer.group
    if group is None:
        return GroupPanel(is_group, None, "", [], (), has_more=False)
    found = queries.members_of(actor, group)
    others = [each for each in found if each.pk != customer.pk]
    in_reach = not is_group and queries.is_in_reach(actor, group)
    return GroupPanel(
        is_group=is_group,
        group=group,
        group_url=customer_url(group.pk) if in_reach else "",
        people=queries.contacts_of(group) if in_reach else [],
        members=tuple(member_line(each) for each in others),
        has_more=len(found) == queries.MEMBERS_SHOWN,
    )


def member_line(member: Any) -> MemberLine:
    """Return a member with its level."""
    rank = queries.rank_of(member)
    level = "" if rank is None else str(CardLevel(rank).label)
    return MemberLine(member, customer_url(member.pk), level, LEVEL_TONES.get(rank or 0, "info"))


def change_lines(actor: "Staff", pk: int) -> list[queries.ChangeLine]:
    """Gather the changes of a customer's file in words (P8)."""
    customer = queries.get_customer(actor, pk)
    trail = queries.trail_of(customer)
    return [queries.change_line(change, trail) for change in queries.history_of(customer)]
