"""Let the demonstration owe, provide, try and launch; and propose more training (C, O)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.catalogue.choices import Cycle, Family, Form
from dakehu.catalogue.operations import (
    add_service,
    draft_version,
    propose_version,
    publish_version,
    save_terms,
)
from dakehu.catalogue.queries.services import (
    get_service,
    unsaved_service,
    version_in_force,
    versions_of,
)
from dakehu.catalogue.values import Body, Coverage, Frequency, Terms
from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.values import DemoBook
from dakehu.obligations.errors import UnableToProvide
from dakehu.obligations.operations import (
    ask_about_ended_trials,
    ask_about_joint_business,
    close_trial,
    decide_reward,
    end_provision,
    enter_launch,
    hand_reward,
    mark_launch,
    propose_reward,
    provide,
    record_act,
    refresh,
    start_trial,
)
from dakehu.obligations.queries import provisions_for
from dakehu.obligations.queries.details import unsaved_provision, unsaved_reward
from dakehu.people.queries import decider_for, staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

# Who looks after the leaders of groups.
LEADERS = ("CHIEF_REPRESENTATIVE", "SUPERVISOR")
# Service, how many days ago, what was done; by place in the list of groups.
ACTS = (
    ("O5", 6, "与信息中心面谈季度需求"),
    ("C2", 9, "上门介绍企业宽带优惠"),
    ("C12", 12, "移动办公应用培训，参会 18 人"),
    ("O6", 15, "季度服务报告已送达"),
    ("C7", 4, "云视讯现场演示"),
)
TRIALS = (
    ("云视讯会议", 20, 12, ""),
    ("和对讲", 18, 4, ""),
    ("企业云盘", 25, 20, "试用良好，转为正式订购"),
    ("物联网卡管理平台", 10, -20, ""),
    ("短信网关", 8, -18, ""),
)
# Title, begins in so many days, told so many days ago, trained so many days ago.
LAUNCHES = (
    ("岁末集团客户答谢会", 12, 2, 1),
    ("5G 行业专网优惠包", 6, None, None),
    ("云视讯 3.0 上线", -4, 6, None),
    ("千兆专线促销", -9, 10, 11),
    ("集团彩铃新套餐", 1, 1, None),
)
# What is done jointly, aimed at how many yuan, begun and due so many days ago (C27).
JOINT = (
    ("TARGET", 600_000, "云网融合共同目标：专线与云主机", 60, -120),
    ("CAMPAIGN", None, "园区联合营销：员工优惠日", 40, -20),
    ("TARGET", 300_000, "物联网卡联合推广", 90, 2),
    ("TEAM", None, "专属服务团队：客户经理、方案、维护各一人", 75, None),
)
# For what, what, worth how many yuan, why, and how far it is (C28).
REWARDS = (
    ("LOYALTY", "企业图书卡", 500, "合作满十年", "HANDED"),
    ("REFERRAL", "会议平板一台", 2_800, "推荐两家园区企业", "APPROVED"),
    ("ACTIVITY", "答谢会优秀组织奖", 800, "员工优惠日参与率最高", "PROPOSED"),
    ("COOPERATION", "纪念奖牌", 300, "协助完成网络优化测试", "REFUSED"),
)
EVERY_TENTH = 10


def furnish_obligations(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Provide, try, launch and do what is owed; twice changes nothing."""
    if provisions_for(administrator).exists():
        return
    groups = list(
        customers_visible_to(administrator)
        .filter(kind=CustomerKind.GROUP, manager__isnull=False)
        .select_related("manager", "unit")
        .order_by("pk")
    )
    add_own_service(administrator, at=at)
    leaders = list(staff_who_may("obligations.view").filter(role__in=LEADERS))
    for place, group in enumerate(groups):
        near = [each for each in leaders if each.unit.code.startswith(group.city_code)]
        provide_some(group, place, near or leaders, by=administrator, at=at)
        act_for(group, place, at=at)
    for place, group in enumerate(groups[::3]):
        try_out(group, TRIALS[place % len(TRIALS)], at=at)
    for place, group in enumerate(groups[:: len(JOINT)]):
        work_jointly(group, JOINT[place % len(JOINT)], at=at)
        reward(group, REWARDS[place % len(REWARDS)], at=at)
    spare_some(groups, at=at)
    for title, ahead, told, trained in LAUNCHES:
        launch(title, ahead, told, trained, by=administrator, at=at)
    propose_more_training(administrator, at=at)
    refresh(at=at)
    ask_about_ended_trials(at=at)
    ask_about_joint_business(at=at)


