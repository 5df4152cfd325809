"""Finding customers that may be the same: every night, and when one is entered."""

from datetime import date

import pytest
from tests.factories.customers import CustomerFactory, GroupFactory

from dakehu.customers import queries
from dakehu.customers.errors import UnableToDecidePair
from dakehu.customers.models import Customer, DuplicatePair
from dakehu.customers.operations import dismiss_pair, refresh_words, reopen_pair, scan_duplicates
from dakehu.customers.values import Traits

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def prospect(people):
    """A prospect of the manager's that is written like the group."""
    return CustomerFactory(
        kind="PROSPECT",
        number="P00000001",
        name="滨海港务有限公司",
        manager=people.manager,
        phone="13912345678",
        source_day=None,
    )


@pytest.fixture
def group(people):
    """The group that it may be."""
    return GroupFactory(name="滨海港务集团", manager=people.manager)


def states() -> list[tuple[str, int]]:
    return list(DuplicatePair.objects.order_by("pk").values_list("state", "score"))


def test_the_night_proposes_a_pair_once(people, prospect, group):
    first = scan_duplicates(on=ON)
    again = scan_duplicates(on=ON)

    assert (first.compared, first.proposed) == (2, 1)
    assert (again.proposed, again.withdrawn) == (0, 0)
    pair = DuplicatePair.objects.get()
    assert {pair.first_id, pair.second_id} == {prospect.pk, group.pk}
    assert (pair.score, pair.reasons, pair.found_on) == (92, {"name": 100}, ON)


def test_a_proposal_that_no_longer_holds_is_withdrawn(people, prospect, group):
    scan_duplicates(on=ON)
    Customer.objects.filter(pk=prospect.pk).update(name="山城重工")

    assert scan_duplicates(on=ON).withdrawn == 1
    assert states() == []


def test_what_speaks_for_a_pair_is_kept_up_to_date(people, prospect, group):
    scan_duplicates(on=ON)
    Customer.objects.filter(pk=group.pk).update(phone="13912345678")

    scan_duplicates(on=ON)

    assert states() == [("OPEN", 98)]


def test_what_was_dismissed_is_never_proposed_again(people, prospect, group, at):
    scan_duplicates(on=ON)
    dismiss_pair(pair=DuplicatePair.objects.get(), by=people.supervisor, at=at)

    scan_duplicates(on=ON)

    assert states() == [("DISMISSED", 92)]


def test_a_dismissal_can_be_taken_back(people, prospect, group, at):
    scan_duplicates(on=ON)
    pair = DuplicatePair.objects.get()
    dismiss_pair(pair=pair, by=people.supervisor, at=at)

    reopen_pair(pair=pair, by=people.supervisor, at=at)

    assert states() == [("OPEN", 92)]
    assert DuplicatePair.objects.get().decided_by is None


def test_two_people_cannot_decide_about_the_same_pair(people, prospect, group, at):
    scan_duplicates(on=ON)
    pair = DuplicatePair.objects.get()
    dismiss_pair(pair=pair, by=people.supervisor, at=at)

    with pytest.raises(UnableToDecidePair):
        dismiss_pair(pair=pair, by=people.administrator, at=at)


def test_individuals_are_compared_only_with_prospects_of_their_number(people, prospect):
    same = CustomerFactory(phone="13912345678", manager=people.manager, name="王伟")
    CustomerFactory(phone="13900000000", manager=people.manager, name="滨海港务")

    assert scan_duplicates(on=ON).compared == 2
    assert DuplicatePair.objects.get().second_id == same.pk


def test_former_removed_and_merged_customers_are_left_out(people, prospect, group, at):
    Customer.objects.filter(pk=group.pk).update(retained_at=at)

    assert scan_duplicates(on=ON).compared == 1


def test_a_pair_is_seen_by_whoever_reaches_both_sides(people, prospect, group):
    far = GroupFactory(name="滨海港务股份", manager=people.stranger, city_code="01")
    scan_duplicates(on=ON)

    def seen(who):
        pairs = queries.pairs_visible_to(who)
        return {frozenset((pair.first_id, pair.second_id)) for pair in pairs}

    near = frozenset((prospect.pk, group.pk))
    assert seen(people.supervisor) == {near}
    crossing = {frozenset((near_one.pk, far.pk)) for near_one in (prospect, group)}
    assert seen(people.administrator) == {near, *crossing}


@pytest.mark.parametrize("is_indexed", [True, False])
def test_whoever_enters_a_customer_is_told_of_likely_ones(people, group, is_indexed):
    if is_indexed:
        refresh_words()
    traits = Traits(kind="PROSPECT", name="滨海港务有限责任公司", city="01")

    likely = queries.likely_duplicates(people.manager, traits)

    assert [(each.pk, each.score, each.reasons) for each in likely] == [
        (group.pk, 92, ("名称相同",))
    ]
    assert likely[0].name == "滨海港务集团"


def test_of_a_customer_beyond_reach_only_the_unit_is_told(people, prospect):
    traits = Traits(kind="PROSPECT", name="别的名字", phone="139 1234 5678")

    (likely,) = queries.likely_duplicates(people.stranger, traits)

    assert (likely.pk, likely.name, likely.number, likely.manager) == (None, "", "", "")
    assert likely.unit == "东城"


def test_the_customer_itself_is_not_its_duplicate(people, prospect):
    traits = Traits(kind="PROSPECT", name=prospect.name, city="01")

    assert queries.likely_duplicates(people.manager, traits, leaving_out=[prospect.pk]) == ()
