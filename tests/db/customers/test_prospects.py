"""Prospects: numbered, placed, edited, removed and restored."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.archive import CustomFieldFactory, ProspectFactory

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.queries import changes_of
from dakehu.customers import operations, queries
from dakehu.customers.choices import CustomerKind, FieldType
from dakehu.customers.errors import UnableToEditCustomer, UnableToRemove
from dakehu.customers.models import Customer, GroupProfile
from dakehu.customers.values import ProspectFacts

pytestmark = pytest.mark.django_db


def facts(unit, name="海岚食品有限公司", *, profile=None, custom=None, **own):
    return ProspectFacts({"name": name, "unit": unit, **own}, profile or {}, custom or {})


def created(person, at, **options):
    return operations.create_prospect(facts=facts(person.unit, **options), by=person, at=at)


def test_prospects_are_numbered_one_after_the_other(manager, at):
    numbers = [created(manager, at).number for _ in range(3)]

    assert numbers == ["P00000001", "P00000002", "P00000003"]


def test_a_number_that_was_rolled_back_is_given_out_again(manager, people, at):
    with pytest.raises(UnableToEditCustomer):
        operations.create_prospect(facts=facts(people.units.other_city), by=manager, at=at)

    assert created(manager, at).number == "P00000001"


def test_a_prospect_belongs_to_the_city_of_its_unit_and_is_found_by_pinyin(manager, at):
    prospect = created(manager, at, manager=manager)

    assert (prospect.kind, prospect.city_code) == (CustomerKind.PROSPECT, "01")
    assert "hailanshipin" in prospect.search
    assert prospect in queries.customers_visible_to(manager)


def test_above_the_cities_a_prospect_belongs_to_none(administrator, at):
    assert created(administrator, at).city_code == ""


def test_an_organisation_gets_a_profile_and_a_person_none(manager, at):
    firm = created(manager, at, profile={"industry": "制造业", "employees": None})
    person = created(manager, at, name="张三", profile={"industry": "", "employees": None})

    assert firm.profile.industry == "制造业"
    assert not GroupProfile.objects.filter(customer=person).exists()


def test_who_may_not_create_enters_nobody(province_analyst, at):
    with pytest.raises(PermissionDenied):
        created(province_analyst, at)


def test_an_edit_of_name_profile_and_own_field_is_one_customers_history(manager, at):
    field = CustomFieldFactory(kind=CustomerKind.PROSPECT, key="source", type=FieldType.TEXT)
    prospect = created(manager, at, profile={"industry": "制造业"})
    prospect = Customer.objects.get(pk=prospect.pk)

    operations.edit_prospect(
        prospect=prospect,
        facts=facts(
            manager.unit, "海岚集团", profile={"industry": "教育"}, custom={"source": "展会"}
        ),
        version=1,
        by=manager,
        at=at,
    )

    changes = list(changes_of(prospect))
    stored = Customer.objects.get(pk=prospect.pk)
    assert (stored.name, stored.profile.industry) == ("海岚集团", "教育")
    assert queries.custom_contents(stored) == {field.pk: "展会"}
    assert changes[0].fields == {"industry": ["制造业", "教育"], "custom_source": [None, "展会"]}
    assert changes[1].fields["name"] == ["海岚食品有限公司", "海岚集团"]
    assert "hailanjituan" in stored.search


def test_a_stale_edit_of_the_profile_clashes_and_stores_nothing(manager, colleague, at):
    pk = created(manager, at, profile={"industry": "制造业", "employees": 10}).pk
    operations.edit_prospect(
        prospect=Customer.objects.get(pk=pk),
        facts=facts(manager.unit, profile={"industry": "教育", "employees": 10}),
        version=1,
        by=colleague,
        at=at,
    )

    with pytest.raises(EditedMeanwhile) as clash:
        operations.edit_prospect(
            prospect=Customer.objects.get(pk=pk),
            facts=facts(manager.unit, "新名", profile={"industry": "制造业", "employees": 10}),
            version=1,
            by=manager,
            at=at,
        )

    (field,) = clash.value.fields
    assert (field.name, field.theirs, field.yours) == ("industry", "教育", "制造业")
    assert Customer.objects.get(pk=pk).name == "海岚食品有限公司"


def test_both_kinds_of_clash_are_told_at_once(manager, colleague, at):
    pk = created(manager, at, profile={"industry": "制造业"}).pk
    for person, name, industry in ((colleague, "甲", "教育"), (manager, "乙", "金融")):
        edit = {
            "prospect": Customer.objects.get(pk=pk),
            "facts": facts(manager.unit, name, profile={"industry": industry}),
            "version": 1,
            "by": person,
            "at": at,
        }
        if person is colleague:
            operations.edit_prospect(**edit)
        else:
            with pytest.raises(EditedMeanwhile) as clash:
                operations.edit_prospect(**edit)

    assert {field.name for field in clash.value.fields} >= {"name", "industry"}


def test_an_address_is_logged_masked(manager, at):
    pk = created(manager, at).pk

    operations.edit_prospect(
        prospect=Customer.objects.get(pk=pk),
        facts=facts(manager.unit, profile={"address": "滨海市东城区港湾路88号"}),
        version=1,
        by=manager,
        at=at,
    )

    change = changes_of(Customer.objects.get(pk=pk)).first()
    assert "港湾路88号" not in str(change.fields)
    assert Customer.objects.get(pk=pk).profile.address.plain == "滨海市东城区港湾路88号"


def test_what_a_city_delivers_is_not_edited_here(customers, manager, at):
    with pytest.raises(UnableToEditCustomer):
        operations.edit_prospect(
            prospect=customers.own, facts=facts(manager.unit), version=1, by=manager, at=at
        )


def test_what_a_city_delivers_is_not_removed_here(customers, manager, at):
    with pytest.raises(UnableToRemove):
        operations.remove_prospect(prospect=customers.own, reason="错误", by=manager, at=at)


def test_nothing_is_removed_without_a_reason(manager, at):
    with pytest.raises(UnableToRemove):
        operations.remove_prospect(
            prospect=ProspectFactory(manager=manager), reason="  ", by=manager, at=at
        )


def test_a_removed_prospect_leaves_the_lists_and_comes_back(people, at):
    prospect = ProspectFactory(manager=people.manager)
    operations.remove_prospect(prospect=prospect, reason="重复登记", by=people.manager, at=at)
    seen_removed = list(queries.customers_visible_to(people.manager))

    count = operations.restore_prospects(
        prospects=queries.removed_customers(people.supervisor), by=people.supervisor, at=at
    )

    assert seen_removed == []
    assert count == 1
    assert list(queries.customers_visible_to(people.manager)) == [prospect]
    assert [(each.verb, each.reason) for each in changes_of(prospect)] == [
        ("RESTORED", ""),
        ("REMOVED", "重复登记"),
    ]
