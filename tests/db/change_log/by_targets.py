"""What people write about target groups and hand-outs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate
from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.targets import RICH, make_locked

from dakehu.targets.models import TargetGroup
from dakehu.targets.operations import groups, handing
from dakehu.targets.values import Order


@scenario("form", "targets.targetgroup")
def a_target_group_is_made_edited_locked_unlocked_closed_and_removed(w: Any) -> Iterator[None]:
    by, at = w.people.supervisor, w.at
    group = TargetGroup(
        name="目标客户", kind="INDIVIDUAL", membership="LIVE", unit=w.people.units.city
    )
    yield
    groups.create_group(group=group, by=by, at=at)
    yield
    group.condition = RICH
    groups.edit_group(group=group, version=group.version, by=by, at=at)
    yield
    groups.lock_group(group=group, version=group.version, by=by, at=at)
    yield
    groups.unlock_group(group=fresh(group), by=by, at=at)
    group = fresh(group)
    groups.lock_group(group=group, version=group.version, by=by, at=at)
    yield
    groups.close_group(group=group, note="完成", by=by, at=at)
    yield
    groups.remove_group(group=fresh(group), by=by, at=at)


@scenario("form", "targets.handout")
def a_group_is_handed_out_and_that_is_taken_back(w: Any) -> Iterator[None]:
    by, at = w.people.supervisor, w.at
    group = make_locked(by, [w.customers.own], unit=w.people.units.city, at=at)
    yield
    order = Order("回访", localdate(at) + timedelta(days=7))
    asked = handing.ask_hand_out(group=group, order=order, by=by, at=at)
    yield
    handing.stop_hand_out(asked, words="中断")
    handing.go_on(fresh(asked), by=by, at=at)
    yield
    handing.undo_hand_out(hand_out=fresh(asked), by=by, at=at)
