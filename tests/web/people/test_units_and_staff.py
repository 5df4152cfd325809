"""The tree of units and the staff list, within the reach of who looks."""

import pytest
from tests.factories.people import StaffFactory


def read(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_tree_shows_each_unit_under_its_parent(sign_in, people):
    text = read(sign_in(people.administrator), "/people/units/")

    names = ("集团总部", "省公司", "滨海市", "东城", "西城", "山城市", "南山")
    places = [text.index(f">{name}<") for name in names]
    assert places[:3] == sorted(places[:3])
    assert places[5] < places[6]
    assert places[2] < min(places[3:5]) < max(places[3:5]) < places[5]


def test_the_tree_ends_where_the_reach_ends(sign_in, people):
    text = read(sign_in(people.supervisor), "/people/units/")

    assert "滨海市" in text
    assert "山城市" not in text


def test_the_tree_takes_a_constant_number_of_queries(
    sign_in, people, django_assert_max_num_queries
):
    client = sign_in(people.administrator)

    with django_assert_max_num_queries(10):
        read(client, "/people/units/")


def test_the_staff_list_shows_the_people_within_reach(sign_in, people):
    text = read(sign_in(people.supervisor), "/people/staff/")

    assert "NO-manager" in text
    assert "NO-stranger" not in text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"words": "王芳"}, "NO-manager", "NO-colleague"),
        ({"words": "no-man"}, "NO-manager", "NO-colleague"),
        ({"role": "DISPATCHER"}, "NO-dispatcher", "NO-manager"),
        ({"is_active": "false"}, "NO-gone", "NO-manager"),
    ],
)
def test_staff_can_be_filtered(sign_in, people, query, shown, hidden):
    StaffFactory(staff_no="NO-gone", is_active=False, unit=people.units.city)

    text = read(sign_in(people.supervisor), "/people/staff/", **query)

    assert shown in text
    assert hidden not in text


def test_staff_can_be_narrowed_to_a_unit(sign_in, people):
    client = sign_in(people.administrator)

    text = read(client, "/people/staff/", unit=people.units.other_city.pk)

    assert "NO-stranger" in text
    assert "NO-manager" not in text


def test_the_phone_of_staff_is_masked(sign_in, people):
    StaffFactory(phone="13987654321", unit=people.units.city)

    text = read(sign_in(people.supervisor), "/people/staff/", columns="name,phone")

    assert "139****4321" in text
    assert "13987654321" not in text


def test_a_manager_may_not_open_the_staff_list(sign_in, manager):
    assert sign_in(manager).get("/people/staff/").status_code == 403
    assert sign_in(manager).get("/people/units/").status_code == 403
