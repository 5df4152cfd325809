"""What the page of a target group, its editor, and the panel of a customer show (T23)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.people.choices import UnitKind
from dakehu.people.queries import units_within
from dakehu.targets.choices import HandOutState, TaskState
from dakehu.targets.policies import HAND_OUT
from dakehu.targets.queries import groups as queries
from dakehu.targets.queries import tasks as task_queries
from dakehu.tiering.queries.schemes import levels_of, schemes_known
from dakehu.tiering.queries.simulations import managers_seen
from dakehu.tiering.queries.sources import newest_day
from dakehu.tiering.queries.wording import name_of
from dakehu.ui import charts

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.targets.models import HandOut, HandOutTask, TargetGroup, TargetMember

SHOWN = 12
PERCENT = 100


@dataclass(frozen=True)
class Line:
    """One city, manager or level: how many members it has, their share, and the very list."""

    name: str
    count: int
    percent: int
    url: str


@dataclass(frozen=True)
class Part:
    """The members taken apart in one way: the first lines, a chart of them, and how many more."""

    key: str
    title: str
    lines: tuple[Line, ...]
    more: int
    chart: Any

    @property
    def chart_id(self) -> str:
        """What the chart is called on the page."""
        return f"target-chart-{self.key}"


@dataclass(frozen=True)
class HandOutLine:
    """One hand-out: how many of its tasks are open, wait, are done."""

    hand_out: "HandOut"
    opened: int
    held: int
    done: int
    cancelled: int

    @property
    def total(self) -> int:
        """How many tasks the actor sees of it, apart from those needed no more."""
        return self.opened + self.held + self.done

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return self.done * PERCENT // self.total if self.total else 0


@dataclass(frozen=True)
class GroupPage:
    """One target group, as far as somebody sees its members."""

    group: "TargetGroup"
    told: queries.Told
    # Measures of the condition that no prospect has.
    unknown: tuple[str, ...]
    may_change: bool
    may_hand_out: bool
    count: int
    gone: int
    members_url: str
    gone_url: str
    dropped_url: str
    parts: tuple[Part, ...]
    readings: tuple[Any, ...]
    sizes: Any
    hand_outs: tuple[HandOutLine, ...]

    @property
    def is_busy(self) -> bool:
        """Whether the members are being read."""
        return bool(self.group.work.is_busy)


def group_page(actor: "Staff", group: "TargetGroup") -> GroupPage:
    """Gather a target group."""
    may_change = queries.may_change(actor, group)
    members = queries.members_now(actor, group)
    count = members.count()
    readings = queries.readings_of(group)
    return GroupPage(
        group=group,
        told=queries.told_of(group),
        unknown=queries.unknown_of_prospects(group),
        may_change=may_change,
        may_hand_out=actor.may(HAND_OUT),
        count=count,
        gone=members.filter(task_queries.GONE_FOR_GOOD).count(),
        members_url=list_url(group),
        gone_url=list_url(group, presence="GONE"),
        dropped_url=list_url(group, presence="DROPPED"),
        parts=parts_of(actor, group, count),
        readings=tuple(reversed(readings)),
        sizes=sizes_of(readings),
        hand_outs=hand_out_lines(actor, group),
    )


def list_url(group: "TargetGroup", **narrowed: Any) -> str:
    """Return the list of members, narrowed."""
    return f"{reverse('targets:member_list')}?{urlencode({'group': group.pk, **narrowed})}"


def parts_of(actor: "Staff", group: "TargetGroup", total: int) -> tuple[Part, ...]:
    """Take the members apart by city, manager and level."""
    if not total:
        return ()
    found = queries.parts_of(actor, group)
    return (
        part("city", _("By city"), city_lines(actor, group, found, total)),
        part("manager", _("By manager"), manager_lines(actor, group, found, total)),
        *level_parts(actor, group, total),
    )


def part(key: str, title: str, lines: list[Line]) -> Part:
    """Return one part with its first lines and their chart."""
    shown = lines[:SHOWN]
    chart = charts.bars([each.name for each in shown], {title: [each.count for each in shown]})
    return Part(key, title, tuple(shown), len(lines) - len(shown), chart)


def line(name: str, count: int, total: int, url: str) -> Line:
    """Return one line with its share in whole per cent."""
    return Line(name, count, round(count * PERCENT / total), url)


def city_lines(
    actor: "Staff", group: "TargetGroup", found: list[queries.Part], total: int
) -> list[Line]:
    """Return the cities, or the districts of somebody who sees one city only."""
    units = list(units_within(actor))
    cities = [unit for unit in units if unit.kind == UnitKind.CITY]
    tops = cities if len(cities) > 1 else [u for u in units if u.kind == UnitKind.DISTRICT]
    paths = {unit.pk: unit.path or "" for unit in units}
    lines = []
    for top in tops or units[:1]:
        count = sum(n for unit, _m, n in found if paths.get(unit, "").startswith(top.path))
        if count:
            lines.append(line(str(top), count, total, list_url(group, unit=top.pk)))
    return sorted(lines, key=lambda each: -each.count)


def manager_lines(
    actor: "Staff", group: "TargetGroup", found: list[queries.Part], total: int
) -> list[Line]:
    """Return the managers whom the actor sees, those with the most members first."""
    counts: Counter[int | None] = Counter()
    for _unit, manager, count in found:
        counts[manager] += count
    seen = managers_seen(actor, counts)
    lines = [
        line(
            seen[manager] if manager else _("Nobody"),
            count,
            total,
            list_url(group, manager=manager or "none"),
        )
        for manager, count in counts.items()
        if manager is None or manager in seen
    ]
    return sorted(lines, key=lambda each: (-each.count, each.name))


def level_parts(actor: "Staff", group: "TargetGroup", total: int) -> list[Part]:
    """Return the members by level of the first scheme of their kind."""
    scheme = schemes_known().filter(kind=group.kind).first()
    if scheme is None:
        return []
    counts = queries.levels_within(actor, group, scheme)
    lines = [
        line(name_of(level), counts[level.rank], total, list_url(group, level=level.pk))
        for level in levels_of(scheme)
        if counts.get(level.rank)
    ]
    if counts.get(None):
        lines.append(line(_("None"), counts[None], total, ""))
    return [part("level", _("By level: %(scheme)s") % {"scheme": name_of(scheme)}, lines)]


def sizes_of(readings: list[Any]) -> Any:
    """Return how large the group was, and who came and went; nothing before two readings."""
    if len(readings) < 2:
        return None
    labels = [f"{each.day:%m-%d}" for each in readings]
    changes = {
        _("Came in"): [each.joined for each in readings],
        _("Dropped out"): [-each.dropped for each in readings],
    }
    option = charts.bars(labels, changes, stacked=True)
    size = charts.lines(labels, {_("Members"): [each.members for each in readings]})["series"][0]
    option["series"].append({**size, "yAxisIndex": 1, "showSymbol": len(labels) < 20})
    option["yAxis"] = [
        {"type": "value", "name": _("Coming and going")},
        {"type": "value", "name": _("Members"), "scale": True, "splitLine": {"show": False}},
    ]
    return {**option, "color": [charts.GOOD, charts.BAD, charts.QUIET_INK]}


def hand_out_lines(actor: "Staff", group: "TargetGroup") -> tuple[HandOutLine, ...]:
    """Return the hand-outs of a group with how far they are."""
    counts = task_queries.task_counts(actor, group)
    return tuple(
        hand_out_line(each, counts.get(each.pk, {}))
        for each in task_queries.hand_outs_of(actor, group)
    )


def hand_out_line(hand_out: "HandOut", counts: Mapping[str, int]) -> HandOutLine:
    """Return one hand-out with its tasks counted by state."""
    return HandOutLine(
        hand_out,
        counts.get(TaskState.OPEN, 0),
        counts.get(TaskState.HELD, 0),
        counts.get(TaskState.DONE, 0),
        counts.get(TaskState.CANCELLED, 0),
    )


@dataclass(frozen=True)
class Counted:
    """How many a draft's condition takes in, of how many, and ten of them."""

    day: date | None
    count: int = 0
    total: int = 0
    # Customers, each with the address of its page.
    sample: tuple[tuple[Any, str], ...] = ()
    # Measures of the condition that no prospect has.
    unknown: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_empty: bool = False
    limit: int = 0

    @property
    def is_large(self) -> bool:
        """Whether they are more than a group may have."""
        return self.count > self.limit


