"""Merging two customers moves everything that hangs on them; undoing puts it all back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from tests.factories.customers import (
    CustomerFactory,
    GroupFactory,
    MonthFactory,
    ServiceLogFactory,
    SubscriptionFactory,
)
from tests.factories.rows import row

from dakehu.audit.models import Change
from dakehu.customers import operations, queries
from dakehu.customers.errors import UnableToMerge, UnableToUndoMerge
from dakehu.customers.models import (
    Address,
    Contact,
    Customer,
    CustomerMonth,
    CustomField,
    CustomValue,
    DuplicatePair,
    Gift,
    GroupProfile,
    MarketNote,
    Merger,
    PersonProfile,
    ServiceLog,
)
from dakehu.customers.operations import refresh_words
from dakehu.customers.operations.relations import relations

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
# Tables that name records of any model by number, and those of them that need no rule.
GENERIC = {
    "audit.Change": "history stays where it was written",
    "audit.Access": "as history",
    "clocks.Clock": "runs for things that name their customer themselves",
    "hooks.Event": "as clocks: opportunities, orders and cases",
    "hooks.Delivery": "as its event",
}


def merge(people, at, kept, gone, *, chosen=(), by=None):
    return operations.merge_customers(
        kept=kept, gone=gone, chosen=chosen, by=by or people.supervisor, at=at, reason="同一单位"
    )


def undo(people, at, merger):
    operations.undo_merger(merger=merger, by=people.supervisor, at=at)


@pytest.fixture
def pair(people):
    """A group of the files, and a prospect that is the same, with something of everything."""
    group = GroupFactory(name="滨海港务集团", manager=people.manager)
    prospect = CustomerFactory(
        kind="PROSPECT",
        number="P00000001",
        name="滨海港务",
        manager=people.manager,
        source_day=None,
    )
    contact = Contact.objects.create(customer=prospect, role="LEADER", name="刘洋")
    Address.objects.create(customer=prospect, label="仓库", address="滨海市港湾路1号")
    Gift.objects.create(
        customer=prospect, contact=contact, on=DAY, what="茶叶", staff=people.manager
    )
    MarketNote.objects.create(
        customer=prospect,
        kind="NEED",
        text="要专线",
        staff=people.manager,
        at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    return SimpleNamespace(group=group, prospect=prospect, contact=contact)


@pytest.fixture
def groups(people):
    """Two groups of the files that are one organisation, both with months of the same time."""
    kept = GroupFactory(name="滨海港务集团", manager=people.manager, number="01G1")
    gone = GroupFactory(name="滨海港务集团", manager=people.manager, number="01G2")
    for ym in (202601, 202602):
        MonthFactory(customer=kept, ym=ym, revenue_fen=100)
        MonthFactory(customer=gone, ym=ym, revenue_fen=7)
    MonthFactory(customer=gone, ym=202512, revenue_fen=7)
    SubscriptionFactory(customer=gone, product_code="P1")
    ServiceLogFactory(customer=gone)
    member = CustomerFactory(manager=people.manager, group=gone)
    return SimpleNamespace(kept=kept, gone=gone, member=member)


def snapshot() -> dict[str, list]:
    """Return every row that a merger may touch, without versions."""
    models = {relation.model for relation in relations()} - {DuplicatePair, Merger}
    return {
        model._meta.label: sorted(
            (
                {name: str(value) for name, value in row.items() if name != "version"}
                for row in model._base_manager.values()
            ),
            key=repr,
        )
        for model in models
    }


def test_every_table_that_names_a_customer_has_a_rule():
    ruled = {relation.key for relation in relations()}

    for model in apps.get_models():
        for field in model._meta.get_fields():
            names_customer = field.concrete and getattr(field, "related_model", None) is Customer
            is_generic = field.name == "subject_id" and model._meta.label not in GENERIC
            if names_customer or is_generic:
                assert f"{model._meta.label}.{field.name}" in ruled


def test_every_rule_says_why():
    assert all(relation.why for relation in relations())


def test_everything_that_was_entered_follows_to_the_group(people, at, pair):
    merger = merge(people, at, pair.group, pair.prospect)

    pair.prospect.refresh_from_db()
    assert pair.prospect.merged_into == pair.group
    for model in (Contact, Address, Gift, MarketNote):
        assert model.objects.get().customer == pair.group
    assert set(merger.moved) == {
        f"customers.{name}.customer" for name in ("Contact", "Address", "Gift", "MarketNote")
    }
    assert not queries.customers_visible_to(people.manager).filter(pk=pair.prospect.pk).exists()


def test_undoing_puts_everything_back(people, at, pair):
    refresh_words()
    before = snapshot()
    merger = merge(people, at, pair.group, pair.prospect)

    undo(people, at, merger)

    assert snapshot() == before
    merger.refresh_from_db()
    assert merger.undone_by == people.supervisor


def test_two_groups_with_the_same_months_keep_both(people, at, groups):
    refresh_words()
    before = snapshot()

    merger = merge(people, at, groups.kept, groups.gone)

    own = dict(groups.kept.months.values_list("ym", "revenue_fen"))
    assert own == {202601: 100, 202602: 100, 202512: 7}
    assert dict(groups.gone.months.values_list("ym", "revenue_fen")) == {202601: 7, 202602: 7}
    groups.member.refresh_from_db()
    assert groups.member.group == groups.kept
    undo(people, at, merger)
    assert snapshot() == before


def test_every_row_that_moved_is_in_the_change_log(people, at, pair):
    merge(people, at, pair.group, pair.prospect)

    moved = Change.objects.get(subject_type="customers.contact", subject_id=pair.contact.pk)
    assert moved.fields["customer"] == ["滨海港务", "滨海港务集团"]
    assert moved.reason == "同一单位"
    gone = Change.objects.get(subject_type="customers.customer", subject_id=pair.prospect.pk)
    assert gone.fields == {"merged_into": [None, "滨海港务集团"]}
    kept = Change.objects.get(subject_type="customers.customer", subject_id=pair.group.pk)
    assert kept.fields == {"merged": ["", "滨海港务 (P00000001)"]}


@pytest.mark.parametrize(
    ("kept", "gone"),
    [("INDIVIDUAL", "INDIVIDUAL"), ("GROUP", "INDIVIDUAL"), ("PROSPECT", "GROUP")],
)
def test_what_the_cities_bill_is_never_merged_away(people, at, kept, gone):
    first = CustomerFactory(kind=kept, manager=people.manager)
    second = CustomerFactory(kind=gone, manager=people.manager)

    with pytest.raises(UnableToMerge):
        merge(people, at, first, second)


def test_a_customer_is_not_merged_with_itself_nor_twice(people, at, pair):
    with pytest.raises(UnableToMerge):
        merge(people, at, pair.group, pair.group)
    merge(people, at, pair.group, pair.prospect)
    other = GroupFactory(manager=people.manager)

    with pytest.raises(UnableToMerge):
        merge(people, at, other, pair.prospect)


def test_who_may_not_merge_or_does_not_reach_both_is_refused(people, at, pair):
    far = GroupFactory(manager=people.stranger)

    with pytest.raises(PermissionDenied):
        merge(people, at, pair.group, pair.prospect, by=people.manager)
    with pytest.raises(UnableToMerge):
        merge(people, at, far, pair.prospect)


def test_chosen_values_are_taken_over_and_given_back(people, at):
    kept = CustomerFactory(
        kind="PROSPECT", number="P1", name="港务", manager=people.manager, phone=""
    )
    gone = CustomerFactory(
        kind="PROSPECT", number="P2", name="滨海港务", manager=people.manager, phone="13912345678"
    )
    GroupProfile.objects.create(customer=gone, industry="交通", employees=30)
    PersonProfile.objects.create(customer=gone, hobbies="钓鱼")
    chosen = {"customer.name", "customer.phone", "profile.industry", "person.hobbies"}

    merger = merge(people, at, kept, gone, chosen=chosen)

    kept = Customer.objects.get(pk=kept.pk)
    assert (kept.name, kept.phone.plain) == ("滨海港务", "13912345678")
    assert "binhaigangwu" in kept.search
    assert (kept.profile.industry, kept.profile.employees) == ("交通", None)
    assert kept.person.hobbies == "钓鱼"
    undo(people, at, merger)
    kept = Customer.objects.get(pk=kept.pk)
    assert (kept.name, str(kept.phone)) == ("港务", "")
    assert (kept.profile.industry, kept.person.hobbies) == ("", "")


def test_what_the_files_deliver_is_not_taken_from_a_prospect(people, at, pair):
    merge(people, at, pair.group, pair.prospect, chosen={"customer.name", "profile.industry"})

    assert Customer.objects.get(pk=pair.group.pk).name == "滨海港务集团"


def test_own_fields_follow_only_to_a_customer_of_the_same_kind(people, at, pair):
    field = CustomField.objects.create(kind="PROSPECT", key="a", label="A", type="TEXT")
    CustomValue.objects.create(customer=pair.prospect, field=field, text="x")

    merge(people, at, pair.group, pair.prospect)

    assert CustomValue.objects.get().customer == pair.prospect


def test_a_value_changed_since_cannot_be_given_back(people, at):
    kept = CustomerFactory(kind="PROSPECT", number="P1", name="港务", manager=people.manager)
    gone = CustomerFactory(kind="PROSPECT", number="P2", name="滨海港务", manager=people.manager)
    merger = merge(people, at, kept, gone, chosen={"customer.name"})
    Customer.objects.filter(pk=kept.pk).update(name="新港务")

    with pytest.raises(UnableToUndoMerge):
        undo(people, at, merger)

    gone.refresh_from_db()
    assert gone.merged_into_id == kept.pk


def test_an_undoing_that_fails_half_way_leaves_everything(people, at, pair):
    merger = merge(people, at, pair.group, pair.prospect)
    other = GroupFactory(manager=people.manager)
    MarketNote.objects.update(customer=other)
    refresh_words()
    before = snapshot()

    with pytest.raises(UnableToUndoMerge):
        undo(people, at, merger)

    assert snapshot() == before


def test_mergers_are_undone_the_last_one_first(people, at, pair, groups):
    inner = merge(people, at, groups.kept, pair.prospect)
    outer = merge(people, at, pair.group, groups.kept)
    pair.prospect.refresh_from_db()
    assert pair.prospect.merged_into == pair.group

    with pytest.raises(UnableToUndoMerge):
        undo(people, at, inner)

    undo(people, at, outer)
    undo(people, at, inner)
    pair.prospect.refresh_from_db()
    assert pair.prospect.merged_into is None


def test_a_merger_is_undone_once(people, at, pair):
    merger = merge(people, at, pair.group, pair.prospect)
    undo(people, at, merger)

    with pytest.raises(UnableToUndoMerge):
        undo(people, at, merger)


def test_the_proposal_is_settled_and_comes_back_when_undone(people, at, pair):
    operations.scan_duplicates(on=DAY)
    merger = merge(people, at, pair.group, pair.prospect)
    assert DuplicatePair.objects.get().state == "MERGED"

    undo(people, at, merger)

    assert DuplicatePair.objects.get().state == "OPEN"


def test_files_bring_a_merged_number_up_to_date_without_reviving_it(people, at, groups):
    merge(people, at, groups.kept, groups.gone)

    apply("group", [row("group", group_no="01G2", name="改名了")])

    gone = Customer.objects.get(pk=groups.gone.pk)
    assert (gone.name, gone.merged_into_id) == ("改名了", groups.kept.pk)
    assert Customer.objects.get(pk=groups.kept.pk).name == "滨海港务集团"


def test_members_that_files_name_join_the_kept_group(people, at, groups):
    merge(people, at, groups.kept, groups.gone)

    apply("subscriber", [row("subscriber", sub_id="01S9", group_no="01G2")])

    assert Customer.objects.get(number="01S9").group == groups.kept


def test_what_files_add_to_a_merged_number_is_brought_along_and_undone_after_a_night(
    people, at, groups
):
    merger = merge(people, at, groups.kept, groups.gone)
    apply(
        "group_month",
        [
            row("group_month", group_no="01G2", ym=202512, revenue_fen=8),
            row("group_month", group_no="01G2", ym=202603, revenue_fen=9),
        ],
    )
    ServiceLogFactory(customer=groups.gone, log_no="new")

    assert operations.follow_mergers(at=at) == 2

    assert ServiceLog.objects.get(log_no="new").customer == groups.kept
    merger.refresh_from_db()
    undo(people, at + timedelta(days=1), merger)
    months = dict(groups.gone.months.values_list("ym", "revenue_fen"))
    assert months == {202601: 7, 202602: 7, 202512: 8, 202603: 9}
    assert CustomerMonth.objects.filter(customer=groups.kept).count() == 2
    assert ServiceLog.objects.get(log_no="new").customer == groups.gone


def apply(interface, given):
    """Apply rows of a delivery of city 01, some days later."""
    later = datetime(2026, 3, 4, 2, tzinfo=UTC)
    return operations.APPLY[interface](iter(given), city_code="01", day=date(2026, 3, 3), at=later)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_merge_at_once_one_is_refused(people, at, groups):
    other = GroupFactory(manager=people.manager, number="01G3")
    start = Barrier(2)

    def attempt(kept):
        start.wait(timeout=20)
        try:
            merge(people, at, kept, groups.gone)
        except UnableToMerge:
            return "refused"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(max_workers=2) as pool:
        told = sorted(pool.map(attempt, [groups.kept, other]))

    assert told == ["merged", "refused"]
    assert Merger.objects.count() == 1
