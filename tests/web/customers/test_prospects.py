"""Entering, editing, removing and restoring prospects; retiring and bringing back."""

import pytest
from django.urls import reverse
from tests.factories.archive import CustomFieldFactory, ProspectFactory

from dakehu.audit.queries import changes_of
from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Customer, GroupProfile

HTMX = {"HX-Request": "true"}


def typed(unit, **values):
    return {"version": "1", "name": "海岚食品有限公司", "unit": unit.pk, **values}


@pytest.fixture
def prospect(people):
    """A prospect of the manager's, an organisation with a phone."""
    made = ProspectFactory(manager=people.manager, phone="13700001234")
    GroupProfile.objects.create(customer=made, industry="制造业", address="滨海市东城区港湾路88号")
    return made


def test_a_manager_enters_a_prospect_of_her_own(sign_in, manager):
    url = reverse("customers:prospect_add")

    response = sign_in(manager).post(url, typed(manager.unit, industry="制造业", employees="80"))

    made = Customer.objects.get(kind=CustomerKind.PROSPECT)
    assert response.url == reverse("desk:customer", args=[made.pk])
    assert (made.number, made.manager, made.profile.employees) == ("P00000001", manager, 80)


def test_a_supervisor_names_the_manager_or_nobody(sign_in, people):
    url = reverse("customers:prospect_add")
    client = sign_in(people.supervisor)

    client.post(url, typed(people.units.district, name="甲", manager="colleague"))
    client.post(url, typed(people.units.district, name="乙"))

    found = dict(Customer.objects.values_list("name", "manager"))
    assert found == {"甲": people.colleague.pk, "乙": None}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "长" * 201},
        {"unit": ""},
        {"employees": "-3"},
        {"employees": "9" * 12},
        {"org_kind": "circus"},
        {"birth_date": "2999-01-01"},
        {"birth_date": "1990-02-30"},
        {"identity_no": "1" * 33},
    ],
)
def test_what_makes_no_sense_is_refused(sign_in, manager, wrong):
    response = sign_in(manager).post(
        reverse("customers:prospect_add"), {**typed(manager.unit), **wrong}
    )

    assert response.status_code == 422
    assert not Customer.objects.exists()


def test_a_unit_out_of_reach_is_not_offered(sign_in, people):
    response = sign_in(people.manager).post(
        reverse("customers:prospect_add"), typed(people.units.other_city)
    )

    assert response.status_code == 422


def test_a_prospect_is_edited_as_a_whole_and_keeps_what_is_masked(sign_in, manager, prospect):
    CustomFieldFactory(kind=CustomerKind.PROSPECT, key="source", label="线索来源")
    url = reverse("customers:prospect_edit", args=[prospect.pk])
    client = sign_in(manager)
    shown = client.get(url).content.decode()

    response = client.post(
        url,
        typed(
            manager.unit,
            name="海岚集团",
            industry="教育",
            phone="137****1234",
            phone_shown="137****1234",
            address=str(prospect.profile.address) or "",
            custom_source="展会",
        )
        | {"address": "滨海市东城区*****", "address_shown": "滨海市东城区*****"},
    )

    stored = Customer.objects.get(pk=prospect.pk)
    assert "13700001234" not in shown
    assert response.status_code == 302
    assert (stored.name, stored.phone.plain) == ("海岚集团", "13700001234")
    assert stored.profile.industry == "教育"
    assert stored.profile.address.plain == "滨海市东城区港湾路88号"
    assert stored.custom_values.get().text == "展会"


def test_a_stale_edit_shows_both_values(sign_in, manager, prospect):
    url = reverse("customers:prospect_edit", args=[prospect.pk])
    client = sign_in(manager)
    client.post(url, typed(manager.unit, name="甲公司", industry="教育"))

    response = client.post(url, typed(manager.unit, name="乙公司", industry="金融"))

    text = response.content.decode()
    assert response.status_code == 409
    for said in ("甲公司", "乙公司", "教育", "金融"):
        assert said in text