def provide_some(
    group: Any, place: int, leaders: "list[Staff]", *, by: "Staff", at: datetime
) -> None:
    """Give seven of ten groups a representative, some personalised service, few a station."""
    since = localdate(at) - timedelta(days=20 + place)
    wanted = []
    if place % EVERY_TENTH < 7:
        wanted.append({"service": "C4", "staff": leaders[place % len(leaders)]})
    if place % 3 == 0:
        wanted.append({"service": "C8", "note": "名家讲座与图书"})
    if place % 9 == 0:
        wanted.append({"service": "C5", "mode": ("FIXED", "PERIODIC")[place % 2]})
    for each in wanted:
        provision = unsaved_provision(customer=group, starts_on=since, **each)
        provide(provision=provision, by=by, at=at)


def act_for(group: Any, place: int, *, at: datetime) -> None:
    """Record one or two things that were done for a group, by its manager."""
    for step in range(1 + place % 2):
        service, days, note = ACTS[(place + step) % len(ACTS)]
        then = at.replace(hour=2, minute=15) - timedelta(days=days)
        record_act(
            customer=group,
            service_code=service,
            happened_at=then,
            evidence="demonstration",
            evidence_id=place,
            note=note,
            by=group.manager,
            at=at,
        )


def try_out(group: Any, trial: tuple[str, int, int, str], *, at: datetime) -> None:
    """Let a group try a product, where its level allows; some are over."""
    product, began, ended, outcome = trial
    today = localdate(at)
    try:
        kept = start_trial(
            customer=group,
            product=product,
            starts_on=today - timedelta(days=began),
            ends_on=today - timedelta(days=ended if ended < began else 0),
            by=group.manager,
            at=at,
        )
    except UnableToProvide:
        return
    if outcome:
        close_trial(trial=kept, outcome=outcome, by=group.manager, at=at)


def work_jointly(
    group: Any, joint: tuple[str, int | None, str, int, int | None], *, at: datetime
) -> None:
    """Do something jointly with a group; what was due two days ago has ended (C27)."""
    mode, goal, note, began, due = joint
    today = localdate(at)
    kept = unsaved_provision(
        customer=group,
        service="C27",
        mode=mode,
        staff=group.manager,
        goal_fen=None if goal is None else goal * 100,
        note=note,
        starts_on=today - timedelta(days=began),
        due_on=None if due is None else today - timedelta(days=due),
    )
    kept = provide(provision=kept, by=group.manager, at=at)
    if goal and due and due > 0 and group.pk % 32 < 16:
        end_provision(
            provision=kept,
            outcome="达成过半，续谈明年目标",
            reached_fen=goal * 70,
            by=group.manager,
            at=at,
        )


def reward(group: Any, given: tuple[str, str, int, str, str], *, at: datetime) -> None:
    """Propose a reward, perhaps decide on it and hand it over (C28)."""
    occasion, what, worth, reason, state = given
    made = propose_reward(
        reward=unsaved_reward(
            customer=group, occasion=occasion, what=what, worth_fen=worth * 100, reason=reason
        ),
        by=group.manager,
        at=at,
    )
    decider = staff_who_may("obligations.approve").filter(pk=decider_of(group)).first()
    if state == "PROPOSED" or decider is None:
        return
    approve = state != "REFUSED"
    note = "" if approve else "今年额度已用完"
    made = decide_reward(reward=made, approve=approve, note=note, by=decider, at=at)
    if state == "HANDED":
        hand_reward(
            reward=made, on=localdate(at), received_by="办公室王主任", by=group.manager, at=at
        )


