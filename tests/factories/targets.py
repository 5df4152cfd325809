"""Target groups with members and a hand-out, without an engine."""

from collections.abc import Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from dakehu.targets.models import (
    HandOut,
    HandOutTask,
    TargetGroup,
    TargetMember,
    TargetReading,
    TargetWork,
)
from dakehu.targets.operations import handing

DAY = date(2026, 3, 1)
RICH = {"measure": "revenue_3m", "is": ">=", "value": 5_000}


def make_group(by: Any, *, unit: Any, at: datetime, **values: Any) -> TargetGroup:
    """Make a target group as a draft, apart from what is said otherwise."""
    told: dict[str, Any] = {
        "name": "宽带提速目标客户",
        "kind": "INDIVIDUAL",
        "membership": "FROZEN",
        "condition": RICH,
    }
    group = TargetGroup.objects.create(unit=unit, created_by=by, created_at=at, **(told | values))
    TargetWork.objects.create(group=group)
    return group


def make_locked(
    by: Any, members: Sequence[Any], *, unit: Any, at: datetime, **values: Any
) -> TargetGroup:
    """Make a locked target group of some customers."""
    group = make_group(by, unit=unit, at=at, state="LOCKED", locked_by=by, locked_at=at, **values)
    for customer in members:
        TargetMember.objects.create(group=group, customer=customer, joined_on=DAY)
    TargetReading.objects.create(
        group=group, day=DAY, at=at, members=len(members), joined=len(members), dropped=0
    )
    return group


def hand_out(group: TargetGroup, by: Any, *, at: datetime, per_person: int = 0) -> HandOut:
    """Hand a group out at once."""
    made = HandOut.objects.create(
        group=group,
        text="回访并推荐千兆宽带",
        due_date=date(2026, 3, 16),
        per_person=per_person,
        created_by=by,
        created_at=at,
    )
    handing.carry_out(made, now=lambda: at)
    made.refresh_from_db()
    return made


def make_targets(people: Any, customer: Any, *, at: datetime) -> Any:
    """Make a draft and a locked group of a city, the latter handed out with one task."""
    draft = make_group(people.supervisor, unit=people.units.city, at=at, name="草稿")
    group = make_locked(people.supervisor, [customer], unit=people.units.city, at=at)
    made = hand_out(group, people.supervisor, at=at)
    task = HandOutTask.objects.get(hand_out=made)
    return SimpleNamespace(draft=draft, group=group, hand_out=made, task=task)