def counted(actor: "Staff", group: "TargetGroup", *, limit: int) -> Counted:
    """Count whom the condition of a group takes in; nothing is written."""
    day, problems = newest_day(), queries.problems_of(group)
    if day is None or not group.condition or problems:
        return Counted(day, problems=problems, is_empty=not group.condition)
    with queries.chosen_by(group, day=day) as found:
        keys = [pk for (pk,) in found.rows("pk", limit=queries.SAMPLE)]
        count, total = found.count(), found.customers
    return Counted(
        day,
        count,
        total,
        tuple(with_url(each) for each in queries.sample_of(actor, keys)),
        queries.unknown_of_prospects(group),
        limit=limit,
    )


def with_url(customer: Any) -> tuple[Any, str]:
    """Return a customer with the address of its page."""
    return customer, reverse("desk:customer", args=[customer.pk])


@dataclass(frozen=True)
class CustomerPanel:
    """The target groups of one customer, and what was done about it."""

    members: "tuple[TargetMember, ...]"
    tasks: "tuple[HandOutTask, ...]"


def customer_panel(actor: "Staff", customer_id: int) -> CustomerPanel:
    """Gather the target groups of a customer and the tasks about it."""
    return CustomerPanel(
        tuple(queries.groups_of_customer(actor, customer_id)),
        tuple(task_queries.tasks_of_customer(actor, customer_id)),
    )


def is_running(hand_out: "HandOut") -> bool:
    """Tell whether background work goes on with a hand-out."""
    return hand_out.state in {HandOutState.WAITING, HandOutState.RUNNING}