def test_what_the_city_delivers_has_no_such_form(sign_in, manager, customers):
    for name in ("prospect_edit", "prospect_remove"):
        url = reverse(f"customers:{name}", args=[customers.own.pk])
        assert sign_in(manager).get(url).status_code == 404


def test_a_prospect_is_removed_with_a_reason_and_restored(sign_in, people, prospect):
    remove = reverse("customers:prospect_remove", args=[prospect.pk])
    client = sign_in(people.manager)

    without = client.post(remove, {"reason": ""})
    client.post(remove, {"reason": "重复登记"})
    gone = client.get(reverse("desk:customer", args=[prospect.pk]))
    listed = sign_in(people.supervisor).get(reverse("customers:removed_list")).content.decode()
    sign_in(people.supervisor).post(
        reverse("customers:restore_chosen"), {"chosen": "ids", "ids": prospect.pk}
    )

    assert without.status_code == 422
    assert gone.status_code == 404
    assert prospect.number in listed
    assert Customer.objects.get(pk=prospect.pk).removed_at is None


def test_one_customer_moves_to_the_archive_and_back(sign_in, supervisor, customers):
    client = sign_in(supervisor)
    pk = customers.own.pk

    without = client.post(reverse("customers:retire", args=[pk]), {"reason": " "})
    client.post(reverse("customers:retire", args=[pk]), {"reason": "已销户"}, headers=HTMX)
    page = client.get(reverse("desk:customer", args=[pk])).content.decode()
    twice = client.post(reverse("customers:retire", args=[pk]), {"reason": "已销户"})
    client.post(reverse("customers:bring_back", args=[pk]), {"reason": "重新入网"})
    again = client.post(reverse("customers:bring_back", args=[pk]), {"reason": "重新入网"})

    reasons = [change.reason for change in changes_of(customers.own)]
    assert (without.status_code, twice.status_code, again.status_code) == (422, 422, 422)
    assert "已销户" in page
    assert reasons == ["重新入网", "已销户"]


@pytest.mark.parametrize("screen", ["customers:list", "customers:individual_list"])
def test_the_chosen_move_to_the_archive_from_any_list(sign_in, supervisor, customers, screen):
    client = sign_in(supervisor)
    chosen = {"screen": screen, "chosen": "filter", "filter": "words=01S0000010"}
    url = reverse("customers:retire_chosen")

    asked = client.post(url, chosen, headers=HTMX)
    client.post(url, {**chosen, "reason": "批量归档"}, headers=HTMX)

    assert "3户客户" in asked.content.decode()
    assert Customer.objects.filter(retained_reason="批量归档").count() == 3


def test_the_chosen_come_back(sign_in, supervisor, customers, at):
    Customer.objects.filter(pk=customers.own.pk).update(retained_at=at, retained_reason="x")
    url = reverse("customers:bring_back_chosen")
    client = sign_in(supervisor)

    first = client.post(url, {"chosen": "ids", "ids": customers.own.pk}, follow=True)
    client.post(url, {"chosen": "ids", "ids": customers.colleagues.pk})

    assert "已恢复1" in first.content.decode()
    assert Customer.objects.get(pk=customers.own.pk).retained_at is None


def test_the_menu_of_a_customer_offers_what_the_person_may(sign_in, people, customers, prospect):
    def menu(person, pk):
        return sign_in(person).get(reverse("desk:customer", args=[pk])).content.decode()

    of_manager, of_supervisor = (
        menu(person, prospect.pk) for person in (people.manager, people.supervisor)
    )

    assert reverse("customers:prospect_edit", args=[prospect.pk]) in of_manager
    assert reverse("customers:retire", args=[prospect.pk]) not in of_manager
    assert reverse("customers:retire", args=[prospect.pk]) in of_supervisor
    assert reverse("customers:prospect_edit", args=[customers.own.pk]) not in menu(
        people.manager, customers.own.pk
    )