def decider_of(group: Any) -> int | None:
    """Return who decides what a group's manager proposes."""
    return decider_for(group.manager, "obligations.approve")


def spare_some(groups: list[Any], *, at: datetime) -> None:
    """Spare a few groups the suspension for arrears, where the catalogue allows it (C24)."""
    for group in groups[::7]:
        decider = staff_who_may("obligations.approve").filter(pk=decider_of(group)).first()
        kept = unsaved_provision(
            customer=group,
            service="C24",
            note="信用等级最高，三年无欠费",
            starts_on=localdate(at) - timedelta(days=30),
        )
        if decider is None:
            continue
        try:
            provide(provision=kept, by=decider, at=at)
        except UnableToProvide:
            continue


def launch(
    title: str, ahead: int, told: int | None, trained: int | None, *, by: "Staff", at: datetime
) -> None:
    """Enter one launch as of some weeks ago, with what has been done for it."""
    today = localdate(at)
    made = enter_launch(
        title=title,
        launches_on=today + timedelta(days=ahead),
        note="",
        by=by,
        at=at - timedelta(days=30),
    )
    for step, days in (("told_on", told), ("trained_on", trained)):
        if days is not None:
            made = mark_launch(
                launch=made, step=step, on=today - timedelta(days=days), by=by, at=at
            )


def add_own_service(administrator: "Staff", *, at: datetime) -> None:
    """Let the operator owe A groups a health check of their lines, published by two people."""
    second = staff_who_may("catalogue.rules").exclude(pk=administrator.pk).first()
    if second is None:
        return
    draft = add_service(
        service=unsaved_service(
            code="X1", name="专线体检", name_en="Health check of lines", family=Family.VALUE
        ),
        body=Body(
            content="上门检查专线与机房设备，出具体检报告。",
            content_en="Lines and equipment are checked on site, with a report.",
            recipients=("GROUP",),
            channels=("MANAGER",),
            leading=("KEY_ACCOUNTS",),
            supporting=("NETWORK",),
            classes=("PERSONALISED",),
            depth=2,
        ),
        by=second,
        at=at,
    )
    terms = Terms(
        text="每半年 1 次，覆盖 60%",
        text_en="Once per half-year, 60 % covered",
        frequency=Frequency(1, 1, Cycle.HALF, form=Form.VISIT),
        coverage=(Coverage(60),),
    )
    places = [("group-abc", 5), ("group-abc", 4)]
    draft = save_terms(
        draft=draft, places=places, terms=terms, version=draft.version, by=second, at=at
    )
    draft = propose_version(
        draft=draft, active_from=localdate(at), reason="本省自有服务", by=second, at=at
    )
    publish_version(proposed=draft, version=draft.version, by=administrator, at=at)


def propose_more_training(administrator: "Staff", *, at: datetime) -> None:
    """Propose three trainings a year for A groups; a second person may publish it."""
    today, service = localdate(at), get_service("C12")
    base = version_in_force(service, on=today)
    others = staff_who_may("catalogue.rules").exclude(pk=administrator.pk)
    proposer = others.first() or administrator
    if base is None or versions_of(service).count() > 1:
        return
    draft = draft_version(based_on=base, by=proposer, at=at)
    terms = Terms(
        text="每年 3 次",
        text_en="Three times a year",
        frequency=Frequency(3, 3, Cycle.YEAR),
        priority=1,
    )
    places = [("group-abc", 5), ("group-abc", 4)]
    draft = save_terms(
        draft=draft, places=places, terms=terms, version=draft.version, by=proposer, at=at
    )
    propose_version(
        draft=draft,
        active_from=today + timedelta(days=30),
        reason="A 类客户培训频次提升",
        by=proposer,
        at=at,
    )
