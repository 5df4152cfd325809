"""Applying groups, months, products and acts of managers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.customers import CustomerFactory, GroupFactory
from tests.factories.rows import row

from dakehu.customers.models import (
    Customer,
    CustomerMonth,
    GroupProfile,
    ServiceLog,
    Subscription,
)
from dakehu.customers.operations import APPLY
from dakehu.customers.values import Applied

DAY = date(2026, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def apply(people, at):
    """Apply rows of an interface to city 01."""

    def call(interface, *rows, day=DAY):
        return APPLY[interface](iter(rows), city_code="01", day=day, at=at)

    return call


@pytest.fixture
def zhang(people):
    """A managed individual."""
    return CustomerFactory(manager=people.manager, number="01S1")


@pytest.fixture
def port(people):
    """A group without files of its own yet."""
    return GroupFactory(manager=people.manager, number="01G1")


def test_a_group_comes_with_its_profile(apply, people):
    given = row("group", district="东城", tax_rank="88", employees=320, address="港湾路88号",
                manager_no="NO-manager", strategic="provincial")  # fmt: skip

    assert apply("group", given) == Applied(created=1)
    group = Customer.objects.get()
    assert (group.kind, group.managed, group.manager) == ("GROUP", True, people.manager)
    assert "gwjt" in group.search
    profile = group.profile
    assert (profile.tax_rank, profile.employees, profile.strategic) == (88, 320, "provincial")
    assert profile.address.plain == "港湾路88号"


@pytest.mark.parametrize("rank", ["", None, "百强", "-5", "99999999999", "1.5"])
def test_a_tax_rank_that_is_no_number_is_unknown(apply, rank):
    apply("group", row("group", tax_rank=rank))

    assert GroupProfile.objects.get().tax_rank is None


def test_a_group_counts_as_updated_once_whatever_part_of_it_changed(apply):
    apply("group", row("group"), row("group", group_no="01G2"), row("group", group_no="01G3"))

    applied = apply(
        "group",
        row("group", name="新名"),
        row("group", group_no="01G2", employees=5),
        row("group", group_no="01G3", name="新名", employees=5),
        row("group", group_no="01G4"),
    )

    assert applied == Applied(created=1, updated=3)
    assert apply("group", row("group", group_no="01G4")) == Applied(unchanged=1)


def test_an_older_group_row_changes_neither_customer_nor_profile(apply):
    apply("group", row("group", employees=100))

    assert apply(
        "group", row("group", name="旧名", employees=1), day=DAY - timedelta(days=1)
    ) == Applied(unchanged=1)
    assert GroupProfile.objects.get().employees == 100


def test_months_are_kept_for_managed_individuals_only(apply, zhang, people):
    CustomerFactory(manager=people.manager, number="01S2", managed=False)

    applied = apply(
        "month", row("month"), row("month", sub_id="01S2"), row("month", sub_id="01S9")
    )

    assert applied == Applied(created=1, unchanged=2)
    assert CustomerMonth.objects.get().customer == zhang


def test_a_month_told_again_is_rewritten_only_if_it_differs(apply, zhang):
    apply("month", row("month"), row("month", ym=202601))

    applied = apply(
        "month",
        row("month", revenue_fen=20_000),
        row("month", ym=202601),
        day=DAY + timedelta(days=1),
    )

    assert applied == Applied(updated=1, unchanged=1)
    assert CustomerMonth.objects.get(ym=202602).revenue_fen == 20_000


def test_a_late_month_does_not_overwrite_a_newer_one(apply, zhang):
    apply("month", row("month", revenue_fen=2))

    apply("month", row("month", revenue_fen=1), day=DAY - timedelta(days=1))

    assert CustomerMonth.objects.get().revenue_fen == 2


def test_group_months_keep_what_informatisation_brought(apply, port):
    applied = apply(
        "group_month",
        row("group_month", it_revenue_fen=5_000, it_products=3),
        row("group_month", group_no="01G9"),
    )

    month = CustomerMonth.objects.get()
    assert applied == Applied(created=1, unchanged=1)
    assert (month.customer, month.it_revenue_fen, month.it_products) == (port, 5_000, 3)


def test_products_belong_to_individuals_and_groups(apply, zhang, port):
    applied = apply(
        "subscription",
        row("subscription", since=date(2025, 1, 1)),
        row("subscription", owner_kind="group", owner_no="01G1"),
        row("subscription", owner_no="01G1"),
    )

    assert applied == Applied(created=2, unchanged=1)
    assert Subscription.objects.get(customer=zhang).is_start_known
    assert not Subscription.objects.get(customer=port).is_start_known


def test_an_end_date_closes_the_same_product(apply, zhang):
    apply("subscription", row("subscription"))

    assert apply("subscription", row("subscription")) == Applied(unchanged=1)
    assert apply("subscription", row("subscription", until=date(2026, 3, 31))) == Applied(
        updated=1
    )
    assert Subscription.objects.get().until == date(2026, 3, 31)


def test_acts_of_managers_come_with_customer_and_person(apply, zhang, people):
    assert apply("service_log", row("service_log")) == Applied(created=1)

    log = ServiceLog.objects.get()
    assert (log.customer, log.staff, log.city_code) == (zhang, people.manager, "01")
    assert log.at == datetime(2026, 2, 27, 3, tzinfo=UTC)


def test_an_act_without_a_zone_is_local_time(apply, settings):
    apply("service_log", row("service_log", at="2026-02-27 11:00:00"))

    assert ServiceLog.objects.get().at == datetime(2026, 2, 27, 3, tzinfo=UTC)


def test_an_act_for_nobody_known_is_kept_without_customer(apply):
    apply("service_log", row("service_log", customer_no="01S9", manager_no="M9"))

    log = ServiceLog.objects.get()
    assert (log.customer, log.staff, log.manager_no) == (None, None, "M9")


@pytest.mark.parametrize("at_text", [None, "", "yesterday", "2026-13-01"])
def test_an_act_without_a_readable_instant_concerns_nothing(apply, at_text):
    assert apply("service_log", row("service_log", at=at_text)) == Applied(unchanged=1)


def test_an_act_told_again_changes_nothing(apply, zhang):
    apply("service_log", row("service_log"))

    assert apply("service_log", row("service_log")) == Applied(unchanged=1)
    assert apply("service_log", row("service_log", content="未接通")) == Applied(updated=1)


@pytest.mark.parametrize("interface", APPLY)
def test_nothing_delivered_is_nothing_applied(apply, interface):
    assert apply(interface) == Applied()
