"""Let the people of the demonstration assess groups, give levels and change rules (T19)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.values import DemoBook
from dakehu.people.queries import cities, staff_who_may
from dakehu.tiering.operations import granting, mapping, running, versions
from dakehu.tiering.operations.schemes import load_scheme
from dakehu.tiering.queries.loading import pack_in, shipped_text
from dakehu.tiering.queries.mappings import mapping_in_force, matches_in
from dakehu.tiering.queries.measures import get_measure
from dakehu.tiering.queries.moves import grants_for
from dakehu.tiering.queries.schemes import get_scheme, rules_in_force, schemes_known, versions_of
from dakehu.tiering.values.terms import Term

if TYPE_CHECKING:
    from dakehu.people.models import Staff

GROUPS = 48
EARLIER = 35
"""Days between the first evaluation that is shown and the last data day."""


def furnish_tiers(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let levels rise and fall, wait for approval and be given by hand; twice changes nothing."""
    scheme = get_scheme("group-abc")
    if versions_of(scheme).count() > 1:
        return
    groups = list(
        customers_visible_to(administrator)
        .filter(kind=CustomerKind.GROUP, manager__isnull=False)
        .select_related("manager")
        .order_by("pk")[:GROUPS]
    )
    day = book.lived or book.until
    assess_all(groups, headquarters=lambda place: 2 if place % 6 == 0 else None, at=at)
    first = max(book.first, day - timedelta(days=EARLIER))
    load_members(first, at=at)
    evaluate_all(first, at=at)
    # Some headquarters moved away, others came: two evaluations in a row see it.
    assess_all(groups, headquarters=moved_headquarters, at=at)
    for each in (day - timedelta(days=1), day):
        evaluate_all(each, at=at)
    give_by_hand(groups, at=at)
    propose_rules(scheme, at=at)
    propose_matches(at=at)


def moved_headquarters(place: int) -> int | None:
    """Return what managers say of a group's headquarters later on."""
    if place % 12 == 0:
        return 0
    return 1 if place % 8 == 3 else None


def assess_all(groups: list[Any], *, headquarters: Any, at: datetime) -> None:
    """Let managers record what they know of headquarters and of budgets."""
    for place, group in enumerate(groups):
        said = {"headquarters": headquarters(place), "budget": 3 if place % 5 == 2 else None}
        for code, value in said.items():
            if value is not None and group.manager.may("tiers.assess"):
                granting.assess(
                    customer=group,
                    measure=get_measure(code),
                    value=value,
                    note="走访了解" if value else "总部已迁出",
                    by=group.manager,
                    at=at,
                )


def evaluate_all(day: date, *, at: datetime) -> None:
    """Evaluate the schemes that do not follow the night, as of a day."""
    for code in ("group-abc", "it-service", "group-members", "credit"):
        scheme = schemes_known().filter(code=code).first()
        if scheme is not None and rules_in_force(scheme, on=day) is not None:
            running.evaluate(scheme, day=day, by=None, at=at)


def load_members(day: date, *, at: datetime) -> None:
    """Let two people load the scheme of members of groups and publish it from a day on."""
    makers = list(staff_who_may("tiers.rules")[:2])
    if len(makers) < 2:
        return
    pack = pack_in(shipped_text("group-members.yaml").encode())
    draft = load_scheme(pack=pack, by=makers[0], at=at)
    reason = "集团内部个人客户按等级服务"
    proposed = versions.propose_rules(
        rule_set=draft, active_from=day, reason=reason, by=makers[0], at=at
    )
    versions.publish_rules(rule_set=proposed, version=proposed.version, by=makers[1], at=at)


def give_by_hand(groups: list[Any], *, at: datetime) -> None:
    """Let one level by hand be approved and another wait."""
    level = get_scheme("group-abc").levels.get(rank=4)
    today = localdate(at)
    reason = "省公司重点保障客户，合同谈判期间按战略客户服务"
    term = Term(today, today + timedelta(days=180), reason)
    for place, group in enumerate(groups[1:3]):
        if not group.manager.may("tiers.grant") or grants_for(group.manager).exists():
            continue
        grant = granting.propose_grant(
            customer=group, level=level, term=term, by=group.manager, at=at
        )
        leader = staff_who_may("tiers.approve").exclude(pk=group.manager_id).first()
        if place == 0 and leader is not None:
            granting.decide_grant(grant=grant, approve=True, note="同意", by=leader, at=at)


def propose_rules(scheme: Any, *, at: datetime) -> None:
    """Let somebody lower the limits of large enterprises and ask a second person to publish it."""
    maker = staff_who_may("tiers.rules").first()
    first = rules_in_force(scheme, on=localdate(at))
    if maker is None or first is None:
        return
    draft = versions.draft_rules(based_on=first, by=maker, at=at)
    body = with_own_limits(with_lower_limit(first.body), list(cities())[-1])
    saved = versions.save_draft(rule_set=draft, body=body, version=draft.version, by=maker, at=at)
    day = localdate(at) + timedelta(days=20)
    reason = "市场部：大型企业人数门槛由 500 调为 300，末位地市按一半执行"
    versions.propose_rules(rule_set=saved, active_from=day, reason=reason, by=maker, at=at)


def propose_matches(*, at: datetime) -> None:
    """Let somebody ask a second person to match demonstration groups with ordinary ones."""
    maker = staff_who_may("tiers.rules").first()
    between = get_scheme("group-abc"), get_scheme("it-service")
    held = matches_in(mapping_in_force(*between, on=localdate(at)))
    if maker is None or not held:
        return
    mapping.propose_mapping(
        between=between,
        matches=[replace(each, to=1) if each.rank == 3 else each for each in held],
        active_from=localdate(at) + timedelta(days=20),
        reason="政企部：示范客户的信息化收入多在核心客户标准以下",
        by=maker,
        at=at,
    )


def with_own_limits(data: Any, city: str) -> Any:
    """Return rules in which a city asks for half of the employees and revenue."""
    if isinstance(data, dict):
        if data.get("measure") in {"employees", "revenue_12m"} and "value" in data:
            return {**data, "local": {city: data["value"] // 2}}
        return {name: with_own_limits(value, city) for name, value in data.items()}
    return [with_own_limits(each, city) for each in data] if isinstance(data, list) else data


def with_lower_limit(data: Any) -> Any:
    """Return rules in which an enterprise is large from 300 employees on."""
    if isinstance(data, dict):
        if data.get("measure") == "employees" and data.get("value") == 500:
            return {**data, "value": 300}
        return {name: with_lower_limit(value) for name, value in data.items()}
    return [with_lower_limit(each) for each in data] if isinstance(data, list) else data
