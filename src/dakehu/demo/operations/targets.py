"""Let the people of the demonstration choose target groups and work on one of them (T23)."""

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.demo.values import DemoBook
from dakehu.people.queries import staff_who_may
from dakehu.targets.choices import Result
from dakehu.targets.operations import groups, handing, reading
from dakehu.targets.queries.groups import groups_visible_to, members_visible_to
from dakehu.targets.queries.tasks import tasks_visible_to
from dakehu.targets.values import Order

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SEED = 23
EXPIRING = {
    "all": [
        {"measure": "contract_left", "is": "<=", "value": 90},
        {"measure": "contract_left", "is": ">=", "value": 0},
        {"measure": "customer__manager", "known": True},
    ]
}
AT_RISK = {
    "any": [
        {"measure": "alert__w10", "is": "=", "value": 1},
        {"measure": "alert__w04", "is": "=", "value": 1},
        {"measure": "alert__w06", "is": "=", "value": 1},
    ]
}
ORGANISATIONS = {
    "all": [
        {
            "any": [
                {"measure": "it_share", "is": "<", "value": 35},
                {"measure": "group_products", "is": "<=", "value": 2},
            ]
        },
        {"measure": "employees", "is": ">=", "value": 100},
    ]
}
LIVE = {
    "name": "流失风险关怀客户群",
    "purpose": "有流失类预警的客户，每晚更新，客户经理重点关怀。",
    "kind": "INDIVIDUAL",
    "condition": AT_RISK,
    "membership": "LIVE",
}
FROZEN = {
    "name": "合约到期维系客户群",
    "purpose": "合约 90 天内到期，逐户回访并推荐续约方案。",
    "kind": "INDIVIDUAL",
    "condition": EXPIRING,
    "membership": "FROZEN",
}
DRAFT = {
    "name": "信息化空白集团",
    "purpose": "人数较多而信息化收入占比低的集团，筹划上门推介。",
    "kind": "GROUP",
    "with_prospects": True,
    "condition": ORGANISATIONS,
    "membership": "LIVE",
}
RESULTS = (
    *[Result.INTERESTED] * 4,
    *[Result.AGREED] * 3,
    *[Result.REACHED] * 3,
    *[Result.NOT_REACHED] * 3,
    *[Result.REFUSED] * 2,
    Result.LATER,
    Result.UNSUITED,
)
PER_PERSON = 10


def begin_targets(*, administrator: "Staff", at: datetime) -> None:
    """Lock the live group, so that the nights that follow have something to tell."""
    if not is_there(administrator, LIVE):
        lock(make(LIVE, administrator, at), at)


def furnish_targets(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Make the other groups and hand one out; twice changes nothing."""
    begin_targets(administrator=administrator, at=at)
    if is_there(administrator, DRAFT):
        return
    if not is_there(administrator, FROZEN):
        group = make(FROZEN, administrator, at)
        lock(group, at)
        hand_out_locally(group, at)
        work_on(group, group.created_by, at)
    make(DRAFT, administrator, at)


def is_there(administrator: "Staff", told: dict[str, Any]) -> bool:
    """Tell whether a group was made already."""
    return groups_visible_to(administrator).filter(name=told["name"]).exists()


def make(told: dict[str, Any], administrator: "Staff", at: datetime) -> Any:
    """Make a group for the unit of whoever may hand it out."""
    able = staff_who_may("targets.assign").filter(unit__kind="PROVINCE")
    maker = able.exclude(pk=administrator.pk).first() or administrator
    group = groups.new_group(**told, unit=maker.unit)
    return groups.create_group(group=group, by=maker, at=at)


def lock(group: Any, at: datetime) -> None:
    """Lock a group and read its members."""
    groups.lock_group(group=group, version=group.version, by=group.created_by, at=at)
    reading.read_members(group, at=at)


def hand_out_locally(group: Any, at: datetime) -> None:
    """Let one city hand out its part of a province's group before the province does."""
    able = staff_who_may("targets.assign").filter(unit__kind="CITY").order_by("pk")
    mine = members_visible_to(able[0]).filter(group=group) if able else None
    if mine is None or not mine.exists():
        return
    due = localdate(at) + timedelta(days=7)
    order = Order("本市先行：逐户电话回访", due, per_person=PER_PERSON)
    asked = handing.ask_hand_out(group=group, order=order, by=able[0], at=at)
    handing.carry_out(asked, now=lambda: at)


def work_on(group: Any, maker: "Staff", at: datetime) -> None:
    """Hand a group out, and let about half of the open tasks be done."""
    if not group.members.exists():
        return
    order = Order(
        "电话回访，推荐续约优惠并登记意向",
        localdate(at) + timedelta(days=10),
        per_person=PER_PERSON,
        rank_by="revenue_3m",
    )
    asked = handing.ask_hand_out(group=group, order=order, by=maker, at=at)
    handing.carry_out(asked, now=lambda: at)
    dice = Random(SEED)  # noqa: S311 - believable, not secret
    for task in tasks_visible_to(maker).filter(hand_out=asked, state="OPEN").order_by("pk"):
        person = staff_who_may("targets.handle").filter(pk=task.owner).first()
        if person is not None and dice.random() < 0.55:
            result = dice.choice(RESULTS)
            handing.record_result(task=task, result=result, note="", by=person, at=at)
