"""Picking a person by typing: suggestions, and what the lists take for a person."""

import pytest

pytestmark = pytest.mark.django_db
ADDRESS = "/people/staff/options/"


def options(response) -> list[str]:
    """Return the words that are suggested."""
    return [part.partition('"')[0] for part in response.content.decode().split('value="')[1:]]


def test_anonymous_people_get_no_names(client):
    assert client.get(ADDRESS, {"box": "owner", "owner": "王"}).status_code == 302


def test_people_of_the_unit_are_suggested_by_part_of_their_name(sign_in, people):
    response = sign_in(people.supervisor).get(
        ADDRESS, {"box": "owner", "owner": people.colleague.name[:1]}
    )

    assert f"{people.colleague.name} ({people.colleague.username})" in options(response)


def test_people_out_of_reach_are_not_suggested(sign_in, people):
    response = sign_in(people.supervisor).get(
        ADDRESS, {"box": "owner", "owner": people.stranger.name}
    )

    assert options(response) == []


@pytest.mark.parametrize("key", ["username", "staff_no", "pk", "name"])
def test_a_list_takes_a_person_by_name_and_by_any_number(sign_in, people, key):
    typed = getattr(people.colleague, key)

    response = sign_in(people.supervisor).get("/customers/", {"manager": typed})

    words = f"{people.colleague.name} ({people.colleague.username})"
    assert response.status_code == 200
    assert response.content.decode().count(words) >= 2  # in the box and as a chip


def test_a_list_refuses_in_words_who_is_nobody(sign_in, people):
    response = sign_in(people.supervisor).get("/customers/", {"manager": "谁也不是"})

    assert "请从提示中选择一项" in response.content.decode()
