"""Levels on a customer's page, by hand, assessed; who went up or down."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.facts import Facts
from tests.factories.tiers import DAY, Groups

from dakehu.customers.models import Customer
from dakehu.tiering.errors import UnableToGrant
from dakehu.tiering.models import Assessment, LevelGrant, Scheme, Standing
from dakehu.tiering.operations.granting import propose_grant
from dakehu.tiering.operations.running import evaluate
from dakehu.tiering.queries.kinds import is_about
from dakehu.tiering.queries.schemes import get_scheme
from dakehu.tiering.queries.sources import register_provider
from dakehu.tiering.values.terms import Term
from dakehu.worklist.models import Todo

APRIL = date(2026, 4, 7)


@pytest.fixture
def groups(people, tmp_path):
    from dakehu.exchange.jobs.engines import tiering_provider

    world = Groups(Facts(tmp_path), people.manager.unit, people.manager)
    world.use()
    yield world
    register_provider(tiering_provider())


def test_why_this_level_and_what_is_missing(groups, people, sign_in, at):
    groups.deliver(DAY, {"G1": {"employees": 120, "revenue": 300_000}})
    evaluate(get_scheme("group-abc"), day=DAY, by=None, at=at)

    url = reverse("tiering:schemes_panel", args=[groups.customers["G1"].pk])
    page = sign_in(people.manager).get(url).content.decode()

    assert "在用产品数 ≥ 1" in page
    assert "距“B2”还差" in page
    assert sign_in(people.stranger).get(url).status_code == 404


def test_moves_are_listed_with_reasons_and_told_to_the_owner(
    groups, people, sign_in, at, django_capture_on_commit_callbacks
):
    groups.deliver(DAY, {"G1": {}})
    scheme = get_scheme("group-abc")
    evaluate(scheme, day=DAY, by=None, at=at)
    groups.deliver(APRIL, {"G1": {"tax_rank": "60"}})
    with django_capture_on_commit_callbacks(execute=True):
        evaluate(scheme, day=APRIL, by=None, at=at)

    page = sign_in(people.manager).get(reverse("tiering:moves")).content.decode()
    assert "纳税排名 ≤ 100 (60)" in page
    assert "集团G1" not in sign_in(people.stranger).get(reverse("tiering:moves")).content.decode()
    todo = Todo.objects.get(source="tier-moves")
    assert (todo.owner, todo.facts["up"], todo.facts["down"]) == (people.manager, 1, 0)


def test_a_level_by_hand_needs_a_second_person_and_expires(groups, people, sign_in, at):
    groups.deliver(DAY, {"G1": {}})
    scheme = get_scheme("group-abc")
    evaluate(scheme, day=DAY, by=None, at=at)
    customer, today = groups.customers["G1"], timezone.localdate()
    level = scheme.levels.get(rank=4)
    browser = sign_in(people.manager)
    typed = {
        "level": level.pk, "starts_on": today.isoformat(), "reason": "省公司重点保障",
        "ends_on": (today + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    browser.post(reverse("tiering:grant_propose", args=[customer.pk]), typed)
    grant = LevelGrant.objects.get()
    assert Standing.objects.filter(customer=customer).count() == 1

    decide = reverse("tiering:grant_decide", args=[grant.pk])
    assert browser.post(decide, {"approve": "1"}).status_code == 403
    sign_in(people.supervisor).post(decide, {"approve": "1"})

    held = Standing.objects.filter(customer=customer).order_by("active_from")
    told = [(each.level.rank, each.kind, each.active_from, each.active_to) for each in held]
    assert told == [
        (1, "AUTOMATIC", date(2026, 3, 6), today),
        (4, "MANUAL", today, today + timedelta(days=90)),
        (1, "AUTOMATIC", today + timedelta(days=90), None),
    ]

    sign_in(people.supervisor).post(reverse("tiering:grant_withdraw", args=[grant.pk]))
    left = Standing.objects.filter(customer=customer)
    assert [(each.level.rank, each.active_to) for each in left] == [(1, None)]


def test_former_customers_are_offered_no_levels(groups, people, sign_in, at):
    groups.deliver(DAY, {"G1": {}})
    customer, level = groups.customers["G1"], get_scheme("group-abc").levels.get(rank=4)
    customer.retained_at = at
    customer.save()
    day = timezone.localdate()
    term = Term(day, day + timedelta(days=9), "省公司重点保障")

    page = sign_in(people.manager).get(reverse("tiering:grant_propose", args=[customer.pk]))
    assert not page.context["form"].fields["level"].choices
    with pytest.raises(UnableToGrant):
        propose_grant(customer=customer, level=level, term=term, by=people.manager, at=at)


def test_who_belongs_to_no_group_is_no_member_of_one():
    members = Scheme(kind="MEMBER")

    assert is_about(members, Customer(kind="INDIVIDUAL", group_id=1))
    assert not is_about(members, Customer(kind="INDIVIDUAL"))


def test_an_assessment_is_read_by_the_next_evaluation(groups, people, sign_in, at):
    groups.deliver(DAY, {"G1": {}})
    customer = groups.customers["G1"]
    url = reverse("tiering:assess", args=[customer.pk])
    sign_in(people.manager).post(url, {"measure": "headquarters", "value": "2", "note": "跨省"})
    assert Assessment.objects.get().value == 2

    evaluate(get_scheme("group-abc"), day=DAY, by=None, at=at)

    assert Standing.objects.get(customer=customer).level.name == "A1"
