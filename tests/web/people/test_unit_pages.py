"""Units: the tree, one unit, the forms that add, change, move, remove and restore, the duties."""

import json

import pytest
from tests.factories.customers import CustomerFactory
from tests.factories.people import UnitFactory

from dakehu.people.models import Unit, UnitDuty

SCRIPT = "<script>alert(1)</script>"


def read(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def url(unit, *parts):
    return "/people/units/" + "/".join(str(part) for part in (unit.pk, *parts)) + "/"


@pytest.fixture
def team(people):
    return UnitFactory(kind="TEAM", code="01/东城/一厅", name="一厅", parent=people.units.district)


def test_the_page_shows_where_a_unit_stands_and_who_leads_it(sign_in, people, team):
    Unit.objects.filter(pk=team.pk).update(leader=people.supervisor)

    text = read(sign_in(people.supervisor), url(team))

    for words in ("一厅", "滨海市", "东城", "陈静", "01/东城/一厅"):
        assert words in text
    assert url(team, "move") not in text


def test_a_unit_out_of_reach_is_not_found(sign_in, people):
    assert sign_in(people.supervisor).get(url(people.units.other_city)).status_code == 404


def test_pages_take_a_constant_number_of_queries(sign_in, people, django_assert_max_num_queries):
    for number in range(30):
        UnitFactory(kind="TEAM", code=f"01/t{number}", parent=people.units.city)
    client = sign_in(people.administrator)

    for path in (
        "/people/units/",
        url(people.units.city),
        url(people.units.city, "children"),
        "/people/services/",
    ):
        with django_assert_max_num_queries(14):
            read(client, path)


def test_a_unit_is_added_under_another_one(sign_in, people):
    client = sign_in(people.administrator)
    sent = {
        "parent": people.units.district.pk,
        "kind": "TEAM",
        "function": "HALL",
        "name": SCRIPT,
    }

    response = client.post("/people/units/add/", sent)

    made = Unit.objects.get(name=SCRIPT)
    assert response.url == url(made)
    assert SCRIPT not in read(client, url(made))
    assert SCRIPT not in read(client, "/people/units/")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "CITY", "code": "77"}, "parent"),
        ({"kind": "HEADQUARTERS"}, "kind"),
        ({"code": "02"}, "code"),
        ({"name": ""}, "name"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused_at_its_field(sign_in, people, changes, field):
    sent = {
        "parent": people.units.district.pk,
        "kind": "TEAM",
        "function": "HALL",
        "name": "x",
        **changes,
    }

    response = sign_in(people.administrator).post("/people/units/add/", sent)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_a_unit_is_changed_and_its_code_stays(sign_in, people, team):
    sent = {"name": "二厅", "function": "HALL", "code": "hacked", "version": 1}
    client = sign_in(people.administrator)

    assert client.post(url(team, "change"), sent).status_code == 302
    clash = client.post(url(team, "change"), {**sent, "name": "三厅"})

    found = Unit.objects.get(pk=team.pk)
    assert (found.name, found.code) == ("二厅", "01/东城/一厅")
    assert clash.status_code == 409


def test_a_leader_of_another_branch_is_refused(sign_in, people, team):
    sent = {"name": "一厅", "function": "HALL", "leader": "stranger", "version": 1}

    response = sign_in(people.administrator).post(url(team, "change"), sent)

    assert response.status_code == 422
    assert "leader" in response.context["form"].errors
    sent["leader"] = "supervisor"
    assert sign_in(people.administrator).post(url(team, "change"), sent).status_code == 302


def test_a_unit_is_moved_and_its_places_are_shown(sign_in, people, team):
    client = sign_in(people.administrator)
    sent = {"parent": people.units.next_district.pk, "reason": "合并", "version": 1}

    assert client.post(url(team, "move"), sent).status_code == 302

    assert Unit.objects.get(pk=team.pk).parent == people.units.next_district
    text = read(client, url(team, "places"))
    assert "西城" in text
    assert "合并" in text


@pytest.mark.parametrize("place", ["itself", "province"])
def test_a_place_that_does_not_fit_is_not_even_offered(sign_in, people, place):
    district = people.units.district
    parent = district if place == "itself" else people.units.province
    sent = {"parent": parent.pk, "reason": "x", "version": 1}

    response = sign_in(people.administrator).post(url(district, "move"), sent)

    assert response.status_code == 422
    assert Unit.objects.get(pk=district.pk).parent == people.units.city


def test_a_unit_with_people_or_customers_stays(sign_in, people):
    CustomerFactory(manager=people.manager)
    client = sign_in(people.administrator)

    text = read(client, url(people.units.district, "remove"))
    response = client.post(url(people.units.district, "remove"), {})

    assert f"unit={people.units.district.pk}" in text
    assert response.status_code == 422


def test_an_empty_unit_is_removed_and_comes_back(sign_in, people, team):
    client = sign_in(people.administrator)

    assert client.post(url(team, "remove"), {}).url == "/people/units/"
    assert url(team, "restore") in read(client, "/people/units/")
    assert url(team, "restore") not in read(sign_in(people.supervisor), "/people/units/")
    assert client.post(url(team, "restore")).url == url(team)

    assert Unit.objects.get(pk=team.pk).removed_at is None


def test_duties_are_set_in_a_grid_and_shown_by_service(sign_in, people, team):
    client = sign_in(people.administrator)
    read(client, url(team, "duties"))
    sent = {"seen": "{}", "part_C1": "LEAD", "part_C2": "SUPPORT", "note_C2": "夜间"}

    assert client.post(url(team, "duties"), sent).url == url(team)

    assert "夜间" in read(client, url(team, "services"))
    assert "一厅" in read(sign_in(people.supervisor), "/people/services/")
    assert UnitDuty.objects.count() == 2


@pytest.mark.parametrize("seen", ["[1]", '{"C1": 5}', "no json"])
def test_a_grid_that_was_tampered_with_is_refused(sign_in, people, team, seen):
    response = sign_in(people.administrator).post(
        url(team, "duties"), {"seen": seen, "part_C1": "LEAD"}
    )

    assert response.status_code == 422
    assert not UnitDuty.objects.exists()


def test_two_people_at_the_same_service_are_told(sign_in, people, team):
    client = sign_in(people.administrator)
    client.post(url(team, "duties"), {"seen": "{}", "part_C1": "LEAD"})

    response = client.post(url(team, "duties"), {"seen": "{}", "part_C1": "SUPPORT"})

    assert response.status_code == 422
    assert "网络覆盖响应" in response.context["refusal"]
    assert json.loads(response.context["form"]["seen"].value()) == {"C1": ["LEAD", ""]}


def test_the_customers_of_a_unit_are_counted_by_kind_and_lead_to_the_list(sign_in, people):
    CustomerFactory.create_batch(2, manager=people.manager)

    text = read(sign_in(people.supervisor), f"/tiering/of-unit/{people.units.city.pk}/")

    assert f"?unit={people.units.city.pk}&amp;kind=INDIVIDUAL" in text
