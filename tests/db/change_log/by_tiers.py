"""What people write about levels: rules, measures, levels by hand, assessments."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate
from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.customers import GroupFactory

from dakehu.audit.operations import create_record
from dakehu.tiering.models import Cohort, Measure, RuleSet
from dakehu.tiering.operations import cohorts, granting, mapping, measuring, versions
from dakehu.tiering.operations.schemes import create_scheme, remove_scheme
from dakehu.tiering.queries.loading import pack_in, shipped_text
from dakehu.tiering.queries.schemes import get_scheme
from dakehu.tiering.rules.matching import Match
from dakehu.tiering.values.terms import Term


@scenario("form", "tiering.ruleset")
def rules_are_drafted_edited_proposed_and_published(w: Any) -> Iterator[None]:
    first = RuleSet.objects.get(scheme__code="group-abc", number=1)
    maker = w.people.operations_center
    yield
    draft = versions.draft_rules(based_on=first, by=maker, at=w.at)
    yield
    body = {**first.body, "period": "YEAR"}
    versions.save_draft(rule_set=draft, body=body, version=1, by=maker, at=w.at)
    yield
    day = localdate(w.at)
    versions.propose_rules(rule_set=draft, active_from=day, reason="试行", by=maker, at=w.at)
    yield
    versions.publish_rules(
        rule_set=draft, version=fresh(draft).version, by=w.people.administrator, at=w.at
    )
    yield
    other = versions.draft_rules(based_on=first, by=maker, at=w.at)
    yield
    versions.withdraw_rules(rule_set=other, by=maker, at=w.at)


@scenario("form", "tiering.scheme", "tiering.level", "tiering.ruleset")
def a_scheme_is_made_and_given_up(w: Any) -> Iterator[None]:
    text = shipped_text("it-service.yaml").replace("code: it-service", "code: park")
    yield
    draft = create_scheme(pack=pack_in(text.encode()), by=w.people.operations_center, at=w.at)
    yield
    remove_scheme(scheme=draft.scheme, by=w.people.operations_center, at=w.at)


@scenario("form", "tiering.levelmapping")
def levels_of_two_schemes_are_matched(w: Any) -> Iterator[None]:
    maker, day = w.people.operations_center, localdate(w.at)
    between = get_scheme("group-abc"), get_scheme("it-service")
    told: dict[str, Any] = {"between": between, "active_from": day, "reason": "年度核对"}
    yield
    first = mapping.propose_mapping(matches=[Match(5, 4)], by=maker, at=w.at, **told)
    yield
    mapping.publish_mapping(mapping=first, version=1, by=w.people.administrator, at=w.at)
    yield
    told["active_from"] = day + timedelta(days=1)
    second = mapping.propose_mapping(matches=[Match(5, 3)], by=maker, at=w.at, **told)
    yield
    mapping.withdraw_mapping(mapping=second, by=maker, at=w.at)


@scenario("form", "tiering.measure")
def a_measure_is_defined_and_removed(w: Any) -> Iterator[None]:
    maker = w.people.operations_center
    values = {
        "code": "best_month",
        "name": "最高月收入",
        "name_en": "Best month",
        "kind": "GROUP",
        "unit": "FEN",
        "note": "",
        "source": {"monthly": {"column": "revenue_fen", "fold": "max", "months": 6}},
    }
    yield
    made = measuring.define_measure(values=values, by=maker, at=w.at)
    yield
    words = {"name": "峰值", "name_en": "Peak", "unit": "FEN", "note": "六个月"}
    measuring.describe_measure(measure=fresh(made), values=words, version=1, by=maker, at=w.at)
    yield
    measuring.remove_measure(measure=fresh(made), by=maker, at=w.at)


@scenario("form", "tiering.levelgrant", "tiering.assessment")
def a_level_is_given_by_hand_and_a_customer_assessed(w: Any) -> Iterator[None]:
    manager, leader = w.people.manager, w.people.supervisor
    customer = GroupFactory(manager=manager)
    level = get_scheme("group-abc").levels.get(rank=4)
    day = localdate(w.at)
    yield
    term = Term(day, day + timedelta(days=30), "重点保障")
    grant = granting.propose_grant(customer=customer, level=level, term=term, by=manager, at=w.at)
    yield
    granting.decide_grant(grant=grant, approve=True, note="同意", by=leader, at=w.at)
    yield
    granting.withdraw_grant(grant=grant, by=leader, at=w.at)
    yield
    measure = Measure.objects.get(code="budget")
    granting.assess(customer=customer, measure=measure, value=1, note="", by=manager, at=w.at)
    yield
    granting.assess(customer=customer, measure=measure, value=3, note="立项", by=manager, at=w.at)


@scenario("form", "tiering.cohort")
def a_cohort_is_frozen_rests_and_is_removed(w: Any) -> Iterator[None]:
    maker = w.people.operations_center
    cohort = Cohort(name="拍照", day=localdate(w.at), bar={}, created_by=maker, created_at=w.at)
    yield
    create_record(cohort, by=maker, at=w.at)
    yield
    cohorts.keep_following(cohort, wanted=False, by=maker, at=w.at)
    yield
    cohorts.remove_cohort(fresh(cohort), by=maker, at=w.at)
